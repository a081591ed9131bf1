"""What the records say of a department's work in a month: the draft of its report."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, Sum

from chengyun.plans.models import Actual, MonthLight, Party, Payment, Project, ReportLine, Stage, Target, Task
from chengyun.plans.rules.reporting import Known, ask_of, end_of, month_before

RUNNING = ("live", "done", "checked")
LIVE = ("live",)


@dataclass(frozen=True)
class Line:
    """One line of a draft."""

    known: Known
    ask: str
    lead: bool = True
    task: Task | None = None
    target: Target | None = None
    project: Project | None = None
    stage: Stage | None = None

    @property
    def slipped(self) -> bool:
        """Whether something was due and did not come: it goes on into this month."""
        return bool(self.known.overdue_stages) or self.known.reason == "overdue"

    def values(self) -> dict[str, Any]:
        """The columns of its row."""
        return {
            "known": self.known.plain(), "ask": self.ask, "lead": self.lead, "task": self.task, "target": self.target,
            "project": self.project, "stage": self.stage, "progress": self.known.value,
        }  # fmt: skip


def lines_for(town: int, department: int, month: date) -> list[Line]:
    """Every line of a department's report: its tasks, its targets, its projects, and tasks that it supports."""
    end = end_of(month)
    lights = _lights(town, month)
    said = _said(department, month)
    tasks = _tasks(town, department)
    targets = _targets(town, department)
    by_task = _values_by_task(targets, end)
    return [
        *(_task_line(task, lead, lights, said, by_task, end) for task, lead in tasks),
        *_target_lines(targets, lights, end),
        *_project_lines(town, department, lights, month, end),
    ]


def departments_reporting(town: int) -> set[int]:
    """The departments that have anything to report on: a part in a running task, a live target or project."""
    tasks = Task.objects.as_system("who reports").filter(town_id=town, state__in=RUNNING)
    found = set(Party.objects.filter(task__in=tasks).values_list("department_id", flat=True))
    found |= set(tasks.values_list("department_id", flat=True))
    for rows in (Target.objects.as_system("who reports"), Project.objects.as_system("who reports")):
        found |= set(rows.filter(town_id=town, state__in=LIVE).values_list("department_id", flat=True))
    return {pk for pk in found if pk is not None}


def _lights(town: int, month: date) -> dict[Any, tuple[str, str]]:
    rows = MonthLight.objects.filter(town_id=town, month=month).values_list("subject", "light", "reason")
    return {subject: (light, reason) for subject, light, reason in rows}


def _said(department: int, month: date) -> dict[int, float]:
    """What the last report said of each task."""
    lines = ReportLine.objects.filter(report__department_id=department, report__month=month_before(month))
    said = lines.filter(task__isnull=False, progress__isnull=False).values_list("task", "progress")
    return {task: float(progress or 0.0) for task, progress in said}


def _tasks(town: int, department: int) -> list[tuple[Task, bool]]:
    parts = Party.objects.filter(department_id=department).values_list("task", "role")
    lead = {task: role != "supporting" for task, role in parts}
    mine = Q(department_id=department) | Q(pk__in=lead)
    rows = Task.objects.as_system("what a department reports on").filter(mine, town_id=town, state__in=RUNNING)
    return [(t, t.department_id == department or lead.get(t.pk, False)) for t in rows.order_by("due_on", "id")]


def _targets(town: int, department: int) -> list[Target]:
    rows = Target.objects.as_system("what a department reports on").filter(
        Q(department_id=department) | Q(task__department_id=department), town_id=town, state__in=LIVE, kind="target"
    )
    return list(rows.order_by("by_on", "id"))


def _values_by_task(targets: list[Target], end: date) -> dict[int, float]:
    """How far a task is by the targets under it that are counted: the mean of their shares, in percent."""
    latest = latest_actuals([t.pk for t in targets], end)
    shares: defaultdict[int, list[float]] = defaultdict(list)
    for target in targets:
        value = latest.get(target.pk)
        if target.task_id is not None and target.value and value is not None and not target.floor:
            shares[target.task_id].append(min(max(100.0 * value / target.value, 0.0), 100.0))
    return {task: sum(all_) / len(all_) for task, all_ in shares.items()}


def latest_actuals(targets: list[int], until: date) -> dict[int, float]:
    """The last value of each target until a day. One query."""
    rows = Actual.objects.filter(target__in=targets, day__lte=until).order_by("day", "source")
    return dict(rows.values_list("target", "value"))


def _task_line(
    task: Task, lead: bool, lights: dict[Any, tuple[str, str]], said: dict[int, float], counted: dict[int, float],
    end: date,
) -> Line:  # fmt: skip
    light, reason = lights.get(task.uuid, (task.light, task.light_why.get("reason", "")))
    value = counted.get(task.pk, float(task.progress))
    finished = task.state in ("done", "checked")
    known = Known("task", 100.0 if finished else value, said.get(task.pk), light, reason,
                  task.pk in counted or finished, task.due_on)  # fmt: skip
    return Line(known, ask_of(known, end) if lead else "", lead, task=task)


def _target_lines(targets: list[Target], lights: dict[Any, tuple[str, str]], end: date) -> list[Line]:
    latest = latest_actuals([t.pk for t in targets], end)
    fresh = Actual.objects.filter(target__in=targets, day__gte=end.replace(day=1), day__lte=end)
    measured = set(fresh.values_list("target", flat=True))
    found = []
    for target in targets:
        light, reason = lights.get(target.uuid, (target.light, target.light_why.get("reason", "")))
        value = latest.get(target.pk)
        counted = value is not None and (target.binding == "bound" or target.pk in measured)
        known = Known("target", value, None, light, reason, counted, target.by_on)
        ask = "why_red" if light == "red" else "" if counted else "value"
        found.append(Line(known, ask, target=target))
    return found


def _project_lines(
    town: int, department: int, lights: dict[Any, tuple[str, str]], month: date, end: date
) -> list[Line]:
    rows = Project.objects.as_system("what a department reports on").filter(town_id=town, department_id=department,
                                                                           state__in=LIVE)  # fmt: skip
    projects = list(rows.order_by("due_on", "id"))
    stages: defaultdict[int, list[Stage]] = defaultdict(list)
    for stage in Stage.objects.filter(project__in=projects).order_by("position"):
        stages[stage.project_id or 0].append(stage)
    paid = Payment.objects.filter(project__in=projects, month=month).values("project")
    money: dict[int, Any] = {row["project"]: row for row in paid.annotate(out=Sum("paid"), plan=Sum("planned"))}
    return [_project_line(p, stages[p.pk], money.get(p.pk), lights, (month, end)) for p in projects]


def _project_line(
    project: Project, stages: list[Stage], money: dict[str, Any] | None, lights: dict[Any, tuple[str, str]],
    span: tuple[date, date],
) -> Line:  # fmt: skip
    month, end = span
    light, reason = lights.get(project.uuid, (project.light, project.light_why.get("reason", "")))
    whole = sum(s.weight for s in stages) or 1.0
    ended = [s for s in stages if s.actual_end and s.actual_end <= end]
    late = [s for s in stages if s.planned_end and s.planned_end <= end and s not in ended]
    known = Known(
        "project", round(100.0 * sum(s.weight for s in ended) / whole, 1), None, light, reason, bool(stages),
        project.due_on, tuple(s.name for s in ended if s.actual_end and s.actual_end >= month),
        tuple(s.name for s in late), float(money["out"]) if money else None, float(money["plan"]) if money else None,
    )  # fmt: skip
    return Line(known, ask_of(known, end), project=project, stage=late[0] if late else None)
