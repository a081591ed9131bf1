"""Taking imported cases along their way in bulk, by the real verbs: receive → file → dispatch."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction

from chengyun.cases.actions import take
from chengyun.cases.around import Suggester, standards
from chengyun.cases.importing.proposing import Confirmed
from chengyun.cases.importing.run import Progress, chunks
from chengyun.cases.models import Case
from chengyun.kernel.actor import Actor
from chengyun.kernel.refusal import Conflict, Refusal

BATCH = 5
STATES = ("reported", "received", "filed", "dispatched")


@dataclass
class Driven:
    """How far cases came, by state, and which went no further: by number, with why."""

    states: dict[str, int] = field(default_factory=dict)
    problems: list[tuple[str, Refusal]] = field(default_factory=list)


@dataclass(frozen=True)
class Route:
    """Which cases are driven how far: those of `source` in `town`, by what a person confirmed of their labels."""

    town: int
    source: str
    labels: Mapping[str, Confirmed]
    to: str = "dispatched"


def drive(route: Route, *, actor: Actor, progress: Progress | None = None) -> Driven:
    """Receive, file and dispatch the imported cases whose label was confirmed, as far as `route.to`."""
    rows = Case.objects.as_system("the cases of an import, driven by the command line")
    ids = list(
        rows.filter(town_id=route.town, source=route.source, state__in=STATES[: STATES.index(route.to)])
        .order_by("id")
        .values_list("pk", flat=True)
    )
    done, suggester = Driven(), Suggester(route.town)
    for number, batch in enumerate(chunks(ids, BATCH)):
        with transaction.atomic():
            for case in rows.filter(pk__in=batch).order_by("id"):
                _drive_one(case, route, suggester, actor, done)
        if progress:
            progress(min((number + 1) * BATCH, len(ids)), len(ids), "")
    return done


def _drive_one(case: Case, route: Route, suggester: Suggester, actor: Actor, done: Driven) -> None:
    said = route.labels.get(str(case.routing.get("origin", {}).get("label", "")))
    if said is None:
        done.states["unmapped"] = done.states.get("unmapped", 0) + 1
        return
    try:
        with transaction.atomic():
            case = _steps(case, said, route, suggester, actor)
    except Refusal as refusal:
        done.problems.append((case.number, refusal))
    done.states[case.state] = done.states.get(case.state, 0) + 1


def _steps(case: Case, said: Confirmed, route: Route, suggester: Suggester, actor: Actor) -> Case:
    while case.state != route.to:
        verb, given = _next(case, said, suggester)
        done = take(case, verb, actor=actor, expected=case.version, given=given)
        if not isinstance(done, Case):
            return case
        case = done
    return case


def _next(case: Case, said: Confirmed, suggester: Suggester) -> tuple[str, dict[str, str]]:
    if case.state == "reported":
        return "receive", {}
    if case.state == "received":
        return "file", {"class": said.class_code}
    if said.department:
        return "dispatch", {"department": said.department, "reason": "按导入时确认的分类对照派遣"}
    found = suggester.suggest(case, standards().book.classes.get(case.class_code))
    if found is None:
        raise Conflict(
            "cases.nobody_responsible", f"no department of the town is responsible for {case.class_code}: name one",
            params={"class": case.class_code},
        )  # fmt: skip
    return "dispatch", {"department": str(found.department.uuid)}
