"""A stretch of history as rows ready to be written. Touches no table, so that several processes can make several."""

import random
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from chengyun.cases.classes import Standards
from chengyun.cases.rules.words import case_number, title_of
from chengyun.demo.history.life import Frame, Life, Picture
from chengyun.demo.history.plain import PlainCase, Row
from chengyun.demo.history.reports import Report
from chengyun.demo.history.scene import Scene, Spot
from chengyun.demo.history.tempo import Hours, SwiftReckon
from chengyun.demo.history.ways import live
from chengyun.demo.history.wording import frames, matters, report_text
from chengyun.kernel.actor import Actor, Known, Resident, System
from chengyun.kernel.journal.record import historic_rows
from chengyun.kernel.search.bigrams import column
from chengyun.kernel.worktime import Timetable, WorkCalendar

SOURCES = {"hotline": "12345", "district": "district-grid", "camera": "camera", "sensor": "sensing"}


@dataclass(frozen=True)
class Plan:
    """Everything that a process needs to make any stretch of the history."""

    scene: Scene
    standards: Standards
    calendar: WorkCalendar
    timetable: Timetable
    now: datetime
    seed: int
    pictures: Mapping[str, list[Picture]]
    load: Mapping[date, float]
    stretches: Sequence[Sequence[Report]]
    part_base: int = 0  # what is added to the ids of parts, so that they lie behind those that are there


@dataclass
class Batch:
    """Rows by table, in the order of their columns; `days` is how many cases each day has."""

    number: int
    rows: dict[str, list[Row]] = field(default_factory=dict)
    days: dict[date, int] = field(default_factory=dict)

    def add(self, table: str, rows: Sequence[Row]) -> None:
        """Put rows behind those that are there."""
        self.rows.setdefault(table, []).extend(rows)


def make_batch(plan: Plan, number: int, first_id: int, serials: Mapping[date, int]) -> Batch:
    """The rows of one stretch. `first_id` is the id of its first case, `serials` the last number used on each day."""
    luck = random.Random(f"{plan.seed} {plan.scene.code} {number}")
    frame = Frame(
        plan.scene, plan.standards, SwiftReckon(plan.calendar, plan.timetable), Hours(plan.calendar), plan.now, luck,
        dict(plan.pictures), plan.load, plan.part_base,
    )  # fmt: skip
    batch = Batch(number, days=dict(serials))
    bursts: dict[int, Spot] = {}
    repeated: dict[int, list[Life]] = {}
    for offset, report in enumerate(plan.stretches[number]):
        if report.moment.astimezone(UTC) < plan.now:
            life = _begin(report, frame, first_id + offset, batch.days, bursts)
            twins = repeated.setdefault(report.burst, []) if report.burst >= 0 else [life]
            life.twin = twins[0] if twins and twins[0] is not life else None
            live(life)
            if report.burst >= 0:
                twins.append(life)  # others may be merged into it yet
            else:
                _collect(life, batch)
    for twins in repeated.values():
        for life in twins:
            _collect(life, batch)
    return batch


def _begin(report: Report, frame: Frame, key: int, days: dict[date, int], bursts: dict[int, Spot]) -> Life:
    luck, matter = frame.luck, matters()[report.code]
    spot = bursts.get(report.burst) or frame.scene.pick(report.place_kind, luck)
    if report.burst >= 0:
        bursts[report.burst] = spot
    kind = frame.standards.book.classes[report.code]
    moment = report.moment.astimezone(UTC)
    text = report_text(matter, report.channel, spot.address, luck)
    days[report.day] = days.get(report.day, 0) + 1
    is_order = report.channel == "hotline" and luck.random() < 0.62
    number = case_number(frame.scene.code, report.day, days[report.day])
    upper = report.channel in ("hotline", "district")
    case = PlainCase(
        key, frame.fresh(moment), frame.scene.town, number, report.channel, report.code, title_of(text), text,
        spot.address, "ordered" if is_order else "reported", moment, moment, moment, report.day,
        grid_id=spot.grid, community_id=spot.community, cell_id=spot.cell, compound_id=spot.compound,
        facility_id=spot.facility, geometry=_wkb(spot), minx=spot.lng, miny=spot.lat, maxx=spot.lng, maxy=spot.lat,
        h3=spot.h3, routing={"place": {"by": "point"}}, priority=kind.priority, is_order=is_order,
        source=SOURCES.get(report.channel, "") if upper else "",
        external_id=f"{report.day:%Y%m%d}{key:08d}" if upper else "",
        confidential=report.channel == "hotline" and luck.random() < 0.04,
    )  # fmt: skip
    if is_order:
        _demand(case, frame, moment)
    if report.channel in ("hotline", "resident", "desk"):
        case.reporter_id = frame.fresh(moment)
    life = Life(case, frame, kind)
    actor = _reporter(case, frame)
    has_photo = report.channel in ("patrol", "camera") and not kind.simple
    life.begin(actor, ("before",) if has_photo or (report.channel == "resident" and luck.random() < 0.6) else ())
    return life


def _demand(case: PlainCase, frame: Frame, moment: datetime) -> None:
    """What kind of demand it is, and when the platform above wants it done: days by its kind."""
    demands = frames()["demands"]
    case.upper_kind = frame.luck.choices(list(demands), list(demands.values()))[0]
    days = {"consult": 3, "help": 5, "complaint": 10, "suggestion": 10, "praise": 10}[case.upper_kind]
    day = frame.today(moment)
    for _ in range(days):
        day += timedelta(days=1)
        while not frame.hours.is_workday(day):
            day += timedelta(days=1)
    local = datetime(day.year, day.month, day.day, 17, 30, tzinfo=UTC)
    case.upper_due_at = local - frame.reckon.calendar.offset


def _reporter(case: PlainCase, frame: Frame) -> Actor:
    crew = frame.scene.crew
    if case.channel == "patrol":
        return Known("person", frame.luck.choice(crew.workers.get(case.grid_id or 0) or crew.desk["duty_officer"]))
    if case.channel == "resident":
        return Resident(str(case.reporter_id))
    if case.channel in ("hotline", "district", "sensor", "camera"):
        return System(SOURCES[case.channel])
    return Known("person", frame.luck.choice(crew.desk["operator"]))


def _wkb(spot: Spot) -> bytes:
    return struct.pack("<BIdd", 1, 1, spot.lng, spot.lat)  # little-endian, a point: 20 times faster than by a library


def _collect(life: Life, batch: Batch) -> None:
    case = life.case
    batch.add("case", [case.row()])
    clocks = [(None, c) for c in life.clocks] + [(p.id, c) for p in life.parts for c in p.clocks]
    batch.add("clock", [
        (case.id, part, c.stage, c.round, c.limit, c.started_at, c.due_at, c.amber_at, c.provisional, c.paused_at,
         c.stopped_at, c.on_time, None, c.history)
        for part, c in clocks
    ])  # fmt: skip
    batch.add("part", [
        (p.id, p.uuid, case.id, p.department_id, p.lead, p.state, p.assignee_id and UUID(p.assignee_id), p.sent_at,
         p.signed_at, p.ended_at)
        for p in life.parts
    ])  # fmt: skip
    beside = life.beside
    for table, rows in (
        ("private", beside.privates), ("approval", beside.approvals), ("file", beside.files),
        ("attachment", beside.attachments), ("reporter", beside.reporters), ("rating", beside.ratings),
        ("supervision", beside.supervisions),
    ):  # fmt: skip
        batch.add(table, rows)
    batch.add("entry", historic_rows(life.records))
    words = [case.number, case.external_id, case.title, case.address, life.kind.zh, life.kind.en]
    if not case.confidential:
        words.append(case.text)
    batch.add("search", [("case", case.uuid, case.town_id, column(*(w for w in words if w)))])
