"""The room's decisions, without a database."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengyun.accounts.rules import masking
from chengyun.accounts.rules.responsibility import Rule, best, condition_problem, fits
from chengyun.accounts.rules.scopes import Given, below, intersect, scope_of_grants
from chengyun.accounts.rules.terms import Term, overlap, overlapping
from chengyun.accounts.rules.throttle import seconds_to_wait
from chengyun.accounts.rules.tree import department_problem
from chengyun.kernel.access import Scope, Where

T0 = datetime(2026, 11, 22, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "shown"),
    [("王小明", "王**"), ("李四", "李*"), ("欧阳小明", "欧阳**"), ("欧阳", "欧*"), ("明", "*"), ("", ""),
     ("John Smith", "J*** S****")],
)  # fmt: skip
def test_a_name_keeps_the_surname(name: str, shown: str) -> None:
    assert masking.mask_name(name) == shown


@pytest.mark.parametrize(
    ("phone", "shown"),
    [("13812345678", "138****5678"), ("138 1234 5678", "138 **** 5678"), ("+86 13812345678", "+86 138****5678"),
     ("021-57001234", "021-****1234"), ("12345", "***45"), ("", "")],
)  # fmt: skip
def test_a_phone_keeps_its_end(phone: str, shown: str) -> None:
    assert masking.mask_phone(phone) == shown


def test_an_identity_number_keeps_first_and_last() -> None:
    assert masking.mask_id_number("310112199001011234") == "3" + "*" * 16 + "4"
    assert masking.mask_id_number("123") == "***"


@pytest.mark.parametrize(
    ("address", "shown"),
    [("云岸路88弄12号301室", "云岸路88弄****"), ("云岸路88号3幢502室", "云岸路88号****"), ("云岸路88弄", "云岸路88弄"),
     ("阳光花园12幢301", "阳光花园****"),
     ("和平村6组12号", "和平村6组****"), ("云岸公园北门", "云岸公园北门")],
)  # fmt: skip
def test_an_address_keeps_the_road_and_loses_the_dwelling(address: str, shown: str) -> None:
    assert masking.mask_address(address) == shown


def test_free_text_loses_every_number_that_could_be_a_person() -> None:
    text = "请联系王先生 138-1234-5678，身份证310112199001011234，井盖编号0101，宽3米"
    shown = masking.mask_text(text)
    assert "1234" not in shown.replace("0101", "")
    assert "井盖编号0101" in shown
    assert "宽3米" in shown


@given(st.text(alphabet="0123456789- +", max_size=30))
def test_a_phone_never_shows_whole(text: str) -> None:
    digits = sum(c.isdigit() for c in text)
    shown = sum(c.isdigit() for c in masking.mask_phone(text))
    assert shown <= (digits - 3 if digits >= 7 else min(2, digits))


def test_masked_asks_for_a_kind_of_every_field() -> None:
    assert masking.masked({"phone": "13812345678"}, {"phone": "phone"}) == {"phone": "138****5678"}
    with pytest.raises(KeyError):
        masking.masked({"shoe": "42"}, {})


def hours(start: int, end: int | None) -> Term:
    return Term(T0 + timedelta(hours=start), None if end is None else T0 + timedelta(hours=end))


def test_terms_that_touch_do_not_overlap() -> None:
    assert overlap(hours(2, 4), [hours(0, 2), hours(4, None)]) is None
    assert overlap(hours(2, 5), [hours(4, None)]) == hours(4, None)
    assert overlapping([hours(0, 2), hours(1, 3), hours(3, 4)]) == [(hours(0, 2), hours(1, 3))]


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 10)), max_size=6), st.integers(0, 20), st.integers(1, 10))
def test_overlap_agrees_with_counting_hours(rows: list[tuple[int, int]], start: int, length: int) -> None:
    others = [hours(a, a + n) for a, n in rows]
    taken = {h for a, n in rows for h in range(a, a + n)}
    assert (overlap(hours(start, start + length), others) is not None) == bool(
        taken & set(range(start, start + length))
    )


def test_the_wait_ends_when_the_oldest_of_the_last_failures_is_old_enough() -> None:
    window = timedelta(minutes=5)
    failures = [T0 + timedelta(seconds=10 * n) for n in range(5)]
    at = failures[-1] + timedelta(seconds=1)
    wait = seconds_to_wait(failures, 5, window, at)
    assert 0 < wait <= 300
    assert seconds_to_wait(failures, 5, window, at + timedelta(seconds=wait)) == 0
    assert seconds_to_wait(failures[:4], 5, window, at) == 0


def rule(code: str, department: int, **more: object) -> Rule:
    return Rule(f"{code}-{department}", code, more.pop("area", None), more.pop("conditions", {}), department, **more)  # type: ignore[arg-type]


def test_the_exact_code_beats_the_prefix_and_the_inner_area_the_outer() -> None:
    rules = [
        rule("*", 1),
        rule("01*", 2),
        rule("0101", 3),
        rule("0101", 4, area=7, depth=2),
        rule("0101", 5, area=9, depth=3),
    ]
    for areas, wanted in (((), 3), ((7,), 4), ((7, 9), 5)):
        found = best(rules, "0101", areas, {})
        assert found is not None
        assert found[0].department == wanted
    found = best(rules, "0199", (7, 9), {})
    assert found is not None
    assert (found[0].department, found[1].matched, found[1].others) == (2, "prefix", 1)
    assert best([rule("02*", 1)], "0101", (), {}) is None


def test_priority_beats_everything_and_conditions_break_the_tie() -> None:
    rules = [rule("0101", 1), rule("*", 2, priority=5), rule("0101", 3, conditions={"owner": "物业"})]
    assert best(rules, "0101", (), {})[0].department == 2  # type: ignore[index]
    assert best(rules[::2], "0101", (), {"owner": "物业"})[0].department == 3  # type: ignore[index]
    assert best(rules[::2], "0101", (), {"owner": "街道"})[0].department == 1  # type: ignore[index]


def test_conditions_are_values_lists_and_spans_and_an_unknown_fact_fulfils_none() -> None:
    assert fits({"road": ["市政", "公路"], "width": {"min": 3, "max": 9}}, {"road": "公路", "width": 3})
    assert not fits({"width": {"min": 3}}, {"width": "3"})
    assert not fits({"road": "市政"}, {})
    assert condition_problem({"width": {"min": 3}}) is None
    assert condition_problem({"width": {"over": 3}})
    assert condition_problem(["road"])


def test_below_survives_a_loop() -> None:
    assert below([1], {1: [2], 2: [3, 1]}) == {1, 2, 3}


@pytest.mark.parametrize(
    ("kind", "parent", "supervisor", "wrong"),
    [("department", 2, None, False), ("department", None, 2, True), ("contractor", None, 2, False),
     ("contractor", None, 1, True), ("department", 3, None, True), ("department", 1, None, True)],
)  # fmt: skip
def test_what_may_stand_above_a_department(kind: str, parent: int | None, supervisor: int | None, wrong: bool) -> None:
    assert bool(department_problem(1, kind, parent, supervisor, {3: 2, 2: 1} if parent == 3 else {})) == wrong


# --- scopes against a slow, plain reading of the grants
TOWN_OF_AREA = {a: 1 if a < 5 else 2 for a in range(1, 9)}
TOWN_OF_OFFICE = {d: 1 if d < 13 else 2 for d in range(11, 15)}
PEOPLE = ("me", "you")
ids = lambda low, high: st.frozensets(st.integers(low, high), max_size=3)  # noqa: E731


@st.composite
def grants(draw: st.DrawFn) -> Given:
    reach = draw(st.sampled_from(["all", "town", "area"]))
    town = draw(st.sampled_from([1, 2]))
    offices = [d for d, t in TOWN_OF_OFFICE.items() if reach == "all" or t == town]
    areas = [a for a, t in TOWN_OF_AREA.items() if t == town]
    return Given(
        role="r",
        permissions=draw(st.frozensets(st.sampled_from(["p", "q"]))),
        own=draw(st.frozensets(st.sampled_from(["p", "q"]), max_size=1)),
        everywhere=reach == "all",
        towns=frozenset({town} if reach == "town" else ()),
        areas=frozenset(draw(st.lists(st.sampled_from(areas), max_size=3))) if reach == "area" else frozenset(),
        departments=frozenset(draw(st.lists(st.sampled_from(offices), max_size=2))),
    )


@st.composite
def things(draw: st.DrawFn) -> Where:
    town = draw(st.sampled_from([1, 2]))
    areas = [a for a, t in TOWN_OF_AREA.items() if t == town]
    offices = [d for d, t in TOWN_OF_OFFICE.items() if t == town]
    return Where(
        town,
        frozenset(draw(st.lists(st.sampled_from(areas), max_size=2))),
        frozenset(draw(st.lists(st.sampled_from(offices), max_size=1))),
        frozenset(draw(st.lists(st.sampled_from(PEOPLE), max_size=1))),
    )


def plainly(permission: str, givens: list[Given], thing: Where) -> bool:
    """The meaning of grants, said one by one."""
    for grant in givens:
        if permission in grant.own and "me" in thing.people:
            return True
        if permission not in grant.permissions:
            continue
        placed = grant.everywhere or thing.town in grant.towns or bool(grant.areas & thing.areas)
        if placed and (not grant.departments or grant.departments & thing.departments):
            return True
    return False


@given(st.lists(grants(), max_size=4), things())
def test_a_scope_holds_what_the_grants_say(givens: list[Given], thing: Where) -> None:
    assert scope_of_grants("p", givens, "me").holds(thing) == plainly("p", givens, thing)


@given(st.lists(grants(), max_size=3), st.lists(grants(), max_size=3), things())
def test_a_token_never_reaches_what_one_of_both_does_not(one: list[Given], other: list[Given], thing: Where) -> None:
    both = (scope_of_grants("p", one, "me"), scope_of_grants("p", other, None))
    if intersect(*both, TOWN_OF_AREA, TOWN_OF_OFFICE).holds(thing):
        assert all(scope.holds(thing) for scope in both)


def test_an_intersection_is_not_smaller_than_it_must_be() -> None:
    town, grid, office = Scope(towns=frozenset({1})), Scope(areas=frozenset({2})), Scope(departments=frozenset({11}))
    assert intersect(town, grid, TOWN_OF_AREA, TOWN_OF_OFFICE) == grid
    assert intersect(office, town, TOWN_OF_AREA, TOWN_OF_OFFICE) == office
    assert intersect(office, grid, TOWN_OF_AREA, TOWN_OF_OFFICE).bounded == {(11, 2)}
    assert intersect(Scope(everything=True), grid, {}, {}) == grid
    assert intersect(town, Scope(towns=frozenset({2})), TOWN_OF_AREA, TOWN_OF_OFFICE).empty
