"""Targets bound to indicators, and what plans offer to be measured."""

from datetime import timedelta
from typing import Any

import numpy as np

from chengyun.indicators.models import Indicator, IndicatorVersion, Value
from chengyun.kernel.clock import frozen, now
from chengyun.kernel.events import EntryView
from chengyun.kernel.measures import Ask, Period, measure
from chengyun.places.models import Area, AreaLevel
from chengyun.plans.around import today
from chengyun.plans.models import Actual, Task
from chengyun.plans.reactions import follow_gap, measure_bound, raise_gap
from plans.room import Room

RUN: Any = type("Run", (), {"progress": lambda *_: None})()


def indicator(room: Room, code: str, unit: str, value: float) -> Value:
    """An indicator that was evaluated for the whole town."""
    town = room.world.town
    scheme = room.world.areas["G1"].scheme
    level = AreaLevel.objects.create(scheme=scheme, code="town", name="镇", role="town", rank=9)
    whole = Area(town=town, scheme=scheme, level=level, code="YA", name="云岸镇", source="test", external_id="town")
    whole.locate(room.world.areas["S1"].geometry)
    whole.save()
    row = Indicator(town_id=town.pk, code=code, zh="立面整治", en="facades")
    row.save()
    IndicatorVersion.objects.create(indicator=row, number=1, formula="1", unit=unit, created_at=now())
    return Value.objects.create(indicator=row, period="2026-11", role="town", area_id=whole.pk, value=value)


def test_a_bound_target_shows_the_live_value_in_its_own_unit_and_keeps_it_by_day(room: Room) -> None:
    document = room.imported()
    target = next(t for t in room.text(document["id"])["targets"] if t["unit"] == "公里")
    value = indicator(room, "facades", "m", 800.0)
    assert room.take_target(target["id"], "bind", indicator="nothing").json()["code"] == "plans.no_indicator"
    bound = room.take_target(target["id"], "bind", indicator="facades").json()
    assert (bound["binding"], bound["live"]["value"], bound["live"]["unit"]) == ("bound", 0.8, "公里")
    assert room.take_target(target["id"], "measure", "liaison", value=1).status_code in (403, 404)
    for verb, role in (("accept", "planner"), ("approve", "leader")):
        assert room.take_target(target["id"], verb, role).status_code == 200
    room.move(document["id"], "put_in_force")
    assert measure_bound(RUN, {}) == {"targets": 1, "changed": 1}
    assert measure_bound(RUN, {}) == {"targets": 1, "changed": 0}
    value.value = 1600.0
    value.save()
    with frozen(now() + timedelta(days=1)):
        assert measure_bound(RUN, {})["changed"] == 1
    assert list(Actual.objects.order_by("day").values_list("value", flat=True)) == [0.8, 1.6]
    detail = room.api("leader").get(f"plans/targets/{target['id']}").json()
    assert [a["value"] for a in detail["actuals"]] == [1.6, 0.8]


def test_a_unit_that_measures_something_else_gives_no_value(room: Room) -> None:
    document = room.imported()
    target = next(t for t in room.text(document["id"])["targets"] if t["unit"] == "公里")
    indicator(room, "money", "万元", 800.0)
    live = room.take_target(target["id"], "bind", indicator="money").json()["live"]
    assert (live["value"], live["reason"]) == (None, "unit")


def test_tasks_are_offered_to_be_counted_by_light_department_and_lateness(room: Room) -> None:
    task = room.live("2026-01-31")
    offered = measure("plans.tasks")
    assert offered is not None
    assert offered.load is not None
    day = today(now())
    table = offered.load(Ask(room.world.town.pk, Period(day, day)))
    assert len(table) == 1
    assert table.columns["late"].tolist() == [1.0]
    assert table.columns["department"].words == ("greening",)
    assert np.isnan(table.lng).all()
    assert offered.rows is not None
    row = room.fresh(task)
    assert [r.subject for r in offered.rows(room.world.people["leader"], room.world.town.pk, [row.pk])] == [
        f"plan_task:{task}"
    ]
    assert list(offered.rows(room.world.people["operator"], room.world.town.pk, [row.pk])) == []


def test_the_task_of_a_gap_says_when_its_figure_is_met(room: Room) -> None:
    facts = {
        "indicator": "hydrant_cover", "zh": "消火栓覆盖", "mode": "tasks", "area": room.world.areas["G1"].pk,
        "department": None, "deadline": "2027-01-31", "failing": 4, "value": 100.0,
    }  # fmt: skip
    subject = "0190f0c0-0000-7000-8000-000000000009"

    def entry(event: str) -> EntryView:
        return EntryView(7, event, "gap", subject, 1, "system", "indicators", room.world.town.pk, now(), now(), facts)

    raise_gap(entry("indicators.gap_raised"))
    follow_gap(entry("indicators.gap_met"))
    task = Task.objects.as_system("test").get(origin="gap")
    assert (task.gap["now"], task.gap["value"]) == ("met", 100.0)
    assert room.api("planner").get(f"plans/tasks/{task.uuid}").json()["gap"]["now"] == "met"


def test_a_running_target_is_adjusted_by_a_leader_and_keeps_its_old_value(room: Room) -> None:
    document = room.imported()
    target = next(t for t in room.text(document["id"])["targets"] if t["unit"] == "公里")
    for verb, role in (("accept", "planner"), ("approve", "leader")):
        room.take_target(target["id"], verb, role)
    room.move(document["id"], "put_in_force")
    changes = {"value": 2.4}
    assert room.take_target(target["id"], "adjust", "planner", changes=changes, reason="上调").status_code == 403
    assert (
        room.take_target(target["id"], "adjust", "leader", changes=changes).json()["code"] == "kernel.evidence_missing"
    )
    done = room.take_target(target["id"], "adjust", "leader", changes=changes, reason="区级任务上调").json()
    assert (done["value"], done["state"], done["corrected"]["value"][0]["before"]) == (2.4, "live", 1.6)
