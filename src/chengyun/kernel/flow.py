"""A state machine is a table of verbs: one table decides, is checked, is drawn in the docs, and draws the buttons."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from chengyun.kernel.refusal import Conflict, Invalid

SAME = "="  # as a target: the state stays

ClockAct = Literal["start", "stop", "move", "pause", "resume", "restart"]


@dataclass(frozen=True)
class Effect:
    """What a verb does to the clock of a stage."""

    act: ClockAct
    stage: str


def start(stage: str) -> Effect:
    """The stage's clock begins."""
    return Effect("start", stage)


def stop(stage: str) -> Effect:
    """The stage's clock ends; whether it was on time is fixed."""
    return Effect("stop", stage)


def move(stage: str) -> Effect:
    """The due time moves; the clock goes on."""
    return Effect("move", stage)


def pause(stage: str) -> Effect:
    """The clock stands still until it is resumed."""
    return Effect("pause", stage)


def resume(stage: str) -> Effect:
    """The clock goes on; the time it stood does not count."""
    return Effect("resume", stage)


def restart(stage: str) -> Effect:
    """The clock begins again with a fresh limit; the old one is kept."""
    return Effect("restart", stage)


@dataclass(frozen=True)
class Verb:
    """One row of the table.

    `needs` are the names of what must be given ("reason", "photo:after"); `approval` names the post that must agree
    first, or is None; `offline` verbs may be taken without a network and applied later; `outside` verbs come as events
    from an upper platform or the system and are never a button.
    """

    name: str
    sources: tuple[str, ...]
    target: str
    may: str
    needs: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    clock: tuple[Effect, ...] = ()
    approval: str | None = None
    offline: bool = False
    outside: bool = False


def verb(name: str, moves: str, *, may: str, **more: Any) -> Verb:
    """A verb from "a|b → c"; "a|b → =" keeps the state."""
    left, arrow, right = (part.strip() for part in moves.partition("→"))
    if not arrow or not right:
        raise ValueError(f"{name}: write its moves as 'from → to', not {moves!r}")
    for key in ("needs", "optional", "clock"):
        given = more.get(key, ())
        more[key] = (given,) if isinstance(given, Effect | str) else tuple(given)
    return Verb(name, tuple(s.strip() for s in left.split("|")), right, may, **more)


@dataclass(frozen=True)
class Step:
    """What applying a verb gives: the state that follows, and what happens to the clocks.

    `approval` is the post that must agree before the step is taken; None means that it may be taken now.
    """

    verb: Verb
    before: str
    state: str
    clocks: tuple[Effect, ...]
    approval: str | None


class Flow:
    """The table of verbs of one kind of thing."""

    def __init__(self, kind: str, initial: str | Sequence[str], *verbs: Verb, final: Iterable[str] = ()) -> None:
        self.kind = kind
        self.initial = (initial,) if isinstance(initial, str) else tuple(initial)
        self.final = frozenset(final)
        self.verbs = {v.name: v for v in verbs}
        if len(self.verbs) != len(verbs):
            raise ValueError(f"{kind}: a verb stands twice in the table")

    @property
    def states(self) -> tuple[str, ...]:
        """Every state, in the order of first mention."""
        seen = dict.fromkeys(self.initial)
        for v in self.verbs.values():
            seen.update(dict.fromkeys(v.sources))
            if v.target != SAME:
                seen[v.target] = None
        return tuple(seen)

    def offered(self, state: str) -> list[Verb]:
        """The verbs that lead from a state and that a person may choose."""
        return [v for v in self.verbs.values() if state in v.sources and not v.outside]

    def apply(self, thing: Any, name: str, given: Mapping[str, Any], *, approved: bool = False) -> Step:
        """Check state, evidence and approval of a verb; nothing is changed.

        `thing` has a `state`. Raises Invalid if a needed part is missing, Conflict if the verb does not lead from the
        present state.
        """
        v = self.verbs.get(name)
        if v is None:
            raise Invalid("kernel.no_such_verb", f"there is no verb {name!r} for a {self.kind}", field="verb")
        if thing.state not in v.sources:
            raise Conflict(
                "kernel.wrong_state",
                f"{name} leads from {', '.join(v.sources)}; this {self.kind} is {thing.state}",
                field="state",
                params={"verb": name, "state": thing.state},
                current=thing.state_now() if hasattr(thing, "state_now") else {"state": thing.state},
            )
        missing = [need for need in v.needs if is_missing(given.get(need))]
        if missing:
            raise Invalid(
                "kernel.evidence_missing",
                f"{name} needs {', '.join(missing)}",
                field=missing[0],
                params={"verb": name, "needs": missing},
            )
        state = thing.state if v.target == SAME else v.target
        return Step(v, thing.state, state, v.clock, None if approved else v.approval)

    def check(self) -> list[str]:
        """What is wrong with the table: states that nothing reaches, states without a way out."""
        reached, frontier = set(self.initial), list(self.initial)
        while frontier:
            state = frontier.pop()
            for v in self.verbs.values():
                if state in v.sources and v.target not in reached | {SAME}:
                    reached.add(v.target)
                    frontier.append(v.target)
        leaving = {s for v in self.verbs.values() if v.target != SAME for s in v.sources}
        problems = [f"nothing leads to {s}" for s in self.states if s not in reached]
        problems += [f"nothing leads out of {s}" for s in self.states if s not in leaving | self.final]
        return problems

    def markdown(self) -> str:
        """The table and its diagram (Mermaid) for docs/verbs.md."""
        head = (
            "| verb | from | to | permission | needs | clock | approval | offline |\n|---|---|---|---|---|---|---|---|"
        )
        rows = [
            f"| {v.name} | {', '.join(v.sources)} | {'same' if v.target == SAME else v.target} | {v.may} "
            f"| {', '.join(v.needs)} | {', '.join(f'{e.act} {e.stage}' for e in v.clock)} "
            f"| {v.approval or ''} | {'yes' if v.offline else ''} |"
            for v in self.verbs.values()
        ]
        edges = [f"  [*] --> {s}" for s in self.initial]
        edges += [f"  {s} --> {v.target}: {v.name}" for v in self.verbs.values() if v.target != SAME for s in v.sources]
        edges += [f"  {s} --> [*]" for s in sorted(self.final)]
        diagram = "\n".join(["```mermaid", "stateDiagram-v2", *edges, "```"])
        return f"## {self.kind}\n\n{head}\n" + "\n".join(rows) + f"\n\n{diagram}\n"


def is_missing(value: Any) -> bool:
    """Whether a given part is not there: None, blank text, an empty list."""
    return (
        value is None
        or (isinstance(value, str) and not value.strip())
        or (isinstance(value, list | tuple) and not value)
    )


_flows: dict[str, Flow] = {}


def register_flow(flow: Flow) -> Flow:
    """Make a flow known to the docs and the house tests."""
    problems = flow.check()
    if problems:
        raise ValueError(f"flow {flow.kind}: {'; '.join(problems)}")
    _flows[flow.kind] = flow
    return flow


def flows() -> dict[str, Flow]:
    """All registered flows by kind."""
    return dict(_flows)
