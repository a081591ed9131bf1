"""What formulas come to: against a reckoning by hand on random towns, and in the cases that matter."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengyun.indicators.formula.binding import bind
from chengyun.indicators.formula.evaluate import Result, evaluate, failing
from chengyun.kernel.measures import Entrances, Table
from indicators import slow
from indicators.slow import MAYBE, NO, YES, Thing, areas, both, equals, every, share, some, things
from indicators.small_town import COMPOUNDS, FIRST, LAST, FlatGround, SmallTown, table, town

CATALOGUE = town().catalogue()
EXAMPLES = settings(max_examples=40, deadline=None)
KINDS = st.sampled_from(["hydrant", "childcare"])


def value_of(made: SmallTown, text: str, ground: FlatGround | None = None, **more: Any) -> Result:
    unit = more.get("unit", "")
    return evaluate(bind(text, CATALOGUE, unit), made.world(ground), FIRST, LAST, **more)


@st.composite
def towns(draw: st.DrawFn) -> SmallTown:
    """Compounds with buildings and facilities anywhere; some words and numbers are not known."""

    def numbers(count: int, low: int = 0, high: int = 600) -> list[tuple[int, int]]:
        side = st.integers(low, high)
        return draw(st.lists(st.tuples(side, side), min_size=count, max_size=count))

    def words(count: int, *known: str) -> list[Any]:
        return draw(st.lists(st.sampled_from([*known, None]), min_size=count, max_size=count))

    buildings, facilities = draw(st.integers(0, 8)), draw(st.integers(0, 8))
    homes = draw(st.lists(st.sampled_from(COMPOUNDS), min_size=buildings, max_size=buildings))
    belongs = draw(st.lists(st.sampled_from([*COMPOUNDS, -1]), min_size=facilities, max_size=facilities))
    sizes = draw(st.lists(st.sampled_from([0.0, 10.0, 35.0, np.nan]), min_size=facilities, max_size=facilities))
    return SmallTown(
        compounds=table(
            COMPOUNDS, numbers(5), {"compound": COMPOUNDS}, kind=words(5, "estate", "village"),
            households=[float(n) for n, _ in numbers(5, 1, 90)], floor_area=[1.0] * 5,
        ),
        buildings=table(
            range(1, buildings + 1), numbers(buildings), {"compound": homes},
            use=words(buildings, "residential", "garage"), households=[1.0] * buildings, compound=homes,
        ),
        facilities=table(
            range(101, 101 + facilities), numbers(facilities), {"compound": belongs},
            category=draw(st.lists(KINDS, min_size=facilities, max_size=facilities)),
            state=words(facilities, "in_service", "out_of_service"), capacity=sizes, source=[None] * facilities,
            compound=belongs,
        ),
    )  # fmt: skip


def inside(everything: list[Thing], area: int) -> list[Thing]:
    return [thing for thing in everything if area in thing["areas"]]


def check(result: Result, reckon: Callable[[int], tuple[Any, Any, Any]]) -> None:
    """Value, least and most of every area as reckoned; None: there is none."""
    for place, area in enumerate(areas()):
        expected = reckon(area)
        got = (result.span.value[place], result.span.low[place], result.span.high[place])
        for mine, theirs in zip(got, expected, strict=True):
            if theirs is None:
                assert not np.isfinite(mine), (area, got, expected)
            else:
                assert mine == pytest.approx(theirs, abs=1e-9), (area, got, expected)


@EXAMPLES
@given(towns(), st.sampled_from([50, 150, 400]), st.sampled_from(["straight", "on foot"]))
def test_a_share_is_that_of_a_reckoning_by_hand(made: SmallTown, limit: int, metric: str) -> None:
    text = (
        "share of compounds(kind = estate) where every building(use = residential) "
        f"has hydrant(state = in_service) within {limit} m {metric}"
    )
    compounds, buildings = things(made.tables["compounds"]), things(made.tables["buildings"])
    hydrants = [t for t in things(made.tables["facilities"]) if t["category"] == "hydrant"]
    metres = slow.straight if metric == "straight" else slow.streets

    def near(building: Thing) -> bool | None:
        return some([equals(h, "state", "in_service") for h in hydrants if metres(building, h) <= limit])

    def promise(building: Thing) -> bool | None:
        """Nothing is promised of what is no home; of what may be none, a hydrant keeps the promise either way."""
        home = equals(building, "use", "residential")
        return YES if home is NO else near(building) if home is YES else near(building) or MAYBE

    def covered(compound: Thing) -> bool | None:
        return every([promise(b) for b in buildings if b["compound"] == compound["key"]])

    def asked(compound: Thing) -> bool | None:
        own = [b for b in buildings if b["compound"] == compound["key"] and equals(b, "use", "residential") is not NO]
        return both(equals(compound, "kind", "estate"), bool(own))

    check(value_of(made, text), lambda area: share(inside(compounds, area), asked, covered))


@EXAMPLES
@given(towns())
def test_counts_and_sums_are_those_of_a_reckoning_by_hand(made: SmallTown) -> None:
    facilities = things(made.tables["facilities"])

    def chosen(thing: Thing) -> bool | None:
        return both(thing["category"] == "childcare", equals(thing, "state", "in_service"))

    def counted(area: int) -> tuple[Any, Any, Any]:
        here = inside(facilities, area)
        sure = sum(chosen(t) is YES for t in here)
        return sure, sure, sum(chosen(t) is not NO for t in here)

    def summed(area: int) -> tuple[Any, Any, Any]:
        here = [t for t in inside(facilities, area) if chosen(t) is not NO]
        if here and all(t["capacity"] is None for t in here):
            return None, None, None
        sure = sum(t["capacity"] or 0 for t in here if chosen(t) is YES)
        most = None if any(t["capacity"] is None for t in here) else sum(t["capacity"] for t in here)
        return sure, sure, most

    placed = made.tables["facilities"].areas["compound"]
    if len(placed) and (placed > 0).any():
        check(value_of(made, "count of childcare(state = in_service)"), counted)
        check(value_of(made, "sum of capacity of childcare(state = in_service)"), summed)


@EXAMPLES
@given(towns(), towns())
def test_patching_one_thing_gives_what_reading_everything_gives(before: SmallTown, after: SmallTown) -> None:
    """The world is brought up to date row by row; the result is that of a world made anew."""
    made = SmallTown(**before.tables)
    world = made.world()
    texts = [
        "share of compounds where every building has hydrant(state = in_service) within 150 m straight",
        "share of buildings where has at least 2 facilities within 300 m on foot",
        "sum of capacity of childcare", "count of compounds where has hydrant", "mean of capacity of facilities",
        "max of metres to childcare straight of buildings",
    ]  # fmt: skip
    for text in texts:
        evaluate(bind(text, CATALOGUE), world, FIRST, LAST)
    for name in ("facilities", "buildings"):
        made.tables[name] = after.tables[name]
        touched = {int(k) for t in (before.tables[name], after.tables[name]) for k in t.key}
        for key in sorted(touched):
            world.patch(f"places.{name}", frozenset({key}))
    fresh = made.world()
    for text in texts:
        one, other = (evaluate(bind(text, CATALOGUE), w, FIRST, LAST).span for w in (world, fresh))
        for a, b in ((one.value, other.value), (one.low, other.low), (one.high, other.high)):
            np.testing.assert_allclose(a, b, err_msg=text)


def test_a_register_that_is_not_there_is_missing_and_named() -> None:
    result = value_of(town(), "sum of amount of tax", unit="万元")
    assert np.isnan(result.span.value).all()
    assert [one.register for one in result.missing] == ["tax"]


@pytest.mark.parametrize(("strategy", "expected"), [("any", None), ("all", 4.0), ("never", 4.0)])
def test_a_missing_part_is_handled_as_the_strategy_says(strategy: str, expected: float | None) -> None:
    result = value_of(town(), "count of hydrant * (1 + share of tax where amount > 0)", strategy=strategy)
    assert result.span.value[0] == pytest.approx(expected) if expected else np.isnan(result.span.value[0])


def test_where_all_parts_are_missing_only_never_makes_it_zero() -> None:
    assert np.isnan(value_of(town(), "sum of amount of tax", strategy="all").span.value[0])
    assert value_of(town(), "sum of amount of tax", strategy="never").span.value[0] == 0


def test_what_lies_near_the_edge_of_the_data_is_not_known() -> None:
    made = town()
    made.tables["facilities"] = made.tables["facilities"].take(np.zeros(7, dtype=bool))
    text = "share of buildings where has hydrant within 150 m straight"
    assert value_of(made, text).span.high[0] == 0
    edge = value_of(made, text, FlatGround(border=3100))
    assert edge.span.low[0] == 0
    assert edge.span.high[0] == pytest.approx(2 / 6)
    assert edge.span.confidence[0] == pytest.approx(4 / 6)


def test_a_list_that_nobody_verified_leaves_no_gap() -> None:
    made = town()
    made.tables["facilities"] = replace(made.tables["facilities"], unverified=frozenset({"childcare"}))
    text = "share of compounds where has childcare within 150 m straight"
    result = value_of(made, text)
    assert result.span.low[0] < result.span.high[0] == 1
    assert np.isinf(value_of(made, "count of childcare").span.high[0])
    assert value_of(made, "count of hydrant").span.high[0] == 4
    made.tables["facilities"] = replace(made.tables["facilities"], partial=True)
    half = value_of(made, "share of hydrant where state = in_service").span
    assert (half.low[0], half.high[0]) == (0, 1)
    assert half.low[0] < half.value[0]


def test_without_streets_ways_along_them_are_not_known() -> None:
    result = value_of(town(), "share of compounds where has lamp within 9 minutes by car")
    assert np.isnan(result.span.value[0])
    assert (result.span.low[0], result.span.high[0]) == (0, 1)


def test_a_station_is_near_if_one_of_its_entrances_is() -> None:
    made = town()
    compounds = made.tables["compounds"]
    from_doors = replace(compounds, entrances=_doors(compounds, 34, (3000.0, 9000.0), (2000.0, 149.0)))
    made.tables["compounds"] = from_doors
    found = failing(
        bind("share of compounds where has hydrant within 3 m straight", CATALOGUE), made.world(), FIRST, LAST
    )
    assert found is not None
    assert 34 not in found.keys[found.fails]
    assert 31 in found.keys[found.fails]


def _doors(compounds: Table, key: int, *points: tuple[float, float]) -> Any:
    row = int(np.flatnonzero(compounds.key == key)[0])
    rows = np.full(len(points), row, dtype=np.int64)
    return Entrances(rows, np.array([p[0] for p in points]), np.array([p[1] for p in points]))


def test_the_failing_things_are_named_and_the_unknown_ones_apart() -> None:
    text = "share of lamp where source = LED"
    found = failing(bind(text, CATALOGUE), town().world(), FIRST, LAST)
    assert found is not None
    assert found.keys[found.fails].tolist() == []
    assert found.keys[found.unknown].tolist() == [107]


def test_where_less_is_better_those_fail_that_are_counted() -> None:
    found = failing(bind("share of lamp where source = LED", CATALOGUE), town().world(), FIRST, LAST, ascending=False)
    assert found is not None
    lamps = found.keys[found.fails].tolist()
    assert lamps
    assert found.keys[found.unknown].tolist() == [107]
    assert 107 not in lamps


def test_records_count_in_their_period() -> None:
    made = town()
    assert value_of(made, "count of cases").span.value[0] == 3
    assert value_of(made, "count of cases during all").span.value[0] == 4
    assert value_of(made, "count of cases during 2026-10-01 to 2026-10-31").span.value[0] == 1
    assert value_of(made, "count of cases during 2025").span.value[0] == 0


def test_what_is_estimated_says_so_and_a_ratio_is_one_of_sums() -> None:
    made = town()
    made.people, made.estimated = {1: 10_000.0, 11: 6000.0, 12: 4000.0, 21: 4000.0}, {11, 12, 21}
    result = value_of(made, "sum of capacity of childcare per 1000 people(basis = resident)", unit="个/千人")
    assert result.span.value[0] == pytest.approx(4.5)
    assert result.span.value[1] == pytest.approx(7.5)
    assert result.span.estimated[:3].tolist() == [False, True, True]


def test_a_growth_rate_compares_years() -> None:
    made = town()
    made.tables["tax"] = table([1, 2], None, {}, ["2020-06-30", "2026-06-30"], amount=[100.0, 161.051])
    text = "(sum of amount of tax during year / sum of amount of tax during 2020) ^ (1/5) - 1"
    assert value_of(made, text, unit="%").span.value[0] == pytest.approx(10)


def test_division_by_nothing_is_no_value() -> None:
    made = town()
    made.people = {1: 0.0}
    assert np.isnan(value_of(made, "count of lamp / people(basis = resident)").span.value[0])
