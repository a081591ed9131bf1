"""The work of the year: tasks are finished and checked, targets measured, projects built and paid, reports filed."""

import re
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from chengyun.demo.history.pictures import draw_picture
from chengyun.demo.plans.papers import words
from chengyun.demo.plans.play import Play
from chengyun.kernel.clock import now
from chengyun.kernel.files.actions import store
from chengyun.plans import actions
from chengyun.plans.actions.lighting import set_lights
from chengyun.plans.actions.moving import move
from chengyun.plans.actions.reporting import draft_report, mark_late
from chengyun.plans.actions.titling import BudgetDraft, add_budget
from chengyun.plans.models import Actual, Budget, MonthlyReport, Project, ReportLine, Target, Task
from chengyun.plans.queries.drafting import departments_reporting
from chengyun.plans.rounds import PLATFORM
from chengyun.plans.rules.reporting import end_of, month_after, month_before, month_of

MOST_PICTURES = 60
MEASURED = re.compile(r"公里|万|亿|平方米|亩|%")
"""Units of what is measured and not counted."""
SHARES = {"town": 0.45, "district": 0.35, "bond": 0.2}
ENDS = (0.1, 0.2, 0.55, 0.85, 1.0)


def begin(play: Play) -> None:
    """Everything that is new in the plans finds its course: when it will be finished, built, paid."""
    for task in _live(play, Task):
        if ("plan_task", task.pk) not in play.courses:
            course = play.course(task)
            play.on(max(course.end, play.today), partial(finish, pk=task.pk), 16.0)
    for project in _live(play, Project):
        if ("plan_project", project.pk) not in play.courses:
            _begin_project(play, project)


def _live(play: Play, model: Any) -> Any:
    rows = model.objects.as_system("what is executed in the play").filter(town_id=play.stage.town.pk, state="live")
    return rows.select_related("document").order_by("id")


def finish(play: Play, pk: int) -> None:
    """The department says that it is done; the planner looks at it, two days later it is closed."""
    task = Task.objects.as_system("played").get(pk=pk)
    if task.state != "live":
        return
    actor = play.stage.liaison(task.department_id)
    actions.take(task, "finish", actor=actor, expected=task.version, given={"text": words()["done"]})
    play.in_days(2, lambda p: _check(p, pk), 10.0)


def _check(play: Play, pk: int) -> None:
    task = Task.objects.as_system("played").get(pk=pk)
    if task.state != "done":
        return
    planner = play.stage.people["planner"]
    task = actions.take(task, "check", actor=planner, expected=task.version, given={})
    actions.take(task, "close", actor=play.stage.people["supervisor"], expected=task.version, given={})


def _begin_project(play: Play, project: Project) -> None:
    course = play.course(project)
    length = (course.end - course.start).days
    for place, stage in enumerate(project.stages.order_by("position")):
        day = course.start + timedelta(days=round(length * ENDS[min(place, len(ENDS) - 1)]))
        play.on(max(day, play.today), partial(_end_stage, pk=project.pk, uuid=stage.uuid, day=day), 15)
    _budget(play, project)
    month, due = month_of(course.start), project.due_on or course.due
    months = max(1, (due.year - month.year) * 12 + due.month - month.month + 1)
    each = float(project.investment or 0) * 0.9 / months
    while month <= due and end_of(month) <= play.last:
        play.on(max(end_of(month), play.today), partial(_pay, pk=project.pk, month=month, each=each), 17)
        month = month_after(month)


def _end_stage(play: Play, pk: int, uuid: Any, day: date) -> None:
    project = Project.objects.as_system("played").get(pk=pk)
    if project.state != "live":
        return
    given = {"stage": str(uuid), "finished": min(day, play.today).isoformat()}
    actor = play.stage.liaison(project.department_id)
    actions.take_item(project, "report_stage", actor=actor, expected=project.version, given=given)


def _budget(play: Play, project: Project) -> None:
    for source, share in SHARES.items():
        amount = round(Decimal(project.investment or 0) * Decimal(str(share)), 2)
        draft = BudgetDraft(play.stage.town.pk, play.today.year, source, amount, "年度资金安排", project)
        row: Budget = add_budget(draft, actor=play.stage.people["planner"])
        move(row, "approve", actor=play.stage.people["leader"], expected=row.version, given={})


def _pay(play: Play, pk: int, month: date, each: float) -> None:
    """Paid is what the work on the spot is worth: behind the plan where the work is."""
    project = Project.objects.as_system("played").get(pk=pk)
    if project.state != "live":
        return
    course = play.course(project)
    before = course.progress(month - timedelta(days=1))
    done = course.progress(end_of(month)) - before
    paid = float(project.investment or 0) * 0.9 * done / 100 * play.stage.luck.uniform(0.85, 1.0)
    given = {"month": f"{month:%Y-%m}", "planned": round(each, 2), "paid": round(max(paid, 0.0), 2)}
    actions.take_item(project, "pay", actor=play.stage.people["planner"], expected=project.version, given=given)


def measure(play: Play) -> None:
    """What targets stand at on the last day of a month. Bound ones are left to their indicators, which know it."""
    rows = []
    counted = _live(play, Target).filter(kind="target", value__isnull=False).exclude(binding="bound")
    for target in counted.select_related("task"):
        value = _value(play, target)
        rows.append(Actual(target=target, day=play.today, value=value, source=Actual.Source.INDICATOR,
                           made_by=PLATFORM.actor_id, made_at=now()))  # fmt: skip
    Actual.objects.bulk_create(rows, ignore_conflicts=True)


def _value(play: Play, target: Target) -> float:
    course = play.course(target.task) if target.task is not None else play.course(target)
    aim, luck = target.value or 0.0, play.stage.luck
    if target.floor or target.aggregation != "sum":
        start = target.baseline if target.baseline is not None else aim
        way = 1.0 if target.floor else course.progress(play.today) / 100
        held = aim + abs(aim) * (-0.008 if target.comparator == "<=" else 0.008) if target.floor else aim
        return round(start * (1 - way) + held * way + luck.gauss(0, abs(aim) * 0.004), 2)
    share = course.progress(play.today) / 100
    if target.recurrence:
        share = min(1.15, (play.today.month / 12) * luck.uniform(0.85, 1.1))
    value = aim * share
    return float(int(value)) if aim == int(aim) and not MEASURED.search(target.unit) else round(value, 2)


def month_ends(play: Play) -> None:
    """The last day of a month: targets are measured, lights set."""
    measure(play)
    set_lights(play.stage.town.pk, play.today, actor=PLATFORM)


def draft_all(play: Play) -> None:
    """The first of a month: the platform drafts the reports; departments answer them when they come to it."""
    month = month_before(month_of(play.today))
    for department in sorted(departments_reporting(play.stage.town.pk)):
        report = draft_report(play.stage.town.pk, department, month, actor=PLATFORM)
        if report is None:
            continue
        late = play.stage.luck.random() < (0.3 if play.stage.office_of(department) in play.late_offices else 0.03)
        play.in_days(play.stage.luck.randint(6, 8) if late else 1, partial(_confirm, pk=report.pk), 14.0)


def _confirm(play: Play, pk: int) -> None:
    report = MonthlyReport.objects.as_system("played").get(pk=pk)
    actor = play.stage.liaison(report.department_id)
    if now() > report.due_at and not report.late:
        report = mark_late(report, actor=PLATFORM)
    for line in report.lines.exclude(ask="").filter(lead=True, answered=False).select_related("task", "project"):
        report = move(report, "correct", actor=actor, expected=None, given=_answer(play, line, actor))
    report = move(report, "confirm", actor=actor, expected=None, given={})
    report = move(report, "consolidate", actor=actor, expected=None, given={"reason": "配合部门内容另行补充"})
    if play.stage.luck.random() < 0.04:
        report = move(report, "return", actor=play.stage.people["planner"], expected=None,
                      given={"reason": words()["wrong_figure"]})  # fmt: skip
        report = move(report, "confirm", actor=actor, expected=None, given={})
        report = move(report, "consolidate", actor=actor, expected=None, given={"reason": "已核对"})
    play.in_days(2, lambda p: _check_report(p, pk), 11.0)


def _check_report(play: Play, pk: int) -> None:
    report = MonthlyReport.objects.as_system("played").get(pk=pk)
    if report.state == "consolidated":
        move(report, "check", actor=play.stage.people["planner"], expected=None, given={})


def _answer(play: Play, line: ReportLine, actor: Any) -> dict[str, Any]:
    """What a department says to what it is asked, and now and then a picture."""
    luck, said = play.stage.luck, words()
    slow = line.ask in ("why_red", "why_slipped")
    given: dict[str, Any] = {"line": str(line.uuid), "text": said["slow"] if slow else said["progress"]}
    if slow:
        given["problem"] = luck.choice(said["problem"])
    if line.task is not None and not line.known.get("counted"):
        end = end_of(line.report.month)
        given["progress"] = round(min(play.course(line.task).progress(end), 99.0))
    if luck.random() < 0.12 and play.stage.pictures < MOST_PICTURES:
        play.stage.pictures += 1
        given["file:evidence"] = [str(store(draw_picture(luck, mess=slow), actor=actor, purpose="photo").uuid)]
    return given
