"""What cases offer to be measured: one row for each, on the day it was reported, due or closed."""

from datetime import timedelta

import numpy as np
import pytest

from cases.world import World, make_world
from chengyun.cases.models import Case
from chengyun.kernel.clock import frozen, now
from chengyun.kernel.journal.models import Entry
from chengyun.kernel.journal.timeline import view_of
from chengyun.kernel.measures import Ask, Coded, Period, Table, measure

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def table(world: World, name: str, keys: frozenset[int] | None = None) -> Table:
    found = measure(name)
    assert found is not None
    assert found.load is not None
    today = now().date()
    span = Period(today - timedelta(days=400), today + timedelta(days=400))
    return found.load(Ask(world.town.pk, span, keys))


def at(rows: Table, case: Case, column: str) -> object:
    values = rows.columns[column]
    row = int(np.flatnonzero(rows.key == case.pk)[0])
    if isinstance(values, Coded):
        return values.words[values.codes[row]] if values.codes[row] >= 0 else None
    return None if np.isnan(values[row]) else float(values[row])


def test_a_case_counts_when_reported_when_due_and_when_closed(world):
    closed = world.walk(world.report(), to="closed")
    handled, waiting = world.walk(world.report(), to="handling"), world.report()
    reported, due, done = (table(world, name) for name in ("cases.cases", "cases.due_cases", "cases.closed_cases"))
    assert set(reported.key.tolist()) == {closed.pk, handled.pk, waiting.pk}
    assert set(due.key.tolist()) == {closed.pk, handled.pk}
    assert done.key.tolist() == [closed.pk]
    assert done.day is not None
    assert done.day.tolist() == [closed.local_day]
    said = ("state", "filed", "closed", "open", "on_time", "rework", "department", "class", "major")
    assert [at(reported, closed, name) for name in said] == ["closed", 1, 1, 0, 1, 0, "greening", "E0101", "E01"]
    assert [at(reported, waiting, name) for name in ("filed", "on_time", "stars")] == [0, None, None]
    assert at(reported, handled, "on_time") is None
    grids = reported.areas["grid"]
    assert set(grids.tolist()) == {closed.grid_id}


def test_what_ran_out_unanswered_is_late(world):
    case = world.walk(world.report(), to="handling")
    with frozen(now() + timedelta(days=60)):
        assert at(table(world, "cases.due_cases"), case, "on_time") == 0


def test_a_case_that_came_back_is_rework_and_one_row_is_read_again_by_its_key(world):
    case = world.walk(world.report(), to="answered")
    world.take(case, "send_back", "operator", reason="未清理干净")
    assert at(table(world, "cases.cases", frozenset({case.pk})), case, "rework") == 1
    found = measure("cases.cases")
    assert found is not None
    assert found.key_of is not None
    last = Entry.objects.filter(stream=f"case:{case.uuid}").order_by("-number").first()
    assert last is not None
    last.position = 1
    assert found.key_of(view_of(last)) == case.pk


def test_people_see_only_the_cases_that_are_theirs(world):
    case = world.report()
    found = measure("cases.cases")
    assert found is not None
    assert found.rows is not None
    row = found.rows(world.people["operator"], world.town.pk, [case.pk])[0]
    assert (row.label, row.link) == (case.number, f"/cases/{case.uuid}")
    assert case.text not in f"{row}"
    assert found.rows(world.people["planner"], world.town.pk, [case.pk]) == []
