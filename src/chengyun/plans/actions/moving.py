"""Taking a verb of execution or supervision: one action for all of its tables, with what each verb does besides."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from chengyun.accounts.models import Department
from chengyun.kernel.access import Where, require
from chengyun.kernel.action import action, lock, save
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.files.actions import attach
from chengyun.kernel.flow import Flow, Step, Verb
from chengyun.kernel.journal.record import record
from chengyun.kernel.models import Subject
from chengyun.kernel.refusal import Invalid
from chengyun.plans import around
from chengyun.plans.rights import at_office
from chengyun.plans.rules.handed import PRIVATE, read_handed
from chengyun.plans.supervision_table import FLOWS

S = TypeVar("S", bound=Subject)
OF_DEPARTMENT = frozenset({"plans.report"})
"""What belongs to the department whose thing it is, not to whoever holds an area."""


@dataclass
class Turn:
    """One verb being taken. An effect writes what the event says besides into `facts`."""

    thing: Any
    step: Step
    given: dict[str, Any]
    actor: Actor
    moment: datetime
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def day(self) -> date:
        """The day of the act, where the installation is."""
        return around.today(self.moment)


Effect = Callable[[Turn], None]
Teller = Callable[..., Any]
_EFFECTS: dict[tuple[str, str], Effect] = {}
_AFTER: dict[tuple[str, str], Effect] = {}
_TELLERS: dict[str, Callable[[Turn], Any]] = {}


def effect(kind: str, *verbs: str) -> Callable[[Effect], Effect]:
    """Register what verbs of a kind change in the thing itself, before it is saved."""

    def register(function: Effect) -> Effect:
        _EFFECTS.update({(kind, name): function for name in verbs})
        return function

    return register


def afterwards(kind: str, *verbs: str) -> Callable[[Effect], Effect]:
    """Register what verbs of a kind do to other things, in the same transaction, after the thing was recorded."""

    def register(function: Effect) -> Effect:
        _AFTER.update({(kind, name): function for name in verbs})
        return function

    return register


def tells(kind: str, event: Callable[..., Any], *more: str) -> None:
    """Say which event the verbs of a kind are told as; `more` are attributes of the thing that it carries."""

    def teller(turn: Turn) -> Any:
        values = {name: turn.facts.get(name, getattr(turn.thing, name, None)) for name in more}
        thing = turn.thing
        files = tuple(turn.given.get("file:evidence", ()))
        return event(
            turn.step.verb.name, turn.step.before, turn.step.state, getattr(thing, "department_id", None),
            getattr(thing, "due_on", None), files, **values,
        )  # fmt: skip

    _TELLERS[kind] = teller


@action
def move(thing: S, verb: str, *, actor: Actor, expected: int | None, given: Mapping[str, Any] | None = None) -> S:
    """Take a verb of a report, order, finding, look-back, group, meeting, scheme, assessment, title, budget …"""
    thing = lock(thing, expected)
    row = verb_of(FLOWS[thing.subject_kind], verb)
    require(actor, row.may, at=where_for(thing, row.may))
    handed = read_handed(given or {})
    turn = Turn(thing, FLOWS[thing.subject_kind].apply(thing, verb, handed), handed, actor, now())
    _EFFECTS.get((thing.subject_kind, verb), _nothing)(turn)
    thing.state = turn.step.state  # type: ignore[attr-defined]  # whatever has a flow has a state
    keep_files(turn)
    save(thing)
    texts = {name: handed[name] for name in PRIVATE if handed.get(name)}
    record(_TELLERS[thing.subject_kind](turn), thing, actor, private=texts)
    _AFTER.get((thing.subject_kind, verb), _nothing)(turn)
    return thing


def verb_of(flow: Flow, name: str) -> Verb:
    """A verb of a table. Raises Invalid for one that it does not have, or that no person takes."""
    found = flow.verbs.get(name)
    if found is None or found.outside:
        raise Invalid("kernel.no_such_verb", f"there is no verb {name!r} for a {flow.kind}", field="verb")
    return found


def where_for(thing: Any, permission: str, department: Department | None = None) -> Where:
    """Where a permission is asked: for a department's own verbs at that department."""
    if permission not in OF_DEPARTMENT or getattr(thing, "department_id", None) is None:
        return thing.where()  # type: ignore[no-any-return]
    office = department or around.departments(thing.town_id).filter(pk=thing.department_id).first()
    return at_office(thing.town_id, office)


def keep_files(turn: Turn) -> None:
    """Tie the evidence handed in to the thing. Raises NotFound for files that the actor did not send."""
    files = turn.given.get("file:evidence")
    if files:
        attach([UUID(f) for f in files], turn.thing, actor=turn.actor)


def _nothing(_: Turn) -> None:
    """Most verbs change the state and nothing else."""
