"""What-if on the demo town: a thousand random changes, by the engine, with all indicators, and as the screen asks.

The town is the one of `bench/cases.py`. Milliseconds are CPU time of the process (the wall stands beside it for the
screen), so that a busy machine does not blur them. The engine's fields are those of the life circle's categories, with
the town's facilities where they are; a gate or street changed brings every one of them up to date.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

DATA = Path(os.environ.get("CHENGYUN_BENCH_DATA", "var/bench")).resolve()
os.environ["CHENGYUN_DATA"] = str(DATA)
os.environ["DJANGO_SETTINGS_MODULE"] = "chengyun.config.settings"
DATA.mkdir(parents=True, exist_ok=True)

import django  # noqa: E402  the settings read the folder above

django.setup()

import numpy as np  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from chengyun.accounts.models import Person  # noqa: E402
from chengyun.accounts.seed import seed_roles  # noqa: E402
from chengyun.demo.build import build  # noqa: E402
from chengyun.indicators.circle.state import Circle, circle_of  # noqa: E402
from chengyun.indicators.evaluating import bound_of  # noqa: E402
from chengyun.indicators.queries.trying import (  # noqa: E402
    FACILITIES,
    Asked,
    Change,
    before_and_after,
    tried_world,
)
from chengyun.places.models import Facility, Town  # noqa: E402
from chengyun.places.reach.scenario import Add, Close, Facilities, Situation, Streets  # noqa: E402

ADDED, CHANGED, INDICATORS, SCREEN = 0.2, 5.0, 20.0, 100.0
TIMES, SCREENS = 1000, 100
FARTHEST, BACKEND = 1200.0, "chengyun.accounts.authentication.PersonOfSession"


def main() -> int:
    """0 when every claim holds."""
    call_command("migrate", verbosity=0, interactive=False)
    seed_roles()
    build(settings.ENV)
    town = Town.objects.as_system("bench").order_by("id")[0]
    with circle_of(town) as (_, circle):
        held = engine(circle)
        points = gates(circle)
    held += [indicators(town, points), *screens(town, points)]
    return 0 if all(held) else 1


def gates(circle: Circle) -> np.ndarray:
    """Where ways lead through walls, in degrees."""
    if circle.ways is None:
        raise SystemExit("the town has no streets")
    net, edges = circle.ways.town.network, circle.ways.town.crossing_edge
    ends = net.edges[edges]
    return np.asarray(circle.ways.plane.lnglat(np.c_[net.x[ends].mean(axis=1), net.y[ends].mean(axis=1)]))


def engine(circle: Circle) -> list[bool]:
    """Facilities and gates by the engine alone, whose fields are true afterwards."""
    if circle.ways is None or circle.services is None:
        raise SystemExit("the town has no streets")
    town, sources = circle.ways.town, circle.services.sources
    facilities, rng = Facilities.of(sources.places, sources.category), np.random.default_rng(4)
    base = Situation.now(town.network, facilities, len(circle.demands), FARTHEST)
    spots = town.attach(rng.uniform([town.network.x.min(), town.network.y.min()],
                                    [town.network.x.max(), town.network.y.max()], (TIMES, 2)))  # fmt: skip
    opened, lengths = np.isfinite(_cost(town.network, town.crossing_edge)), circle.ways.lengths

    def add(number: int) -> object:
        return base.after([Add(number % len(circle.demands), spots[number % TIMES])])

    def close(number: int) -> object:
        return base.after([Close(number * 7919 % len(sources.category))])

    def gate(number: int) -> object:
        which = number * 31 % len(town.crossing_edge)
        edge = int(town.crossing_edge[which])
        return base.after([Streets((edge,), (np.inf if opened[which] else float(lengths[edge]),))])

    def street(number: int) -> object:
        return base.after([Streets((number * 7919 % len(lengths),), (np.inf,))])

    print(f"{len(sources.category):,} facilities of {len(circle.demands)} categories, {len(lengths):,} pieces of ways")
    return [
        told("a facility added", _median(add, TIMES)[0], ADDED),
        told("a facility removed", _median(close, TIMES)[0], CHANGED),
        told(f"a gate opened or closed, all {len(circle.demands)} fields", _median(gate, TIMES)[0], CHANGED),
        told(f"a street closed, all {len(circle.demands)} fields", _median(street, TIMES)[0], CHANGED),
    ]


def _cost(network: Any, edges: np.ndarray) -> np.ndarray:
    streets = network.core.streets
    ticks = streets.ahead[streets.of_edge[edges]]
    return np.where(ticks >= 1 << 30, np.inf, ticks)


def indicators(town: Town, points: np.ndarray) -> bool:
    """All indicators that a facility more or less touches, as they are and as they would be."""
    with circle_of(town) as (kept, _):
        read = sorted({category for one in bound_of(town, kept) for use in one.reads
                       if use.measure == FACILITIES for category in use.categories or ()})  # fmt: skip
    asked = [_facility(town, read, points, number) for number in range(2 * len(read))]
    spent, touched = [], 0
    for number in range(TIMES + len(asked)):
        with circle_of(town) as (kept, circle):
            world, categories = tried_world(kept.world, town, asked[number % len(asked)], circle.today)
            start = time.process_time()
            touched = max(touched, len(before_and_after(town, kept, world, Asked(categories))))
            spent.append((time.process_time() - start) * 1000)
    spent = spent[len(asked) :]
    words = f"indicators of one of {len(read)} categories (most {touched}, slowest {max(spent):.0f} ms)"
    return told(words, statistics.median(spent), INDICATORS)


def screens(town: Town, points: np.ndarray) -> list[bool]:
    """The request that the screen makes, with its login and its answer as JSON."""
    client = Client()
    client.force_login(Person.objects.as_system("bench").get(login="centre_head"), backend=BACKEND)
    with circle_of(town) as (_, circle):
        asked = [_facility(town, circle.categories, points, number) for number in range(SCREENS)]

    def ask(body: dict[str, Any]) -> None:
        answer = client.post("/api/v1/indicators/circle/try", body, content_type="application/json")
        assert answer.status_code == 200, answer.content[:500]

    def change(number: int) -> None:
        one = asked[number % SCREENS][0]
        facility = str(one.facility) if one.facility else None
        ask({"changes": [{"act": one.act, "facility": facility, "category": one.category, "point": one.point}],
             "age": "adult"})  # fmt: skip

    def gate(number: int) -> None:
        point = points[number * 31 % len(points)].tolist()
        ask({"ways": [{"kind": "gate", "point": point, "opened": False}], "age": "adult"})

    held = []
    for name, work in (("a facility", change), ("a gate", gate)):
        cpu, wall = _median(work, SCREENS)
        held.append(told(f"the screen's answer after {name} (wall {wall:.0f} ms)", cpu, SCREEN))
    return held


def _facility(town: Town, categories: Sequence[str], points: np.ndarray, number: int) -> list[Change]:
    """Every other time a facility is added, else one is closed."""
    category = categories[number // 2 % len(categories)]
    if number % 2:
        rows = Facility.objects.as_system("bench").filter(town=town, category__code=category, state="in_service")
        known = rows.order_by("id").values_list("uuid", flat=True).first()
        if known:
            return [Change("close", facility=known)]
    return [Change("add", category=category, point=tuple(points[number * 17 % len(points)].tolist()))]


def _median(work: Callable[[int], object], times: int) -> tuple[float, float]:
    """Medians of CPU time and of the wall, in milliseconds, after three that do not count."""
    spent, passed = [], []
    for number in range(times + 3):
        start, begun = time.process_time(), time.perf_counter()
        work(number)
        spent.append((time.process_time() - start) * 1000)
        passed.append((time.perf_counter() - begun) * 1000)
    return statistics.median(spent[3:]), statistics.median(passed[3:])


def told(words: str, figure: float, bar: float) -> bool:
    """Print a figure beside its bar."""
    print(f"{words:<66} {figure:>8.2f} ms  bar {bar:.3g} ms  {'ok' if figure <= bar else 'NOT HELD'}", flush=True)
    return figure <= bar


if __name__ == "__main__":
    sys.exit(main())
