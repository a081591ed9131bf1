"""What the platform does by itself every day: lights, drafts of reports, reminders, what is late."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from chengyun.kernel.actor import Actor, System
from chengyun.kernel.clock import now
from chengyun.kernel.events import EntryView, listen
from chengyun.kernel.files.queries import files_of
from chengyun.kernel.jobs.queue import enqueue
from chengyun.kernel.jobs.registry import daily, job
from chengyun.kernel.jobs.run import Run
from chengyun.kernel.live.registry import expose
from chengyun.kernel.refusal import Busy
from chengyun.plans import around
from chengyun.plans.actions.lighting import set_lights
from chengyun.plans.actions.moving import move
from chengyun.plans.actions.reporting import UNCONFIRMED, draft_report, mark_late, months_to_draft
from chengyun.plans.actions.supervising import Urging, remind, running_orders
from chengyun.plans.models import Group, MonthlyReport, Task
from chengyun.plans.queries.drafting import departments_reporting
from chengyun.plans.queries.execution import VIEWS, seen
from chengyun.plans.rules.reporting import REMIND_DAYS

PLATFORM = System("plans")
TASK_DAYS = (15, 7, 3, 1)
"""So many days before it is due, whoever leads a task is reminded."""
OVERDUE_EVERY = 7
SETTLING = timedelta(seconds=2)
"""Many changes at once (an issue of 80 tasks) light a town once."""
ORDER_DAYS = (3, 1)


def _register(view: str) -> None:
    kind = VIEWS[view].model.subject_kind

    def sees(actor: Actor, uuid: UUID) -> bool:
        return seen(actor, view).filter(uuid=uuid).exists()

    files_of(kind, sees)
    expose(kind, "plans.read")


for each in VIEWS:
    _register(each)


def towns() -> list[int]:
    """Towns in which something of a plan is executed."""
    rows = Task.objects.as_system("where plans are executed").filter(state__in=("live", "done", "checked"))
    return sorted(set(rows.values_list("town_id", flat=True)))


@daily("plans.lights", "06:00")
def light_up(run: Run, params: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001  the form of every job
    """Set the lights of everything that is executed, and keep those of months that ended."""
    told = {}
    for number, town in enumerate(towns()):
        run.progress(number)
        told[str(town)] = set_lights(town, around.today(now()), actor=PLATFORM)
    return told


@job("plans.relight")
def light_town(run: Run, params: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001
    """Set the lights of one town again."""
    return set_lights(params["town"], around.today(now()), actor=PLATFORM)


@listen(
    "plans.task_moved", "plans.item_moved", "plans.document_moved", "plans.progress_reported", "plans.event_recorded",
    "plans.adjustment_moved", "plans.target_measured", "plans.report_moved", "plans.lights_ruled",
    name="plans.relight", reads=(),
)  # fmt: skip
def relight(entry: EntryView) -> None:
    """Nobody waits until tomorrow for a light: what changes how something stands has its town lit again at once."""
    if entry.town is not None:
        soon = now() + SETTLING
        enqueue("plans.relight", {"town": entry.town}, PLATFORM, key=str(entry.town), town=entry.town, run_at=soon)


@daily("plans.reports", "07:00")
def draft_reports(run: Run, params: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001
    """Draft what is due of the month before, remind of it, and mark what is late."""
    drafted = 0
    for town in towns():
        for month in months_to_draft(around.today(now())):
            for number, department in enumerate(sorted(departments_reporting(town))):
                run.progress(number)
                drafted += draft_report(town, department, month, actor=PLATFORM) is not None
    open_ones = MonthlyReport.objects.as_system("reports that wait").filter(state__in=UNCONFIRMED)
    reminded = late = 0
    for number, report in enumerate(open_ones.order_by("id")):
        run.progress(number)
        late += _mark(report)
        reminded += _remind_of(report)
    return {"drafted": drafted, "reminded": reminded, "late": late}


def _mark(report: MonthlyReport) -> bool:
    if report.late or now() <= report.due_at:
        return False
    mark_late(report, actor=PLATFORM)
    return True


def _remind_of(report: MonthlyReport) -> bool:
    days = (around.today(report.due_at) - around.today(now())).days
    if days not in (*REMIND_DAYS, -1):
        return False
    key = f"report:{report.uuid}:{days}"
    urging = Urging(report.town_id, report.department_id, "report_due", report=report, days=days, key=key)
    return remind(urging, actor=PLATFORM) is not None


@daily("plans.reminders", "08:00")
def send_reminders(run: Run, params: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001
    """Remind of tasks and orders that are due soon or overdue. What is due before its own document is left alone."""
    sent, today = 0, around.today(now())
    for number, urging in enumerate(reminders_due(today)):
        run.progress(number)
        try:
            sent += remind(urging, actor=PLATFORM) is not None
        except Busy:
            break  # the keys let the next round go on
    return {"sent": sent}


def reminders_due(today: date, town: int | None = None) -> list[Urging]:
    """What is to be reminded of on a day, in one town or all."""
    found = [*_of_tasks(today), *_of_orders(today)]
    return [one for one in found if town is None or one.town == town]


def _of_tasks(today: date) -> Iterator[Urging]:
    rows = Task.objects.as_system("tasks due soon or overdue").filter(
        state="live", due_on__lte=today + timedelta(days=max(TASK_DAYS)), department_id__isnull=False
    )
    for task in rows.order_by("id"):
        if task.due_on is None or task.department_id is None or (task.before_issue and not task.due_confirmed):
            continue
        days = (task.due_on - today).days
        if days in TASK_DAYS or (days < 0 and -days % OVERDUE_EVERY == 1):
            key = f"task:{task.uuid}:{task.due_on}:{days}"
            cause = "due_soon" if days > 0 else "overdue"
            yield Urging(task.town_id, task.department_id, cause, task=task, days=days, key=key)


def _of_orders(today: date) -> Iterator[Urging]:
    for order in running_orders().filter(state__in=("issued", "signed", "handling")).order_by("id"):
        days = (order.due_on - today).days
        if days in ORDER_DAYS or (days < 0 and -days % OVERDUE_EVERY == 1):
            key = f"order:{order.uuid}:{order.due_on}:{days}"
            yield Urging(order.town_id, order.department_id, "order_due", order=order, days=days, key=key)


@daily("plans.groups", "00:30")
def end_groups(run: Run, params: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001
    """End the task forces whose last day has passed."""
    today = around.today(now())
    rows = Group.objects.as_system("groups past their last day").filter(state="active", ends_on__lt=today)
    ended = 0
    for number, group in enumerate(rows.order_by("id")):
        run.progress(number)
        move(group, "end", actor=PLATFORM, expected=None, given={"reason": "任期届满", "date": group.ends_on})
        ended += 1
    return {"ended": ended}
