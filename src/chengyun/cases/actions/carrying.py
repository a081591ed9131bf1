"""Carrying out a step that the rules let pass: the case, its clocks and parts, and what else the verb leaves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import shapely

from chengyun.accounts.models import Department
from chengyun.cases import around, events
from chengyun.cases.actions import parts
from chengyun.cases.actions.making import maker
from chengyun.cases.actions.routing import route
from chengyun.cases.models import Approval, Attachment, Case, Clock, Rating, Supervision
from chengyun.cases.rules import turns
from chengyun.cases.rules.given import PRIVATE, ROLES_OF_PHOTOS
from chengyun.cases.rules.steps import Ask
from chengyun.cases.rules.turns import Extras, Works
from chengyun.cases.search import index_case
from chengyun.kernel.actor import Actor
from chengyun.kernel.files.actions import attach
from chengyun.kernel.flow import Step
from chengyun.kernel.journal.record import record
from chengyun.kernel.refusal import Invalid

CLOCK_SKEW = timedelta(minutes=5)
CLOCK_COLUMNS = ("due_at", "amber_at", "provisional", "paused_at", "stopped_at", "on_time", "overdue_at", "history")
_OUTDATED = {"reclassify", "relocate", "receive", "file", "accept", "settle", "confide"}


@dataclass(frozen=True)
class Sent:
    """How a verb came: from which state it was taken offline, when it was done out there, by which approval.

    `automatic`: the platform takes it whatever the version, because it depends on none (urging).
    """

    from_state: str | None = None
    captured_at: datetime | None = None
    approval: str | None = None
    automatic: bool = False
    private: Mapping[str, str] = field(default_factory=dict)


PLAIN = Sent()
"""Taken at a desk, now."""


def works_of(case: Case, department: Department | None = None) -> Works:
    """The running clocks of a case, and how time is reckoned for whoever works on it."""
    running = list(case.clocks.filter(stopped_at=None, part=None).order_by("id")) if case.pk else []
    return Works(running, around.reckon_for(case.town_id, department), maker(case))


def evidence(ask: Ask) -> dict[str, list[str]]:
    """The photos handed in, by role."""
    return {role: ask.given[f"photo:{role}"] for role in ROLES_OF_PHOTOS if ask.given.get(f"photo:{role}")}


def bounded(captured_at: datetime | None, moment: datetime) -> datetime | None:
    """When it was done out there, as a device says: never later than now. Raises Invalid without a time zone."""
    if captured_at is None:
        return None
    if captured_at.tzinfo is None:
        raise Invalid("cases.captured_wrong", "captured_at: a moment with a time zone", field="captured_at")
    return min(captured_at, moment) if captured_at <= moment + CLOCK_SKEW else moment


def change(case: Case, step: Step, ask: Ask, actor: Actor, sent: Sent) -> Any:
    """Everything of a step but saving the case and recording it. Returns the event."""
    photos = evidence(ask)
    works = works_of(case, parts.department_of(case, ask))
    _put(case, ask)
    route(case, ask)
    parts.before(case, ask)
    captured = bounded(sent.captured_at, ask.moment)
    extras = Extras(captured, sent.approval, [f for files in photos.values() for f in files])
    happened = turns.perform(case, step, ask, works, extras)
    keep_clocks(works.clocks)
    parts.after(case, ask)
    keep_photos(case, photos, actor, ask, captured)
    _leave(case, ask, actor)
    if step.state != step.before or ask.verb.name in _OUTDATED:
        lapse(case, actor, sent.approval)
    if ask.verb.name in _OUTDATED:
        index_case(case)
    return happened


def texts_of(ask: Ask) -> dict[str, str]:
    """The free texts handed in, which are kept apart from the facts."""
    return {name: ask.given[name] for name in PRIVATE if ask.given.get(name)}


def keep_clocks(clocks: Sequence[Clock]) -> None:
    """Write the clocks that were turned: changed ones first, so that a stage never runs twice."""
    Clock.objects.bulk_update([c for c in clocks if c.pk], CLOCK_COLUMNS)
    Clock.objects.bulk_create([c for c in clocks if not c.pk])


def keep_photos(
    case: Case, photos: Mapping[str, Sequence[str]], actor: Actor, ask: Ask, captured: datetime | None
) -> None:
    """Tie the photos to the case. Raises NotFound for one that the actor did not send."""
    wanted = list(dict.fromkeys(file for files in photos.values() for file in files))
    if not wanted:
        return
    files = {str(f.uuid): f for f in attach([UUID(f) for f in wanted], case, actor=actor)}
    rows = [
        Attachment(
            case=case, file=file, mime=files[file].mime, role=role, verb=ask.verb.name, round=case.round,
            captured_at=files[file].taken_at or captured, received_at=ask.moment, actor_id=actor.actor_id,
        )
        for role, ids in photos.items()
        for file in ids
    ]  # fmt: skip
    Attachment.objects.bulk_create(rows, ignore_conflicts=True)
    case.thumb = case.thumb or rows[0].file


def _put(case: Case, ask: Ask) -> None:
    """A new place, where the verb gives one; what a person put in stands above what was found."""
    if ask.verb.name not in ("relocate", "check") or not {"point", "address", "grid", "community"} & set(ask.given):
        return
    point = ask.given.get("point") or case.point
    place = around.place_of(case.town_id, point, ask.given.get("address", case.address))
    around.settle_place(case, place, shapely.Point(place.point) if place.point else None)
    for column in ("grid", "community"):
        if column in ask.given:
            setattr(case, f"{column}_id", ask.given[column])
            case.routing = case.routing | {column: {"by": "person", "person": ask.by.id}}


def _leave(case: Case, ask: Ask, actor: Actor) -> None:
    """Rows that some verbs leave beside the case."""
    verb, given = ask.verb.name, ask.given
    if verb in ("rate", "call_back", "upper_called_back"):
        asked = {"rate": "reporter", "call_back": "desk"}.get(verb, "upper")
        Rating.objects.create(
            case=case,
            round=case.round,
            asked=asked,
            solved=given["solved"],
            satisfied=given["satisfied"],
            at=ask.moment,
        )
    elif verb == "supervise":
        Supervision.objects.filter(case=case, cleared_at=None).update(cleared_at=ask.moment, cleared_by=actor.actor_id)
        Supervision.objects.create(case=case, due_on=given["date"], ordered_by=ask.by.id, ordered_at=ask.moment)
    elif verb == "clear_supervision":
        Supervision.objects.filter(case=case, cleared_at=None).update(cleared_at=ask.moment, cleared_by=actor.actor_id)
    elif verb == "merge":
        record(events.MergedIn(str(case.uuid)), given["into"], actor)


def lapse(case: Case, actor: Actor, passed: str | None = None) -> None:
    """What waited for an approval waits in vain once the case has gone on. `passed`: the one that let it go on."""
    if not case.pending:
        return
    case.pending = ""
    waiting = Approval.objects.as_system("the case itself went on").filter(case=case, state="pending")
    for approval in waiting:
        if str(approval.uuid) != passed:
            approval.state, approval.version = "lapsed", approval.version + 1
            approval.save()
            record(events.ApprovalLapsed(str(approval.uuid), approval.verb), case, actor)


def escalates(case: Case, ask: Ask) -> bool:
    """Whether this return was one too many: the duty officer must decide."""
    return ask.verb.name == "return" and case.returns >= ask.practice.bounces
