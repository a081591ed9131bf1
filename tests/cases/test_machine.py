"""Any sequence of verbs, by anyone, keeps what must always hold: a random walk over both tables, without a database."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from chengyun.cases.classes import read_standards
from chengyun.cases.flow_table import DONE_STATES, DROPPED_STATES, OPEN_STATES, flow_of
from chengyun.cases.rules import clocks, steps, turns
from chengyun.cases.rules.clocks import Reckon
from chengyun.cases.rules.steps import Ask, By
from chengyun.cases.rules.turns import Works
from chengyun.kernel.flow import Verb
from chengyun.kernel.refusal import Refusal
from chengyun.kernel.worktime import OFFICE, statutory_calendar

STANDARDS = read_standards(Path("nowhere"))
PEOPLE = [str(uuid4()) for _ in range(4)]
START = datetime(2026, 9, 28, 1, 30, tzinfo=UTC)  # three days before a long holiday
CLASSES = ("E0101", "P0205", "E0108", "E0403")
FACTS: dict[str, Any] = {
    "reason": "r", "text": "t", "department": 7, "days": 3, "found": True, "solved": True, "satisfied": 4,
    "confidential": True, "photo:before": ["a"], "photo:after": ["b"], "address": "x",
}  # fmt: skip


@dataclass
class Walker:
    """A case as the rules read it."""

    is_order: bool
    state: str
    number: str = "YA-20260928-00001"
    class_code: str = ""
    priority: str = "normal"
    round: int = 1
    returns: int = 0
    extensions: int = 0
    reopenings: int = 0
    urges: int = 0
    open_parts: int = 0
    level: str = ""
    upper_pending: str = ""
    due_stage: str = ""
    bound: bool = False
    simple: bool = False
    sampled: bool = False
    supervised: bool = False
    confidential: bool = False
    provisional: bool = False
    is_open: bool = True
    routing: dict[str, Any] = field(default_factory=dict)
    handlers: list[str] = field(default_factory=list)
    reporters: list[str] = field(default_factory=lambda: [PEOPLE[0]])
    joined: bool = False

    def __getattr__(self, name: str) -> Any:
        """Columns that nothing has set yet are empty."""
        if name.startswith("__") or name == "state_now":
            raise AttributeError(name)
        return None


class Walk(RuleBasedStateMachine):
    """Verbs in any order, with time going on in between."""

    @initialize(is_order=st.booleans())
    def begin(self, is_order: bool) -> None:
        self.moment, self.verified_by = START, ""
        self.case: Any = Walker(is_order, "ordered" if is_order else "reported")
        if is_order:
            self.case.upper_due_at = START + timedelta(days=12)
        self.clocks: list[Any] = []
        self.works = Works(self.clocks, Reckon(statutory_calendar(), OFFICE))
        first = ("upper_sign", "upper") if is_order else ("receive",)
        turns.begin(self.case, self.ask(Verb("report", (), "=", "x"), {}, PEOPLE[0]), self.works, *first)

    def ask(self, verb: Verb, given: dict[str, Any], person: str, approved: bool = True) -> Ask:
        kind = "resident" if verb.name in ("rate", "reopen") else "person"
        return Ask(verb, given, By(kind, person), self.moment, self.moment.date(), STANDARDS, approved)

    @rule(hours=st.floats(0.1, 300))
    def wait(self, hours: float) -> None:
        self.moment += timedelta(hours=hours)

    @rule(data=st.data())
    def take(self, data: st.DataObject) -> None:
        flow = flow_of(self.case.is_order)
        leading = [v for v in flow.verbs.values() if self.case.state in v.sources] or list(flow.verbs.values())
        verb = data.draw(st.sampled_from(sorted(leading, key=lambda v: v.name)))
        person = data.draw(st.sampled_from(PEOPLE))
        self.apply(verb, self.given(verb, data), person)

    @rule(data=st.data())
    def blunder(self, data: st.DataObject) -> None:
        """A verb that does not lead from here changes nothing."""
        flow = flow_of(self.case.is_order)
        wrong = [v for v in flow.verbs.values() if self.case.state not in v.sources]
        verb = data.draw(st.sampled_from(sorted(wrong, key=lambda v: v.name)))
        before = self.case.state
        with pytest.raises(Refusal):
            steps.apply(self.case, self.ask(verb, self.given(verb, data), PEOPLE[1]))
        assert self.case.state == before

    def given(self, verb: Verb, data: st.DataObject) -> dict[str, Any]:
        other = SimpleNamespace(pk=9, uuid=uuid4(), department_id=8, state="signed")
        more = {
            "person": data.draw(st.sampled_from(PEOPLE)), "class": data.draw(st.sampled_from(CLASSES)),
            "priority": data.draw(st.sampled_from(["low", "normal", "urgent"])), "into": other, "part": other,
            "date": self.moment.date() + timedelta(days=9), "due_at": self.moment + timedelta(days=9),
            "supporting": [], "stage": "handle",
        }  # fmt: skip
        wanted = {*verb.needs, *verb.optional, *steps.needs_of(self.case, verb, None), "photo:after"}
        if verb.name == "overdue":
            wanted |= {"stage", "due_at"}
        if verb.name == "join_in":
            more["supporting"] = [8]
        return {name: (FACTS | more)[name] for name in wanted if name in FACTS | more}

    def apply(self, verb: Verb, given: dict[str, Any], person: str) -> None:
        if verb.name == "unmerge":
            self.case.merged_into = SimpleNamespace(uuid=uuid4())
        handlers = list(self.case.handlers)
        ask = self.ask(verb, given, person)
        try:
            step = steps.apply(self.case, ask)
        except Refusal:
            return
        event = turns.perform(self.case, step, ask, self.works)
        assert event.before == step.before
        assert event.state == self.case.state
        if verb.name in ("verify_pass", "verify_fail"):
            assert person not in handlers, "who handled it verified it"

    @invariant()
    def the_state_is_one_of_the_table(self) -> None:
        if hasattr(self, "clocks"):
            assert self.case.state in flow_of(self.case.is_order).states
            assert self.case.is_open == (self.case.state in OPEN_STATES)

    @invariant()
    def no_stage_runs_twice_and_none_ends_before_it_began(self) -> None:
        running = [c.stage for c in getattr(self, "clocks", ()) if c.stopped_at is None]
        assert len(running) == len(set(running)), running
        assert all(c.stopped_at >= c.started_at for c in getattr(self, "clocks", ()) if c.stopped_at)

    @invariant()
    def what_is_done_has_no_running_clock_and_what_is_open_has_one(self) -> None:
        if not hasattr(self, "clocks"):
            return
        running = [c for c in self.clocks if c.stopped_at is None]
        if self.case.state in (*DONE_STATES, *DROPPED_STATES, "replied"):
            assert not running, (self.case.state, [c.stage for c in running])
        elif self.case.state != "suspended":
            assert [c for c in running if c.paused_at is None], self.case.state

    @invariant()
    def the_list_shows_the_clock_that_falls_due_first(self) -> None:
        if not hasattr(self, "clocks"):
            return
        front = clocks.front(self.clocks)
        assert (self.case.due_at, self.case.due_stage) == (front.due_at, front.stage)

    @invariant()
    def on_time_is_what_the_times_say(self) -> None:
        for clock in getattr(self, "clocks", ()):
            if clock.on_time is not None and clock.paused_at is None:
                assert clock.on_time == (clock.stopped_at <= clock.due_at)

    @invariant()
    def an_order_is_handled_within_the_limit_from_above(self) -> None:
        for clock in getattr(self, "clocks", ()):
            if self.case.is_order and clock.stage == "handle" and clock.stopped_at is None and self.case.upper_due_at:
                assert clock.due_at <= self.case.upper_due_at

    @invariant()
    def counts_stay_within_the_practice(self) -> None:
        if hasattr(self, "clocks"):
            assert self.case.extensions <= len(STANDARDS.practice.extensions)
            assert self.case.round >= 1


Walk.TestCase.settings = settings(
    max_examples=120, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
TestWalk = Walk.TestCase
