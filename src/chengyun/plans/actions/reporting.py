"""Monthly reports 动态信息: drafted from records, confirmed or corrected, consolidated by the lead, checked."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from chengyun.kernel.access import Where, require
from chengyun.kernel.action import action, lock, save
from chengyun.kernel.actor import Actor
from chengyun.kernel.calendar.queries import calendar_for, timetable_for
from chengyun.kernel.clock import now
from chengyun.kernel.journal.record import record
from chengyun.kernel.refusal import Conflict, Invalid, NotFound
from chengyun.kernel.worktime import Limit, due_at
from chengyun.plans import around, events
from chengyun.plans.actions.moving import Turn, afterwards, effect, tells
from chengyun.plans.actions.supervising import Urging, remind
from chengyun.plans.models import Actual, MonthlyReport, ReportLine, Task
from chengyun.plans.queries.drafting import Line, lines_for
from chengyun.plans.rules.reporting import DUE_WORKING_DAY, end_of, month_before, month_of

UNCONFIRMED = ("drafted", "returned")

tells("plan_report", events.ReportMoved, "month", "late")


def due_of(town: int, month: date) -> datetime:
    """When the report of a month is due: at close of office of the n-th working day of the next month."""
    last = datetime.combine(end_of(month), time(23, 59), ZoneInfo(settings.TIME_ZONE))
    return due_at(last, Limit(DUE_WORKING_DAY), calendar_for(town), timetable_for("office", town)).at


@action
def draft_report(town: int, department: int, month: date, *, actor: Actor) -> MonthlyReport | None:
    """Draft a department's report of a month from records; None if it has nothing to report, or has one already."""
    require(actor, "plans.report", at=Where(town=town, departments=frozenset([department])))
    month = month_of(month)
    rows = MonthlyReport.objects.as_system("is it drafted already")
    lines = lines_for(town, department, month)
    if not lines or rows.filter(department_id=department, month=month).exists():
        return None
    report = MonthlyReport(town_id=town, department_id=department, month=month, due_at=due_of(town, month),
                           drafted_at=now())  # fmt: skip
    report.save(force_insert=True)
    asks = _keep_lines(report, lines)
    record(events.ReportDrafted(month, department, len(lines), asks, report.due_at), report, actor)
    return report


def _keep_lines(report: MonthlyReport, lines: list[Line]) -> int:
    """The rows of a draft, tied to those of the month before where a milestone slipped. Returns how many ask."""
    previous = ReportLine.objects.filter(report__department_id=report.department_id,
                                         report__month=month_before(report.month))  # fmt: skip
    earlier = {(r.task_id, r.target_id, r.project_id): r for r in previous}
    rows = []
    for position, line in enumerate(lines):
        row = ReportLine(report=report, position=position, **line.values())
        before = earlier.get((row.task_id, row.target_id, row.project_id))
        if before is not None and line.slipped:
            row.carried_from, row.slips = before, before.slips + 1
        rows.append(row)
    ReportLine.objects.bulk_create(rows)
    return sum(bool(r.ask) for r in rows)


@effect("plan_report", "correct")
def _correct(turn: Turn) -> None:
    line = _line_of(turn.thing, turn.given["line"])
    if line.known.get("counted") and "progress" in turn.given and not turn.given.get("text"):
        raise Invalid("plans.correct_why", "text: say why the figure that is counted from records is wrong",
                      field="given.text")  # fmt: skip
    for name in ("progress", "text", "problem"):
        if name in turn.given:
            setattr(line, name, turn.given[name])
    if line.task_id is not None and (line.progress or 0.0) > 100.0:
        raise Invalid("plans.number_wrong", "progress: percent, 0 to 100", field="given.progress",
                      params={"low": 0, "high": 100})  # fmt: skip
    _says_something(line)
    line.files = [*line.files, *turn.given.get("file:evidence", ())]
    line.answered = line.corrected = True
    line.save()


def _says_something(line: ReportLine) -> None:
    """An answer says what was asked: why something is behind in words, how far it is in a figure or in words."""
    said = f"{line.text}{line.problem}".strip()
    if line.ask in ("why_red", "why_slipped") and not said:
        raise Invalid("plans.why_missing", "text: say why it is behind and what is done", field="given.text")
    if line.progress is None and not said:
        raise Invalid("plans.line_empty", "progress or text: nothing is said", field="given.progress")


def _line_of(report: MonthlyReport, uuid: str) -> ReportLine:
    line = report.lines.filter(uuid=uuid).first()
    if line is None:
        raise NotFound("plans.no_line", "line: this report has no such line", field="given.line")
    return line


@effect("plan_report", "confirm")
def _confirm(turn: Turn) -> None:
    report = turn.thing
    left = report.lines.exclude(ask="").filter(answered=False, lead=True).count()
    if left:
        raise Invalid("plans.answers_missing", f"{left} lines want an answer first", field="given.line",
                      params={"count": left})  # fmt: skip
    report.confirmed_at, report.summary = turn.moment, turn.given.get("text", report.summary)
    report.late = report.late or turn.moment > report.due_at


@effect("plan_report", "consolidate")
def _consolidate(turn: Turn) -> None:
    """The lead puts together what those who support its tasks have confirmed."""
    report = turn.thing
    open_ones = supporting_reports(report).filter(state__in=UNCONFIRMED).count()
    if open_ones and not turn.given.get("reason"):
        raise Invalid("plans.supporting_missing", f"{open_ones} supporting departments have not confirmed: say why not "
                      "to wait", field="given.reason", params={"count": open_ones})  # fmt: skip
    report.consolidated_at, report.summary = turn.moment, turn.given.get("text", report.summary)


def supporting_reports(report: MonthlyReport) -> Any:
    """The reports of the same month of those departments that support tasks which this one leads."""
    tasks = report.lines.filter(lead=True, task__isnull=False).values("task")
    others = MonthlyReport.objects.as_system("what supporting departments say").filter(
        month=report.month, lines__task__in=tasks, lines__lead=False
    )
    return others.exclude(pk=report.pk).distinct()


@effect("plan_report", "check")
def _check(turn: Turn) -> None:
    turn.thing.checked_at = turn.moment


@effect("plan_report", "return")
def _return(turn: Turn) -> None:
    turn.thing.returns += 1
    turn.thing.confirmed_at = turn.thing.consolidated_at = None


@afterwards("plan_report", "confirm")
def _take_over(turn: Turn) -> None:
    """Of what nobody counts, the confirmed report says how far it is; a later month is never set back by an older."""
    _keep_values(turn)
    lines = turn.thing.lines.filter(lead=True, task__isnull=False, progress__isnull=False).select_related("task")
    newer = MonthlyReport.objects.as_system("is there a newer report").filter(
        department_id=turn.thing.department_id, month__gt=turn.thing.month, confirmed_at__isnull=False
    )
    if newer.exists():
        return
    for line in lines:
        if line.task is not None and line.task.state == "live":
            _set_progress(line.task, line, turn.actor)


def _keep_values(turn: Turn) -> None:
    """Values of targets that a person gave: measured at the end of the report's month."""
    report = turn.thing
    lines = report.lines.filter(target__isnull=False, corrected=True, progress__isnull=False)
    for target, value in lines.values_list("target", "progress"):
        Actual.objects.update_or_create(
            target_id=target, day=end_of(report.month), source=Actual.Source.REPORT,
            defaults={"value": value, "made_by": turn.actor.actor_id, "made_at": turn.moment},
        )  # fmt: skip


def _set_progress(task: Task, line: ReportLine, actor: Actor) -> None:
    said = round(line.progress or 0.0)
    if task.progress == said:
        return
    task = lock(task, None)
    before, task.progress = task.progress, said
    save(task)
    record(events.ProgressReported(before, task.progress, tuple(line.files)), task, actor)


@afterwards("plan_report", "remind")
def _remind(turn: Turn) -> None:
    report = turn.thing
    days = (around.today(report.due_at) - turn.day).days
    text = turn.given.get("text", "")
    remind(Urging(report.town_id, report.department_id, "hand", report=report, days=days, text=text), actor=turn.actor)


@action
def mark_late(report: MonthlyReport, *, actor: Actor) -> MonthlyReport:
    """Say that a report was not confirmed in time. Late is late: it stays so when it comes. Raises Conflict."""
    report = lock(report, None)
    require(actor, "plans.supervise", at=report)
    if report.late or report.confirmed_at is not None or now() <= report.due_at:
        raise Conflict("plans.not_late", "this report is not late, or marked already", current=report.state_now())
    report.late = True
    save(report)
    record(events.ReportMissed(report.month, report.department_id), report, actor)
    return report


def months_to_draft(day: date) -> list[date]:
    """The month before, whose reports are due now."""
    return [month_before(month_of(day))]
