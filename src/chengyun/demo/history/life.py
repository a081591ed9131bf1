"""One case from its report to the present, step by step, through the same rules, table and clocks as the real flow."""

import logging
import os
import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from chengyun.cases import events
from chengyun.cases.actions.building import REPORT
from chengyun.cases.classes import CaseClass, Standards
from chengyun.cases.events import MergedIn
from chengyun.cases.flow_table import DROPPED_STATES, PART_FLOW, flow_of
from chengyun.cases.rules import clocks as clockwork
from chengyun.cases.rules import leads, steps, turns
from chengyun.cases.rules.clocks import PlainClock
from chengyun.cases.rules.steps import Ask, By
from chengyun.cases.rules.turns import Extras, Works
from chengyun.demo.history.plain import PlainCase, PlainPart, Row
from chengyun.demo.history.scene import Scene
from chengyun.demo.history.tempo import Hours, SwiftReckon
from chengyun.kernel.actor import Actor, Known, System
from chengyun.kernel.flow import Effect, Step, start
from chengyun.kernel.journal.chain import private_digest
from chengyun.kernel.journal.record import Record
from chengyun.kernel.refusal import Refusal

log = logging.getLogger(__name__)

TEXTS = ("text", "reason")
CASES = System("cases")
PARTS_AT_MOST = 32  # of one case, so that ids of parts follow from ids of cases
SUPPORT_ENDS = frozenset({"merge", "cancel", "return", "upper_returned", "upper_reopened", "reopen"})
APPROVERS = {"duty_officer": "duty_officer", "centre_head": "centre_head", "leader": "leader"}


@dataclass(frozen=True)
class Picture:
    """A synthetic picture that lies in the storage once and is shown by many cases."""

    source: str
    sha256: str
    thumb: str
    mime: str
    size: int
    width: int
    height: int


@dataclass
class Frame:
    """What all cases of a batch share."""

    scene: Scene
    standards: Standards
    reckon: SwiftReckon
    hours: Hours
    now: datetime
    luck: random.Random
    pictures: dict[str, list[Picture]]
    load: Mapping[date, float] = field(default_factory=dict)
    part_base: int = 0

    def today(self, moment: datetime) -> date:
        """The local day."""
        return (moment + self.reckon.calendar.offset).date()

    def fresh(self, moment: datetime) -> UUID:
        """A UUIDv7 of that moment, from this batch's luck."""
        milliseconds = int(moment.timestamp() * 1_000)
        tail = self.luck.getrandbits(74)
        value = milliseconds << 80 | 0x7 << 76 | (tail >> 62) << 64 | 0b10 << 62 | tail & (1 << 62) - 1
        return UUID(int=value)


@dataclass
class Beside:
    """Rows that belong to a case beside its own."""

    privates: list[Row] = field(default_factory=list)
    approvals: list[Row] = field(default_factory=list)
    files: list[Row] = field(default_factory=list)
    attachments: list[Row] = field(default_factory=list)
    reporters: list[Row] = field(default_factory=list)
    ratings: list[Row] = field(default_factory=list)
    supervisions: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Move:
    """A verb that somebody takes at a moment, with what he hands in. `photos` by role."""

    verb: str
    actor: Actor
    moment: datetime
    given: Mapping[str, Any] = field(default_factory=dict)
    photos: tuple[str, ...] = ()


class Life:
    """A case, its clocks, parts and entries so far. `moment` is when it last changed; `waits` while it must wait."""

    def __init__(self, case: PlainCase, frame: Frame, kind: CaseClass) -> None:
        self.case, self.frame, self.kind = case, frame, kind
        self.clocks: list[PlainClock] = []
        self.parts: list[PlainPart] = []
        self.records: list[Record] = []
        self.beside = Beside()
        self.moment = case.reported_at
        self.waits = False
        self.done: set[str] = set()
        self.twin: Life | None = None  # the first report of the same matter, if people report it again and again

    def begin(self, actor: Actor, photos: tuple[str, ...] = ()) -> None:
        """The report itself: first clocks, the reporter, the entry."""
        case, frame = self.case, self.frame
        ask = Ask(REPORT, {}, _by(actor), self.moment, case.local_day, frame.standards)
        stages = ("upper_sign", "upper") if case.is_order else ("receive",)
        changes = turns.begin(case, ask, self._works(), *stages)
        ids = [self._photo(actor, role, "report") for role in photos]
        if case.reporter_id:
            self.beside.reporters.append(
                (case.id, case.reporter_id, "resident", None, "", case.channel, case.reported_at)
            )
        told = events.Reported(
            number=case.number, channel=case.channel, class_code=case.class_code, priority=case.priority,
            state=case.state, is_order=case.is_order, source=case.source, external_id=case.external_id,
            upper_kind=case.upper_kind, reporter=str(case.reporter_id) if case.reporter_id else None,
            point=(case.minx or 0.0, case.miny or 0.0), grid=case.grid_id, community=case.community_id,
            facility=case.facility_id, captured_at=None, clocks=turns.facts_of(changes), photos=tuple(ids),
        )  # fmt: skip
        self._record(told, actor, {})

    def take(self, move: Move) -> bool:
        """Take a step, or ask for the approval that it needs. False if the present came first."""
        if move.moment > self.frame.now:
            self.waits = True
            return False
        self.moment = max(self.moment, move.moment)
        ask = self._ask(move, self.moment)
        try:
            step = steps.apply(self.case, ask)
        except Refusal:  # the rules say no, as they do in life: it stays as it is
            log.info("%s of %s is refused", move.verb, self.case.number, exc_info=True)
            self.waits = True
            return False
        if step.approval:
            return self._approval(step, move, ask)
        self._carry(step, move, ask)
        return True

    def running(self, stage: str) -> PlainClock | None:
        """The clock of a stage that runs, if one does."""
        return next((c for c in self.clocks if c.stopped_at is None and c.stage == stage), None)

    def is_open_at(self, moment: datetime) -> bool:
        """Whether the case was there and open at a moment, and not itself merged."""
        case = self.case
        gone = case.state in ("merged", *DROPPED_STATES)
        return (
            not case.is_order
            and not gone
            and case.reported_at < moment
            and (case.closed_at is None or case.closed_at > moment)
        )

    def hear_merged(self, other: PlainCase, actor: Actor, moment: datetime) -> None:
        """Another case was merged into this one: its entry stands where it belongs in time."""
        told = Record(MergedIn(str(other.uuid)), self.case.stream, self.case.where(), actor, moment, moment)
        at = next((n for n, r in enumerate(self.records) if r.happened_at > moment), len(self.records))
        self.records.insert(at, replace(told, version=self.records[at - 1].version))

    def finder(self) -> Actor:
        """Who reported it."""
        return self.records[0].actor

    def _ask(self, move: Move, moment: datetime, asked_at: datetime | None = None) -> Ask:
        case, frame = self.case, self.frame
        given = dict(move.given)
        for role in move.photos:
            given[f"photo:{role}"] = [self._photo(move.actor, role, move.verb)]
        by = By(move.actor.actor_kind, move.actor.actor_id, asked_at)
        verb = flow_of(case.is_order).verbs[move.verb]
        return Ask(verb, given, by, moment, frame.today(moment), frame.standards, approved=asked_at is not None)

    def _works(self) -> Works:
        return Works(self.clocks, self.frame.reckon, PlainClock)

    def _carry(self, step: Step, move: Move, ask: Ask, approval: str | None = None) -> None:
        """The step itself, as `cases.actions` carries one out."""
        case = self.case
        photos = [p for role in ("before", "after") for p in ask.given.get(f"photo:{role}", ())]
        self._turn_part(ask)
        happened = turns.perform(case, step, ask, self._works(), Extras(None, approval, photos))
        self._turn_lead(ask)
        self._turn_support(ask)
        self._leave(ask)
        case.version += 1
        self._record(happened, move.actor, self._keep(ask.given, ask.moment))
        if move.verb == "return" and case.returns >= ask.practice.bounces:
            self.take(Move("escalate", CASES, ask.moment))

    def open_part(self) -> PlainPart | None:
        """A supporting part that is not done yet."""
        return next((p for p in self.parts if not p.lead and p.ended_at is None), None)

    def _new_part(self, department: int, moment: datetime, *, lead: bool) -> PlainPart:
        key = self.frame.part_base + PARTS_AT_MOST * self.case.id + len(self.parts)
        self.parts.append(PlainPart(key, self.frame.fresh(moment), department, moment, lead))
        return self.parts[-1]

    def _turn_part(self, ask: Ask) -> None:
        """A supporting part follows its own table, before the case tells of it."""
        if ask.verb.name not in PART_FLOW.verbs:
            return
        part: PlainPart = ask.given["part"]
        step = PART_FLOW.apply(part, ask.verb.name, ask.given)
        part.state = step.state
        if ask.verb.name == "part_sign":
            part.signed_at = ask.moment
        if step.clocks:
            part.ended_at = ask.moment
            self._part_clock(part, ask, *step.clocks)

    def _turn_support(self, ask: Ask) -> None:
        """New supporting parts, each with its clock; those that are left when the work is taken away."""
        if ask.verb.name in SUPPORT_ENDS:
            for part in self.parts:
                if not part.lead and part.ended_at is None:
                    part.ended_at, part.state = ask.moment, "taken"
                    for clock in part.clocks:
                        clock.stopped_at = clock.stopped_at or ask.moment
            self.case.open_parts = 0
        for department in ask.given.get("supporting", ()):
            self._part_clock(self._new_part(department, ask.moment, lead=False), ask, start("part"))

    def _part_clock(self, part: PlainPart, ask: Ask, *effects: Effect) -> None:
        works = Works(part.clocks, self.frame.reckon, PlainClock)
        clockwork.apply(works.clocks, effects, turns.turn_of(self.case, ask.verb.name, ask, works))

    def _turn_lead(self, ask: Ask) -> None:
        lead = next((p for p in self.parts if p.lead and p.ended_at is None), None)
        if lead is not None and leads.touches(ask.verb.name):
            leads.turn_lead(lead, ask.verb.name, ask.moment, ask.given.get("person") or ask.by.id)
        if ask.verb.name in leads.NEW and self.case.department_id is not None:
            self._new_part(self.case.department_id, ask.moment, lead=True)

    def _leave(self, ask: Ask) -> None:
        """Rows that some verbs leave beside the case."""
        name, given, case = ask.verb.name, ask.given, self.case
        if name in ("rate", "call_back", "upper_called_back"):
            asked = {"rate": "reporter", "call_back": "desk"}.get(name, "upper")
            row = (case.id, case.round, asked, given["solved"], given["satisfied"], ask.moment)
            self.beside.ratings.append(row)
        elif name == "supervise":
            self.beside.supervisions.append((case.id, given["date"], ask.by.id, ask.moment, "", None))
        elif name == "merge" and self.twin is not None:
            self.twin.hear_merged(case, Known(ask.by.kind, ask.by.id), ask.moment)
        elif name == "clear_supervision":
            last = self.beside.supervisions[-1]
            self.beside.supervisions[-1] = (*last[:4], ask.by.id, ask.moment)

    def _approval(self, step: Step, move: Move, ask: Ask) -> bool:
        """Ask for the approval; it is given, refused, or still waited for at the present."""
        frame, case, uuid = self.frame, self.case, self.frame.fresh(ask.moment)
        texts = self._keep(ask.given, ask.moment)
        plain = {k: v if isinstance(v, str | int | bool) else str(v) for k, v in ask.given.items() if k not in texts}
        case.pending = move.verb
        case.version += 1
        self._record(events.ApprovalAsked(str(uuid), move.verb, step.approval or "", plain), move.actor, texts)
        wait = timedelta(minutes=frame.luck.randint(6, 300))
        decided = frame.hours.office(ask.moment + wait, ask.moment, frame.luck)
        approver = frame.luck.choice(frame.scene.crew.desk[APPROVERS[step.approval or ""]])
        state = "pending" if decided > frame.now else "approved" if frame.luck.random() < 0.9 else "refused"
        closed = ("", None) if state == "pending" else (approver, decided)
        row = (uuid, 1 if state == "pending" else 2, ask.moment, case.id, move.verb, step.approval, state, plain,
               texts, move.actor.actor_kind, move.actor.actor_id, ask.moment, *closed)  # fmt: skip
        self.beside.approvals.append(row)
        if state == "pending":
            self.waits = True
            return False
        self.moment, case.pending = decided, ""
        if state == "refused":
            self.done.add(f"no {move.verb}")
            case.version += 1
            by = Known("person", approver)
            self._record(events.ApprovalRefused(str(uuid), move.verb, step.approval or ""), by, {})
            return True
        again = self._ask(move, decided, asked_at=ask.moment)
        self._carry(steps.apply(case, again), move, again, str(uuid))
        return True

    def _keep(self, given: Mapping[str, Any], moment: datetime) -> dict[str, dict[str, str]]:
        """Free texts go to Private; the entry keeps their ids and salted digests."""
        said = {}
        for purpose in TEXTS:
            text = given.get(purpose)
            if text:
                salt, key = os.urandom(16), self.frame.fresh(moment)
                self.beside.privates.append((key, self.case.stream, purpose, text, salt, moment, None))
                said[purpose] = {"id": str(key), "digest": private_digest(salt, text)}
        return said

    def _photo(self, actor: Actor, role: str, verb: str) -> str:
        """A picture of the pool, tied to this case as an uploaded one would be."""
        frame, case = self.frame, self.case
        picture, key = frame.luck.choice(frame.pictures[role]), frame.fresh(self.moment)
        self.beside.files.append((
            key, 1, self.moment, picture.source, picture.sha256, picture.mime, picture.size, "photo", picture.width,
            picture.height, case.minx, case.miny, self.moment, picture.thumb, actor.actor_kind, actor.actor_id, "case",
            case.uuid,
        ))  # fmt: skip
        shows = "report" if verb == "report" and actor.actor_kind != "person" else role
        self.beside.attachments.append(
            (case.id, key, picture.mime, shows, verb, case.round, None, self.moment, actor.actor_id)
        )
        case.thumb = case.thumb or key
        return str(key)

    def _record(self, happened: Any, actor: Actor, private: Mapping[str, Mapping[str, str]]) -> None:
        case = self.case
        self.records.append(
            Record(happened, case.stream, case.where(), actor, self.moment, self.moment, case.version, private)
        )


def _by(actor: Actor) -> By:
    return By(actor.actor_kind, actor.actor_id)
