"""What is handed in with a verb: each part by name, read and checked before anything is looked up."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from chengyun.kernel.flow import Verb, is_missing
from chengyun.kernel.refusal import Invalid

TEXT_LIMIT = 2_000
IMPORTED_TEXT_LIMIT = 10_000
DAYS = range(1, 61)
PHOTOS = 9
PRIORITIES = ("low", "normal", "urgent")
ROLES_OF_PHOTOS = ("before", "after", "evidence")


def _wrong(name: str, words: str) -> Invalid:
    return Invalid("cases.given_wrong", f"{name}: {words}", field=f"given.{name}", params={"name": name})


def read_text(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise _wrong(name, "is a text")
    text = value.strip()
    if len(text) > TEXT_LIMIT:
        raise _wrong(name, f"has {len(text):,} characters; at most {TEXT_LIMIT:,} are taken")
    return text


def _id(name: str, value: Any) -> str:
    """A uuid, or a code of at most 60 characters: what is looked up says whether it exists."""
    if isinstance(value, UUID):
        return str(value)
    if not isinstance(value, str) or not re.fullmatch(r"[\w.:-]{1,60}", value):
        raise _wrong(name, "is an id or a code")
    return value


def _ids(name: str, value: Any) -> list[str]:
    if not isinstance(value, list | tuple) or len(value) > PHOTOS:
        raise _wrong(name, f"is a list of at most {PHOTOS} ids")
    return list(dict.fromkeys(_id(name, one) for one in value))


def _photos(name: str, value: Any) -> list[str]:
    """Files by their uuid, however it is written: a file has no code."""
    try:
        return list(dict.fromkeys(str(UUID(one)) for one in _ids(name, value)))
    except ValueError:
        raise _wrong(name, "is a list of ids of files") from None


def _yes(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise _wrong(name, "is true or false")
    return value


def _days(name: str, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value not in DAYS:
        raise _wrong(name, f"is a whole number of working days from {DAYS.start} to {DAYS.stop - 1}")
    return value


def _grade(name: str, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 5:
        raise _wrong(name, "is a whole number from 1 (very dissatisfied) to 5 (very satisfied)")
    return value


def _date(name: str, value: Any) -> date:
    try:
        return value if isinstance(value, date) else date.fromisoformat(value)
    except (TypeError, ValueError):
        raise _wrong(name, "is a day such as 2026-11-22") from None


def _moment(name: str, value: Any) -> datetime:
    try:
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    except (TypeError, ValueError):
        moment = None
    if moment is None or moment.tzinfo is None:
        raise _wrong(name, "is a moment with a time zone such as 2026-11-22T14:05:00+08:00")
    return moment


def read_point(name: str, value: Any) -> tuple[float, float]:
    """Longitude and latitude in WGS 84, degrees."""
    try:
        lng, lat = (float(v) for v in value)
    except (TypeError, ValueError):
        raise _wrong(name, "is [longitude, latitude] in degrees") from None
    if not (-180 <= lng <= 180 and -90 <= lat <= 90):
        raise _wrong(name, "lies outside the world: longitude -180 to 180, latitude -90 to 90")
    return lng, lat


def one_of(*words: str) -> Callable[[str, Any], str]:
    def read(name: str, value: Any) -> str:
        if value not in words:
            raise _wrong(name, f"is one of {', '.join(words)}")
        return str(value)

    return read


READERS: dict[str, Callable[[str, Any], Any]] = {
    "text": read_text,
    "reason": read_text,
    "address": read_text,
    "department": _id,
    "supporting": _ids,
    "person": _id,
    "part": _id,
    "into": _id,
    "class": _id,
    "grid": _id,
    "community": _id,
    "priority": one_of(*PRIORITIES),
    "level": one_of("building", "community", "grid", "town", "district"),
    "days": _days,
    "date": _date,
    "due_at": _moment,
    "point": read_point,
    "found": _yes,
    "solved": _yes,
    "confidential": _yes,
    "satisfied": _grade,
    "photo:before": _photos,
    "photo:after": _photos,
    "photo:evidence": _photos,
}

PRIVATE = ("text", "reason")
"""Free text: kept apart from the facts."""


def read_given(verb: Verb, given: Mapping[str, Any]) -> dict[str, Any]:
    """The parts handed in, read. Raises Invalid naming the part that does not fit or that the verb does not take."""
    allowed = {*verb.needs, *verb.optional}
    for name in given:
        if name not in allowed:
            raise _wrong(name, f"is nothing that {verb.name} takes; it takes {', '.join(sorted(allowed)) or 'nothing'}")
    return {name: READERS[name](name, value) for name, value in given.items() if not is_missing(value)}
