"""The table of verbs decides, refuses in words, and knows when it is wrong."""

from dataclasses import dataclass

import pytest

from chengyun.kernel.flow import Flow, start, stop, verb
from chengyun.kernel.refusal import Conflict, Invalid

FLOW = Flow(
    "thing",
    "new",
    verb("take", "new → taken", may="kernel.audit", clock=(start("work"),)),
    verb("note", "new|taken → =", may="kernel.audit", needs="text"),
    verb("end", "taken → done", may="kernel.audit", needs=("photo",), clock=stop("work"), approval="chief"),
    verb("heard", "taken → done", may="kernel.audit", outside=True),
    final=("done",),
)


@dataclass
class Thing:
    state: str = "new"


def test_a_verb_leads_to_its_state_and_moves_the_clock() -> None:
    step = FLOW.apply(Thing(), "take", {})
    assert (step.state, [e.act for e in step.clocks]) == ("taken", ["start"])


def test_a_verb_may_keep_the_state() -> None:
    assert FLOW.apply(Thing("taken"), "note", {"text": "x"}).state == "taken"


def test_a_verb_from_another_state_is_a_conflict_that_says_how_it_stands() -> None:
    with pytest.raises(Conflict) as refused:
        FLOW.apply(Thing(), "end", {"photo": 1})
    assert refused.value.current == {"state": "new"}


@pytest.mark.parametrize("given", [{}, {"photo": None}, {"photo": "  "}, {"photo": []}])
def test_missing_evidence_is_named(given: dict[str, object]) -> None:
    with pytest.raises(Invalid) as refused:
        FLOW.apply(Thing("taken"), "end", given)
    assert refused.value.field == "photo"


def test_approval_is_asked_until_it_is_given() -> None:
    assert FLOW.apply(Thing("taken"), "end", {"photo": 1}).approval == "chief"
    assert FLOW.apply(Thing("taken"), "end", {"photo": 1}, approved=True).approval is None


def test_what_comes_from_outside_is_never_a_button() -> None:
    assert [v.name for v in FLOW.offered("taken")] == ["note", "end"]


def test_a_state_that_nothing_reaches_or_leaves_is_found() -> None:
    flow = Flow("bad", "a", verb("go", "a → b", may="x"), verb("lost", "c → a", may="x"))
    assert flow.check() == ["nothing leads to c", "nothing leads out of b"]
