"""What several actions of the room do in the same way."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.flow import Flow, Verb
from chengyun.kernel.refusal import Conflict, Invalid
from chengyun.plans.models import Document

EXECUTED = ("issued", "adjusted")
"""States of a document whose tasks may be live."""
LONGEST_REASON = 500


def is_executable(document: Document | None) -> bool:
    """Whether tasks of a document may be live: those without a document always."""
    return document is None or document.state in EXECUTED


def verb_of(flow: Flow, name: str) -> Verb:
    """A verb of a table. Raises Invalid for one that is not there, or that only the platform takes."""
    row = flow.verbs.get(name)
    if row is None:
        raise Invalid("kernel.no_such_verb", f"there is no verb {name!r} for a {flow.kind}", field="verb")
    if row.outside:
        raise Invalid("plans.outside_verb", f"{name} follows from other acts and is not taken by hand", field="verb")
    return row


def note_correction(row: Any, name: str, value: Any, actor: Actor) -> None:
    """Set a field by hand, and keep what stood there before with who and when."""
    keep_before(row, name, plain(getattr(row, name)), actor)
    setattr(row, name, value)


def keep_before(row: Any, name: str, before: Any, actor: Actor) -> None:
    """Keep what stood in a field before a correction."""
    kept = [*row.corrected.get(name, ()), {"by": actor.actor_id, "at": now().isoformat(), "before": before}]
    row.corrected = row.corrected | {name: kept}


def plain(value: Any) -> Any:
    """A value of a field as JSON holds it."""
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value


def words(value: Any, field: str, limit: int, *, needed: bool = False) -> str:
    """A text of at most `limit` characters. Raises Invalid."""
    if not isinstance(value, str) or (needed and not value.strip()):
        raise Invalid("plans.text_missing", f"{field}: is empty, or no text", field=field)
    if len(value) > limit:
        raise Invalid("plans.too_long", f"{field}: at most {limit} characters", field=field, params={"limit": limit})
    return value.strip()


def reason_of(given: Mapping[str, Any], name: str = "reason") -> str:
    """The reason that goes with a verb, empty where none was given. Raises Invalid where it is too long."""
    value = given.get(name)
    return words(value, f"given.{name}", LONGEST_REASON) if value else ""


def day_of(value: Any, field: str) -> date | None:
    """A day from what was sent, None for nothing. Raises Invalid."""
    if value in (None, "") or isinstance(value, date):
        return value or None
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise Invalid("plans.date_wrong", f"{field}: a day such as 2026-03-31", field=field) from error


def number_of(value: Any, field: str, low: float = -1e15, high: float = 1e15) -> float | None:
    """A number from what was sent, None for nothing. Raises Invalid."""
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise Invalid(
            "plans.number_wrong", f"{field}: a number from {low:g} to {high:g}", field=field,
            params={"low": low, "high": high},
        )  # fmt: skip
    return float(value)


Reader = Callable[[Any, str], Any]


def text_up_to(limit: int, *, needed: bool = False) -> Reader:
    """Reads a text of at most so many characters."""
    return lambda value, field: words(value, field, limit, needed=needed)


def flag(value: Any, field: str) -> bool:
    """Reads yes or no."""
    if not isinstance(value, bool):
        raise Invalid("plans.flag_wrong", f"{field}: true or false", field=field)
    return value


def one_of(*choices: str) -> Reader:
    """Reads one of a few words."""

    def read(value: Any, field: str) -> str:
        if value not in choices:
            raise Invalid(
                "plans.choice_wrong", f"{field}: one of {', '.join(choices)}", field=field,
                params={"choices": "、".join(choices)},
            )  # fmt: skip
        return str(value)

    return read


def read_changes(readers: Mapping[str, Reader], changes: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent for some fields, read by form. Raises Invalid for a field that is not there."""
    for name in changes:
        if name not in readers:
            raise Invalid("plans.no_field", f"{name}: cannot be changed", field=name, params={"field": name})
    return {name: readers[name](value, name) for name, value in changes.items()}


def in_review(row: Any) -> None:
    """Raise Conflict unless an item is still being reviewed: afterwards it is adjusted instead."""
    if row.state not in ("proposed", "accepted"):
        raise Conflict(
            "plans.not_in_review", "this is not in review any more: ask for an adjustment", current=row.state_now()
        )
