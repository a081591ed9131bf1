"""What is handed in with a verb of execution and supervision, read and checked by name."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from chengyun.kernel.refusal import Invalid

TEXT = 4000
SHORT = 500
MOST_FILES = 20
PRIVATE = ("reason", "text")


def read_handed(given: Mapping[str, Any]) -> dict[str, Any]:
    """Everything handed in, in the types of the domain. Raises Invalid that names the part."""
    read: dict[str, Any] = {}
    for name, value in given.items():
        if name not in _READERS:
            raise Invalid("plans.not_taken", f"{name}: is not taken here", field=f"given.{name}", params={"name": name})
        if value is not None:
            read[name] = _READERS[name](name, value)
    return read


def text_of(name: str, value: Any, limit: int = TEXT) -> str:
    """A text of bounded length. Raises Invalid."""
    if not isinstance(value, str) or len(value) > limit:
        raise Invalid("plans.too_long", f"{name}: a text of at most {limit} characters", field=f"given.{name}",
                      params={"limit": limit})  # fmt: skip
    return value.strip()


def day_of(name: str, value: Any) -> date:
    """A day. Raises Invalid."""
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError as error:
        raise Invalid("plans.date_wrong", f"{name}: a day such as 2026-03-31", field=f"given.{name}") from error


def money_of(name: str, value: Any) -> Decimal:
    """An amount in 万元, 0 or more, to the cent of it. Raises Invalid."""
    try:
        amount = Decimal(str(value))
    except InvalidOperation as error:
        raise _number_wrong(name) from error
    if not amount.is_finite() or not 0 <= amount < Decimal(10) ** 12:
        raise _number_wrong(name)
    return amount.quantize(Decimal("0.01"))


def _number_wrong(name: str) -> Invalid:
    return Invalid("plans.number_wrong", f"{name}: a number, 0 or more", field=f"given.{name}",
                   params={"low": 0, "high": 1e12})  # fmt: skip


def _percent(name: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1e12:
        raise _number_wrong(name)
    return float(value)


def _short(name: str, value: Any) -> str:
    return text_of(name, value, SHORT)


def _uuid(name: str, value: Any) -> str:
    try:
        return str(UUID(str(value)))
    except ValueError as error:
        raise Invalid("plans.id_wrong", f"{name}: an id", field=f"given.{name}") from error


def _uuids(name: str, value: Any) -> list[str]:
    if not isinstance(value, list) or len(value) > MOST_FILES:
        raise Invalid("plans.list_wrong", f"{name}: a list of at most {MOST_FILES} ids", field=f"given.{name}",
                      params={"limit": MOST_FILES})  # fmt: skip
    return [_uuid(name, each) for each in value]


def _colour(name: str, value: Any) -> str:
    if value not in ("blue", "yellow", "red"):
        raise Invalid("plans.colour_wrong", f"{name}: blue, yellow or red", field=f"given.{name}")
    return str(value)


_READERS: dict[str, Callable[[str, Any], Any]] = {
    "text": text_of, "reason": _short, "problem": text_of, "progress": _percent, "line": _uuid, "block": _short,
    "file:evidence": _uuids, "date": day_of, "look_back_on": day_of, "review_on": day_of, "colour": _colour,
    "amount": money_of, "present": _uuids,
}  # fmt: skip
