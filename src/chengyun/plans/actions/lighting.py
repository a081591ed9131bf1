"""Setting lights: of all that is executed, every night, by the rules in force; and writing those rules."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from chengyun.kernel.access import Where, require
from chengyun.kernel.action import action, lock, save
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.journal.record import record
from chengyun.kernel.refusal import Invalid
from chengyun.plans import around, events
from chengyun.plans.lights import DEFAULT, Aim, Judged, LightRules, Reading, judge, months, read_rules
from chengyun.plans.lights.rules import BadRules
from chengyun.plans.models import Actual, LightBook, MonthLight, Project, ReportLine, Share, Stage, Target, Task
from chengyun.plans.rules.aims import (
    Dates,
    aim_of_project,
    aim_of_target,
    aim_of_task,
    readings,
    readings_of_project,
)

LIT = ("live", "done", "checked", "closed")
"""States in which something has a light."""
BATCH = 300
SETTLED = 10
"""So many days after its end a month's light is kept: by then its reports are in."""


@dataclass
class Lit:
    """Something with a light: its aim, what is known of it, and whether records counted that or people reported it."""

    thing: Any
    aim: Aim
    known: list[Reading] = field(default_factory=list)
    counted: bool = False

    @property
    def kind(self) -> str:
        """What the rules of lights call it."""
        return str(self.thing.subject_kind).removeprefix("plan_")


def rules_of(town: int, day: date) -> LightRules:
    """The rules of lights that a town has in force on a day; those of every installation where it wrote none."""
    row = LightBook.objects.as_system("rules of lights in force").filter(town_id=town, since__lte=day)
    body = row.order_by("-number").values_list("body", flat=True).first()
    return read_rules(body) if body else DEFAULT


@action
def write_rules(town: int, body: Mapping[str, Any], *, actor: Actor, since: date | None = None) -> LightBook:
    """Write a new version of a town's rules of lights, in force from a day on. Raises Invalid for what does not fit."""
    require(actor, "plans.write", at=Where(town=town))
    last = LightBook.objects.as_system("the version before").filter(town_id=town).order_by("-number").first()
    number = last.number + 1 if last else DEFAULT.version + 1
    try:
        rules = read_rules({**body, "version": number})
    except BadRules as error:
        raise Invalid("plans.light_rule_wrong", str(error), field=f"body.{error.field}",
                      params={"rule": error.field}) from error  # fmt: skip
    book = LightBook(town_id=town, number=number, since=since or around.today(now()), body=rules.plain(),
                     made_by=actor.actor_id)  # fmt: skip
    book.save(force_insert=True)
    record(events.LightsRuled(number, book.since), book, actor)
    return book


@action
def turn_light(lit: Lit, judged: Judged, day: date, *, actor: Actor) -> None:
    """Set the light of one thing that turned, and tell it."""
    thing = lock(lit.thing, None)
    require(actor, "plans.write", at=thing)
    before = thing.light
    thing.light, thing.light_why, thing.light_on = str(judged.light), why(judged, counted=lit.counted), day
    save(thing)
    told = events.LightTurned(before, thing.light, judged.reason, thing.department_id)
    record(told, thing, actor)


def why(judged: Judged, *, counted: bool = False) -> dict[str, Any]:
    """The reason of a light as it is kept: a screen puts it into words. `counted`: its value comes from records."""
    return {
        "counted": counted,
        "reason": judged.reason, "expected": _round(judged.expected), "value": _round(judged.value),
        "gap": _round(judged.gap), "breaches": [d.isoformat() for d in judged.breaches[-12:]],
        "first": judged.first.isoformat() if judged.first else None,
        "last": judged.last.isoformat() if judged.last else None,
    }  # fmt: skip


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def lit_of(town: int, since: date | None = None) -> list[Lit]:
    """Everything of a town that has a light, with its aim and its readings. Eight queries, whatever the number."""
    tasks = list(Task.objects.as_system("lights").filter(town_id=town, state__in=LIT).select_related("document"))
    targets = list(
        Target.objects.as_system("lights").filter(town_id=town, state__in=LIT, kind="target").select_related("document")
    )
    projects = list(Project.objects.as_system("lights").filter(town_id=town, state__in=LIT).select_related("document"))
    return [*_of_tasks(tasks), *_of_targets(targets, since), *_of_projects(projects)]


def _of_tasks(tasks: Sequence[Task]) -> list[Lit]:
    told: defaultdict[int, list[tuple[date, float]]] = defaultdict(list)
    lines = ReportLine.objects.filter(task__in=tasks, lead=True, progress__isnull=False)
    confirmed = lines.exclude(report__confirmed_at=None).values_list("task", "report__month", "progress")
    for key, month, progress in confirmed:
        told[key or 0].append((_month_end(month), float(progress or 0.0)))
    counted = _counted(tasks)
    found = []
    for task in tasks:
        started = _day(task.live_at)
        pairs = counted.get(task.pk) or [
            *told[task.pk], *([(around.today(now()), float(task.progress))] if task.progress else []),
        ]  # fmt: skip
        if task.due_on is not None and task.due_on < around.today(now()):
            # That it was not finished by its day is on record, whatever anybody said of it.
            before = [value for day, value in sorted(pairs) if day <= task.due_on]
            pairs.append((task.due_on, before[-1] if before else 0.0))
        dates = Dates(started, task.document.dated if task.document else None)
        found.append(Lit(task, aim_of_task(task, dates, _day(task.done_at)), readings(pairs), task.pk in counted))
    return found


def _counted(tasks: Sequence[Task]) -> dict[int, list[tuple[date, float]]]:
    """How far tasks were by their targets on each day on which one was measured: the mean of the shares, in percent."""
    rows = Actual.objects.filter(target__task__in=tasks, target__value__gt=0, target__floor=False, target__state="live")
    found: defaultdict[int, list[tuple[date, float]]] = defaultdict(list)
    shares: defaultdict[int, dict[int, float]] = defaultdict(dict)
    columns = ("target__task", "target", "day", "value", "target__value")
    for task, target, day, value, aim in rows.order_by("day", "source").values_list(*columns):
        shares[task][target] = min(max(100.0 * value / aim, 0.0), 100.0)
        found[task].append((day, sum(shares[task].values()) / len(shares[task])))
    return dict(found)


def _of_targets(targets: Sequence[Target], since: date | None) -> list[Lit]:
    measured: defaultdict[int, list[tuple[date, float]]] = defaultdict(list)
    actuals = Actual.objects.filter(target__in=targets)
    if since is not None:
        actuals = actuals.filter(day__gte=since)
    for target, day, value in actuals.order_by("day", "source").values_list("target", "day", "value"):
        measured[target].append((day, value))
    shares: defaultdict[int, list[Share]] = defaultdict(list)
    for share in Share.objects.filter(target__in=targets, year__isnull=False):
        shares[share.target_id or 0].append(share)
    return [
        Lit(target, aim_of_target(target, _dates(target), shares[target.pk]), readings(measured[target.pk]))
        for target in targets
    ]


def _of_projects(projects: Sequence[Project]) -> list[Lit]:
    stages: defaultdict[int, list[Stage]] = defaultdict(list)
    for stage in Stage.objects.filter(project__in=projects).order_by("position"):
        stages[stage.project_id or 0].append(stage)
    found = []
    for project in projects:
        mine, dates = stages[project.pk], _dates(project)
        started = project.starts_on or dates.started
        found.append(Lit(project, aim_of_project(project, mine, dates), readings_of_project(mine, started)))
    return found


def _dates(row: Any) -> Dates:
    """A plan that came out in April for the whole year is not behind in April: its way begins when it is there."""
    document = row.document
    if document is None:
        return Dates(None, None)
    known = [day for day in (document.starts_on, document.dated) if day is not None]
    return Dates(max(known, default=None), document.dated)


def _day(moment: datetime | None) -> date | None:
    return around.today(moment) if moment else None


def _month_end(month: date) -> date:
    """What a monthly report says, it says of the end of its month, or of today while the month runs."""
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return min(date.fromordinal(following.toordinal() - 1), around.today(now()))


def set_lights(town: int, day: date, *, actor: Actor) -> dict[str, int]:
    """Set every light of a town as of a day. Returns how many there are, and how many turned."""
    rules, lits = rules_of(town, day), lit_of(town)
    turned, still = 0, defaultdict[type[Any], list[Any]](list)
    for lit in lits:
        judged = judge(lit.aim, lit.known, day, rules.of(lit.kind))
        if lit.thing.light != str(judged.light):
            turn_light(lit, judged, day, actor=actor)
            turned += 1
        else:
            lit.thing.light_why, lit.thing.light_on = why(judged, counted=lit.counted), day
            still[type(lit.thing)].append(lit.thing)
    for model, rows in still.items():
        model._base_manager.bulk_update(rows, ["light_why", "light_on"], batch_size=BATCH)
    return {"lights": len(lits), "turned": turned, "months": keep_months(town, lits, day, rules)}


def keep_months(town: int, lits: Iterable[Lit], day: date, rules: LightRules) -> int:
    """Keep the light of each month that has ended, once; a missed month made good turns yellow and stays on record."""
    kept = {(r.kind, r.subject, r.month): r for r in MonthLight.objects.filter(town_id=town)}
    fresh: list[MonthLight] = []
    changed: list[MonthLight] = []
    for lit in lits:
        first = _first_month(lit, day)
        for month in months(lit.aim, lit.known, first, day, rules.of(lit.kind), SETTLED):
            row = kept.get((lit.thing.subject_kind, lit.thing.uuid, month.month))
            if row is None:
                fresh.append(_month_row(town, lit, month, rules))
            elif row.first_light == "red" and month.made_good and row.made_good is None:
                row.light, row.made_good = "yellow", month.made_good
                changed.append(row)
    MonthLight.objects.bulk_create(fresh, batch_size=BATCH, ignore_conflicts=True)
    MonthLight.objects.bulk_update(changed, ["light", "made_good"], batch_size=BATCH)
    return len(fresh) + len(changed)


def _first_month(lit: Lit, day: date) -> date:
    """From when months are kept: since something of it is known, else since it began; no further back than a year."""
    start = min(r.day for r in lit.known) if lit.known else lit.aim.start or day
    return max(start.replace(day=1), date(day.year - 1, day.month, 1))


def _month_row(town: int, lit: Lit, month: Any, rules: LightRules) -> MonthLight:
    return MonthLight(
        town_id=town, kind=lit.thing.subject_kind, subject=lit.thing.uuid, department_id=lit.thing.department_id,
        month=month.month, first_light=str(month.first_light), light=str(month.light), reason=month.judged.reason,
        expected=_round(month.judged.expected), value=_round(month.judged.value), made_good=month.made_good,
        rules=rules.version,
    )  # fmt: skip
