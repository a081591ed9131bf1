"""Supervision: reminders by hand and by the platform, orders, findings, look-backs."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import shapely

from chengyun.kernel.access import Where, require
from chengyun.kernel.action import action, lock
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.files.actions import attach
from chengyun.kernel.ids import take_number
from chengyun.kernel.journal.record import record
from chengyun.kernel.refusal import Conflict, Invalid
from chengyun.places.models import Town
from chengyun.plans import around, events
from chengyun.plans.actions.moving import Turn, afterwards, effect, move, tells
from chengyun.plans.actions.tasks import take
from chengyun.plans.models import Finding, LookBack, MonthlyReport, Order, Project, Reminder, Target, Task

LOOK_BACK_DAYS = 60
"""So many days after 销号 an order is looked at again, where nobody says otherwise."""
FARTHEST = timedelta(days=730)
"""An order that is due later than this is a slip of the pen."""
RANK = {"blue": 0, "yellow": 1, "red": 2}

tells("plan_order", events.OrderMoved, "number", "colour", "late")
tells("plan_finding", events.FindingMoved)
tells("plan_look_back", events.LookBackMoved)


@dataclass(frozen=True)
class OrderDraft:
    """A supervision order to be. `instruction` are the leader's words 批示 that it rests on, if it does."""

    town: int
    colour: str
    department: int
    title: str
    demand: str
    due_on: date
    cause: str = "behind"
    instruction: str = ""
    post: int | None = None
    leader_post: int | None = None
    task: Task | None = None
    target: Target | None = None
    project: Project | None = None
    finding: Finding | None = None


@action
def issue_order(draft: OrderDraft, *, actor: Actor) -> Order:
    """Issue a supervision order 督办单. Raises Invalid for what does not fit, Conflict if one runs for it already."""
    require(actor, "plans.supervise", at=Where(town=draft.town, departments=frozenset([draft.department])))
    moment = now()
    _check_order(draft, around.today(moment))
    order = Order(
        town_id=draft.town, colour=draft.colour, department_id=draft.department, post_id=draft.post, task=draft.task,
        target=draft.target, project=draft.project, finding=draft.finding, cause=draft.cause, title=draft.title[:200],
        demand=draft.demand, instruction=draft.instruction, leader_post_id=draft.leader_post, issued_at=moment,
        issued_by=actor.actor_id, due_on=draft.due_on, number=next_order_number(draft.town, around.today(moment)),
    )  # fmt: skip
    order.save(force_insert=True)
    told = events.OrderIssued(
        order.number, order.colour, order.cause, order.department_id, order.post_id, order.due_on,
        str(draft.task.uuid) if draft.task else "",
    )  # fmt: skip
    record(told, order, actor, private={"instruction": draft.instruction})
    return order


def _check_order(draft: OrderDraft, today: date) -> None:
    if draft.colour not in RANK:
        raise Invalid("plans.colour_wrong", "colour: blue, yellow or red", field="colour")
    empty = next((name for name in ("title", "demand") if not getattr(draft, name).strip()), "")
    if empty:
        raise Invalid("plans.text_missing", f"{empty}: is empty", field=empty)
    if draft.due_on < today:
        raise Invalid("plans.due_past", "due_on: lies in the past", field="due_on")
    _not_far(draft.due_on, today, "due_on")
    if draft.task is not None and running_orders().filter(task=draft.task).exists():
        raise Conflict("plans.order_runs", "an order for this task runs already", current=draft.task.state_now())


def _not_far(day: date, today: date, field: str) -> None:
    if day > today + FARTHEST:
        raise Invalid("plans.due_far", f"{field}: more than {FARTHEST.days} days ahead", field=field,
                      params={"days": FARTHEST.days})  # fmt: skip


def running_orders() -> Any:
    """Orders that are not cleared or cancelled."""
    return Order.objects.as_system("orders that run").exclude(state__in=("cleared", "cancelled"))


def next_order_number(town: int, day: date) -> str:
    """The number of an order: town, 督, year, running number."""
    code = Town.objects.as_system("the code in an order's number").values_list("code", flat=True).get(pk=town)
    return f"{code}督〔{day.year}〕{take_number(f'plan_order:{town}:{day.year}')}号"


@effect("plan_order", "sign")
def _sign(turn: Turn) -> None:
    turn.thing.signed_at = turn.moment


@effect("plan_order", "reply")
def _reply(turn: Turn) -> None:
    order = turn.thing
    order.replied_at, order.reply = turn.moment, turn.given["text"]
    order.late = order.late or turn.day > order.due_on


@effect("plan_order", "review_pass")
def _review(turn: Turn) -> None:
    turn.thing.reviewed_at = turn.moment


@effect("plan_order", "review_fail")
def _rework(turn: Turn) -> None:
    turn.thing.reworks += 1


@effect("plan_order", "clear")
def _clear(turn: Turn) -> None:
    turn.thing.cleared_at = turn.moment
    if turn.given.get("look_back_on") and turn.given["look_back_on"] <= turn.day:
        raise Invalid("plans.due_past", "look_back_on: lies in the past", field="given.look_back_on")


@effect("plan_order", "extend")
def _extend(turn: Turn) -> None:
    if turn.given["date"] <= turn.thing.due_on:
        raise Invalid("plans.not_later", "date: must be later than it is now", field="given.date")
    _not_far(turn.given["date"], turn.day, "given.date")
    turn.thing.due_on = turn.given["date"]


@effect("plan_order", "raise_colour")
def _raise(turn: Turn) -> None:
    if RANK[turn.given["colour"]] <= RANK[turn.thing.colour]:
        raise Invalid("plans.colour_lower", "colour: an order is only ever raised", field="given.colour")
    turn.thing.colour = turn.given["colour"]


@effect("plan_order", "reopen")
def _reopen(turn: Turn) -> None:
    turn.thing.reopenings += 1
    turn.thing.cleared_at = turn.thing.reviewed_at = None
    turn.thing.due_on = max(turn.thing.due_on, turn.day + timedelta(days=14))


@afterwards("plan_order", "clear")
def _plan_look_back(turn: Turn) -> None:
    day = turn.given.get("look_back_on") or turn.day + timedelta(days=LOOK_BACK_DAYS)
    _keep_look_back(turn.thing, turn.thing.task, day, turn.actor)


def _keep_look_back(order: Order | None, task: Task | None, day: date, actor: Actor) -> LookBack:
    """The row of a look-back at an order or a task, in the caller's transaction."""
    of = order or task
    if of is None or of.department_id is None:
        raise Invalid("plans.look_at_what", "order or task: one that a department answers for", field="order")
    look = LookBack(town_id=of.town_id, department_id=of.department_id, order=order, task=task, planned_on=day)
    look.save(force_insert=True)
    ids = [str(thing.uuid) if thing else "" for thing in (order, task)]
    record(events.LookBackPlanned(of.department_id, day, *ids), look, actor)
    return look


@action
def plan_look_back(of: Order | Task, day: date, *, actor: Actor) -> LookBack:
    """Plan a second look at an order that was cleared or a task that was closed."""
    of = lock(of, None)
    require(actor, "plans.supervise", at=of)
    if of.state not in ("cleared", "checked", "closed"):
        raise Conflict("plans.not_closed", "a second look is taken at what is closed", current=of.state_now())
    if day <= around.today(now()):
        raise Invalid("plans.due_past", "planned_on: lies in the past", field="planned_on")
    order = of if isinstance(of, Order) else None
    return _keep_look_back(order, of.task if isinstance(of, Order) else of, day, actor)


@effect("plan_look_back", "pass", "fail")
def _looked(turn: Turn) -> None:
    turn.thing.looked_on, turn.thing.looked_by, turn.thing.text = turn.day, turn.actor.actor_id, turn.given["text"]


@effect("plan_look_back", "postpone")
def _postpone(turn: Turn) -> None:
    if turn.given["date"] <= turn.day:
        raise Invalid("plans.due_past", "date: lies in the past", field="given.date")
    turn.thing.planned_on = turn.given["date"]


@afterwards("plan_look_back", "fail")
def _open_again(turn: Turn) -> None:
    """What did not hold is open again: the order, and the task that it was about."""
    look, reason = turn.thing, {"reason": turn.given["text"][:500]}
    if look.order is not None and look.order.state == "cleared":
        move(look.order, "reopen", actor=turn.actor, expected=None, given=reason)
    if look.task is not None and look.task.state in ("checked", "closed"):
        take(look.task, "reopen", actor=turn.actor, expected=look.task.version, given=reason)


@effect("plan_finding", "rectify")
def _rectify(turn: Turn) -> None:
    turn.thing.answer, turn.thing.rectified_at = turn.given["text"], turn.moment


@effect("plan_finding", "accept")
def _accept(turn: Turn) -> None:
    turn.thing.closed_at = turn.moment


@dataclass(frozen=True)
class FindingDraft:
    """What was seen on a site visit."""

    town: int
    department: int
    text: str
    severity: str = "minor"
    found_on: date | None = None
    due_on: date | None = None
    address: str = ""
    point: tuple[float, float] | None = None
    task: Task | None = None
    project: Project | None = None
    files: tuple[UUID, ...] = ()


@action
def make_finding(draft: FindingDraft, *, actor: Actor) -> Finding:
    """Record a finding of a site visit."""
    require(actor, "plans.supervise", at=Where(town=draft.town, departments=frozenset([draft.department])))
    if not draft.text.strip():
        raise Invalid("plans.text_missing", "text: say what was seen", field="text")
    if draft.severity not in Finding.Severity.values:
        raise Invalid("plans.severity_wrong", "severity: minor, major or grave", field="severity")
    today = around.today(now())
    found_on = draft.found_on or today
    if found_on > today:
        raise Invalid("plans.date_ahead", "found_on: lies in the future", field="found_on")
    if draft.due_on is not None and draft.due_on < found_on:
        raise Invalid("plans.period_backwards", "due_on: before it was found", field="due_on")
    finding = Finding(
        town_id=draft.town, department_id=draft.department, task=draft.task, project=draft.project,
        severity=draft.severity, found_on=found_on, found_by=actor.actor_id,
        address=draft.address[:200], text=draft.text, due_on=draft.due_on,
    )  # fmt: skip
    finding.locate(shapely.Point(draft.point) if draft.point else None)
    finding.save(force_insert=True)
    attach(draft.files, finding, actor=actor)
    task = str(draft.task.uuid) if draft.task else ""
    told = events.FindingMade(draft.severity, draft.department, task, draft.point, tuple(str(f) for f in draft.files))
    record(told, finding, actor)
    return finding


@dataclass(frozen=True)
class Urging:
    """What a reminder is about: exactly one of `task`, `report`, `order`. `key` keeps it from being sent twice."""

    town: int
    department: int
    cause: str
    task: Task | None = None
    report: MonthlyReport | None = None
    order: Order | None = None
    days: int | None = None
    text: str = ""
    key: str = ""
    at: datetime | None = None


@action
def remind(urging: Urging, *, actor: Actor) -> Reminder | None:
    """Remind a department 催办. None if the same was sent before (by `key`)."""
    require(actor, "plans.supervise", at=Where(town=urging.town, departments=frozenset([urging.department])))
    if urging.key and Reminder.objects.as_system("was it sent already").filter(key=urging.key).exists():
        return None
    row = Reminder(
        town_id=urging.town, department_id=urging.department, task=urging.task, report=urging.report,
        order=urging.order, cause=urging.cause, key=urging.key, days=urging.days, text=urging.text[:500],
        sent_at=urging.at or now(), sent_by=actor.actor_id,
    )  # fmt: skip
    row.save(force_insert=True)
    ids = [str(thing.uuid) if thing else "" for thing in (urging.task, urging.report, urging.order)]
    record(events.Reminded(urging.cause, urging.department, urging.days, *ids), row, actor)
    return row


@afterwards("plan_order", "urge")
def _urge_order(turn: Turn) -> None:
    order = turn.thing
    days = (order.due_on - turn.day).days
    urging = Urging(order.town_id, order.department_id, "hand", order=order, days=days,
                    text=turn.given.get("text", ""))  # fmt: skip
    remind(urging, actor=turn.actor)
