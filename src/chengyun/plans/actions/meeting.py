"""Leading groups, task forces and their meetings; what a meeting decided becomes a task with an owner."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Max

from chengyun.kernel.access import Where, require
from chengyun.kernel.action import action, lock, save
from chengyun.kernel.actor import Actor
from chengyun.kernel.journal.record import record
from chengyun.kernel.refusal import Conflict, Invalid
from chengyun.plans import around, events
from chengyun.plans.actions.moving import Turn, afterwards, effect, tells
from chengyun.plans.models import AgendaItem, Decision, Document, Group, Meeting, Member, Party, Task
from chengyun.plans.search import index_items

tells("plan_group", events.GroupMoved)
tells("plan_meeting", events.MeetingMoved, "tasks")


@dataclass(frozen=True)
class Seat:
    """A post in a group."""

    post: int
    role: str = "member"


@dataclass(frozen=True)
class GroupDraft:
    """A leading group or task force to be."""

    town: int
    kind: str
    name: str
    starts_on: date
    ends_on: date | None = None
    duties: str = ""
    document: Document | None = None
    seats: tuple[Seat, ...] = ()


@action
def form_group(draft: GroupDraft, *, actor: Actor) -> Group:
    """Form a leading group 领导小组 or a task force 专班; its members are posts."""
    require(actor, "plans.write", at=Where(town=draft.town))
    if not draft.name.strip():
        raise Invalid("plans.text_missing", "name: is empty", field="name")
    if draft.ends_on is not None and draft.ends_on < draft.starts_on:
        raise Invalid("plans.period_backwards", "ends_on: before it starts", field="ends_on")
    if Group.objects.as_system("is the name taken").filter(town_id=draft.town, name=draft.name.strip()).exists():
        raise Conflict("plans.name_taken", "name: a group of this name is there already", field="name")
    group = Group(
        town_id=draft.town, kind=draft.kind, name=draft.name.strip()[:120], starts_on=draft.starts_on,
        ends_on=draft.ends_on, duties=draft.duties, document=draft.document,
    )  # fmt: skip
    group.save(force_insert=True)
    _seat(group, draft.seats)
    record(events.GroupFormed(group.kind, tuple(s.post for s in draft.seats)), group, actor)
    return group


@action
def set_members(group: Group, seats: Sequence[Seat], *, actor: Actor, expected: int) -> Group:
    """Set the members of a group anew."""
    group = lock(group, expected)
    require(actor, "plans.write", at=group)
    _seat(group, seats)
    save(group)
    record(events.MembersSet(tuple(s.post for s in seats)), group, actor)
    return group


def _seat(group: Group, seats: Sequence[Seat]) -> None:
    if len({s.post for s in seats}) != len(seats):
        raise Invalid("plans.post_twice", "seats: a post stands twice", field="seats")
    group.members.all().delete()
    rows = [Member(group=group, post_id=s.post, role=s.role, position=n) for n, s in enumerate(seats)]
    Member.objects.bulk_create(rows)


@effect("plan_group", "end")
def _end(turn: Turn) -> None:
    turn.thing.ends_on = max(turn.given.get("date", turn.day), turn.thing.starts_on)


@effect("plan_group", "revive")
def _revive(turn: Turn) -> None:
    turn.thing.ends_on = None


@dataclass(frozen=True)
class Point:
    """A point of an agenda, with its minutes once the meeting was held."""

    title: str
    task: Task | None = None
    department: int | None = None
    minutes: str = ""


@dataclass(frozen=True)
class Decided:
    """A decision 议定事项: what, by whom, until when."""

    text: str
    department: int
    due_on: date
    supporting: tuple[int, ...] = ()
    post: int | None = None


@dataclass(frozen=True)
class MeetingDraft:
    """A meeting to be called."""

    group: Group
    held_on: date
    title: str
    room: str = ""
    agenda: tuple[Point, ...] = field(default_factory=tuple)


@action
def call_meeting(draft: MeetingDraft, *, actor: Actor) -> Meeting:
    """Call a meeting of a group with its agenda."""
    group = lock(draft.group, None)
    require(actor, "plans.write", at=group)
    if group.state != "active":
        raise Conflict("plans.group_ended", "this group has ended", current=group.state_now())
    before = Meeting.objects.as_system("the number of a meeting").filter(group=group)
    number = (before.aggregate(last=Max("number"))["last"] or 0) + 1
    title = draft.title.strip()[:200] or f"{group.name}第{number}次会议"
    meeting = Meeting(town_id=group.town_id, group=group, number=number, title=title, held_on=draft.held_on,
                      room=draft.room[:120])  # fmt: skip
    meeting.save(force_insert=True)
    _write_agenda(meeting, draft.agenda)
    record(events.MeetingCalled(str(group.uuid), number, draft.held_on), meeting, actor)
    return meeting


@action
def write_meeting(
    meeting: Meeting, *, actor: Actor, expected: int, agenda: Sequence[Point] | None = None,
    decisions: Sequence[Decided] | None = None,
) -> Meeting:  # fmt: skip
    """Write the agenda with its minutes, and the decisions, until the minutes are issued."""
    meeting = lock(meeting, expected)
    require(actor, "plans.write", at=meeting)
    if meeting.state in ("issued", "cancelled"):
        raise Conflict("plans.meeting_over", "the minutes are issued, or there was no meeting",
                       current=meeting.state_now())  # fmt: skip
    if agenda is not None:
        _write_agenda(meeting, agenda)
    if decisions is not None:
        _write_decisions(meeting, decisions)
    save(meeting)
    record(events.MeetingWritten(meeting.agenda.count(), meeting.decisions.count()), meeting, actor)
    return meeting


def _write_agenda(meeting: Meeting, points: Sequence[Point]) -> None:
    meeting.agenda.all().delete()
    AgendaItem.objects.bulk_create([
        AgendaItem(meeting=meeting, position=n, title=p.title[:200], task=p.task, department_id=p.department,
                   minutes=p.minutes)
        for n, p in enumerate(points)
    ])  # fmt: skip


def _write_decisions(meeting: Meeting, decisions: Sequence[Decided]) -> None:
    for n, decided in enumerate(decisions):
        if not decided.text.strip():
            raise Invalid("plans.text_missing", "decisions: a text is empty", field=f"decisions.{n}.text")
        if decided.due_on < meeting.held_on:
            raise Invalid("plans.due_past", "decisions: due before the meeting", field=f"decisions.{n}.due_on")
    meeting.decisions.all().delete()
    Decision.objects.bulk_create([
        Decision(meeting=meeting, position=n, text=d.text.strip(), department_id=d.department, due_on=d.due_on,
                 supporting=[s for s in d.supporting if s != d.department], post_id=d.post)
        for n, d in enumerate(decisions)
    ])  # fmt: skip


@effect("plan_meeting", "hold")
def _hold(turn: Turn) -> None:
    meeting = turn.thing
    meeting.held_on = turn.given.get("date", meeting.held_on)
    meeting.present = turn.given.get("present", meeting.present)
    turn.facts["tasks"] = ()


@effect("plan_meeting", "cancel")
def _cancel(turn: Turn) -> None:
    turn.facts["tasks"] = ()


@effect("plan_meeting", "issue")
def _issue(turn: Turn) -> None:
    """Each decision becomes a task that is live at once: the meeting has decided it."""
    meeting = turn.thing
    meeting.issued_at = turn.moment
    tasks = [_task_of(meeting, decision, turn) for decision in meeting.decisions.order_by("position")]
    turn.facts["made"], turn.facts["tasks"] = tasks, tuple(str(t.uuid) for t in tasks)


def _task_of(meeting: Meeting, decision: Decision, turn: Turn) -> Task:
    task = Task(
        town_id=meeting.town_id, department_id=decision.department_id, local_day=turn.day, origin="meeting",
        document=meeting.group.document, title=decision.text[:200], text=decision.text, path=[meeting.title],
        notes={"meeting": str(meeting.uuid)}, lead_post_id=decision.post_id, starts_on=meeting.held_on,
        due_on=decision.due_on, due_rule="absolute", state="live", told=True, live_at=turn.moment,
        accepted_by=turn.actor.actor_id, accepted_at=turn.moment,
    )  # fmt: skip
    task.save(force_insert=True)
    Party.objects.bulk_create(_parties(task, decision))
    decision.task = task
    decision.save()
    index_items([task])
    return task


def _parties(task: Task, decision: Decision) -> list[Party]:
    names = around.names_of_departments([decision.department_id, *decision.supporting])
    areas = around.areas_of_departments([decision.department_id, *decision.supporting])
    ids = [(decision.department_id, Party.Role.LEAD), *((s, Party.Role.SUPPORTING) for s in decision.supporting)]
    return [
        Party(task=task, department_id=pk, area_id=areas.get(pk), words=names[pk]["name"], role=role, position=n,
              consent=Party.Consent.CONSENTED)
        for n, (pk, role) in enumerate(ids)
        if pk in names
    ]  # fmt: skip


@afterwards("plan_meeting", "issue")
def _tell_tasks(turn: Turn) -> None:
    for task in turn.facts["made"]:
        told = events.TaskRaised("meeting", "", None, task.department_id, task.due_on)
        record(told, task, turn.actor, happened_at=turn.moment)
