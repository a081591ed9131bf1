"""Makes the demo: towns, their people, their history. Made once for each data folder; an interrupted run goes on."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from chengyun.accounts.models import Tenure
from chengyun.cases.classes import read_standards, write_default
from chengyun.demo.history.make import CASES, MONTHS, Extent, make_history, seal
from chengyun.demo.people import DEMO, OFFICES, PASSWORD, Login, own_facilities, staff
from chengyun.demo.plans.make import make_plans
from chengyun.demo.roster import fill_roster
from chengyun.demo.ruler import fill_registers
from chengyun.demo.town.output import SEED, code_of, make_town
from chengyun.indicators.adopting import adopt_library
from chengyun.indicators.evaluating import evaluate_town
from chengyun.kernel.env import Env
from chengyun.kernel.ids import Counter
from chengyun.kernel.rows import refresh_statistics
from chengyun.places.actions import check_lists
from chengyun.places.bulk import load_town
from chengyun.places.models import FacilityCategory, Town

Progress = Callable[[int, int, str], None]
LOADED, STAFFED, OWNED, LIVED, RULED, PLANNED = 1, 2, 3, 4, 5, 6
A_YEAR = 11  # months of history from which on a town's plans are played, too


def build(
    env: Env, scale: int = 1, seed: int = SEED, progress: Progress | None = None, cases: int = CASES,
    months: float = MONTHS,
) -> list[Login]:  # fmt: skip
    """Make `scale` towns with `months` of history of `cases` cases each, as far as they are not there yet.

    `progress` hears what is done, how much there is (0: not known) and a word for it: the town's code and the step.
    The database is migrated and seeded already. Returns the demo logins of the first town.
    """
    tell = progress or _silent
    write_default(env.data)
    for index in range(scale):
        _build_town(env, index, seed, tell, Extent(cases, months))
    seal(tell)
    refresh_statistics()
    return logins()


def logins() -> list[Login]:
    """The demo logins, in the order of the roles."""
    wanted = list(dict.fromkeys(row["role"] for row in OFFICES["posts"]))
    rows = Tenure.objects.as_system("who has a demo login").filter(person__login__in=wanted, ends_at=None)
    titles = dict(rows.order_by("-id").values_list("person__login", "post__title"))
    return [Login(role, titles[role], role, PASSWORD) for role in wanted if role in titles]


def _build_town(env: Env, index: int, seed: int, tell: Progress, extent: Extent) -> None:
    code = code_of(index)
    if _reached(code) >= PLANNED:
        return
    tell(0, 0, f"{code} town")
    data = make_town(seed, index)

    def step(done: int, total: int, words: str) -> None:
        tell(done, total, f"{code} {words}")

    town = load_town(data, DEMO, step) if _reached(code) < LOADED else Town._base_manager.get(code=code)
    _reach(code, LOADED)
    if _reached(code) < STAFFED:
        check_lists(town, actor=DEMO, categories=[one.code for one in FacilityCategory.objects.all()])
        tell(0, 0, f"{code} people")
        with transaction.atomic():
            staff(town, read_standards(env.data), "" if index == 0 else f"{code.lower()}.")
            fill_roster(town, actor=DEMO)
            _reach(code, STAFFED)
    if _reached(code) < OWNED:
        tell(0, 0, f"{code} owners")
        own_facilities(town, data)
        _reach(code, OWNED)
    if _reached(code) < LIVED:
        make_history(town, seed + index, step, extent)
        _reach(code, LIVED)
    if _reached(code) < RULED:
        tell(0, 0, f"{code} indicators")
        adopt_library(town, actor=DEMO)
        fill_registers(town, seed + index, actor=DEMO)
        evaluate_town(town)
        _reach(code, RULED)
    if index == 0 and extent.months >= A_YEAR:
        make_plans(town, seed, step)
    _reach(code, PLANNED)


def _mark(code: str) -> str:
    return f"demo:stage:{code}"


def _reached(code: str) -> int:
    return Counter.objects.filter(name=_mark(code)).values_list("value", flat=True).first() or 0


def _reach(code: str, stage: int) -> None:
    if _reached(code) < stage:
        Counter.objects.update_or_create(name=_mark(code), defaults={"value": stage})


def _silent(*_: Any) -> None:
    pass
