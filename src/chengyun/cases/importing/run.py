"""Importing an opened table: each row is reported by the real action; the same external number twice is one case."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import transaction

from chengyun.cases.actions import Draft, Reporting, report
from chengyun.cases.importing.proposing import Confirmed
from chengyun.cases.importing.reading import Opened, read_moment
from chengyun.cases.models import Case
from chengyun.kernel.actor import Actor
from chengyun.kernel.ids import new_uuid
from chengyun.kernel.refusal import Invalid, Refusal

BATCH = 10  # rows of one transaction: together well under 200 ms
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Wish:
    """What is to be imported as what. `labels`: what a person confirmed that they mean."""

    town: int
    source: str
    labels: Mapping[str, Confirmed] = field(default_factory=dict)
    most: int | None = None


@dataclass
class Report:
    """What an import did: new cases, those that were there, the unplaced among the new, and the bad rows by place."""

    new: int = 0
    known: int = 0
    unplaced: int = 0
    classed: int = 0
    problems: list[tuple[str, Refusal]] = field(default_factory=list)


def import_cases(opened: Opened, wish: Wish, *, actor: Actor, progress: Progress | None = None) -> Report:
    """Import the rows of a table. A row that does not fit is told with its place; the others go on."""
    return _run(opened, wish, actor, progress)


def check_cases(opened: Opened, wish: Wish, *, actor: Actor, progress: Progress | None = None) -> Report:
    """What an import would do, found out by doing it and taking it back: nothing is written."""
    return _run(opened, wish, actor, progress, dry=True)


def _run(opened: Opened, wish: Wish, actor: Actor, progress: Progress | None, dry: bool = False) -> Report:
    done = Report()
    rows = opened.rows(wish.most)
    total = min(len(opened.table.rows), wish.most or len(opened.table.rows))
    count, seen = 0, set[str]()
    while batch := list(islice(rows, BATCH)):
        seen |= _known(batch, wish)
        with transaction.atomic():
            for place, row in batch:
                _one(place, row, wish, actor, done, seen)
            transaction.set_rollback(dry)
        count += len(batch)
        if progress:
            progress(count, total, "")
    return done


def _known(batch: list[tuple[str, dict[str, Any]]], wish: Wish) -> set[str]:
    ids = [external_id(row) for _, row in batch]
    rows = Case.objects.as_system("which rows of an import are cases already")
    there = rows.filter(town_id=wish.town, source=wish.source, external_id__in=ids)
    return set(there.values_list("external_id", flat=True))


def _one(place: str, row: Mapping[str, Any], wish: Wish, actor: Actor, done: Report, known: set[str]) -> None:
    if external_id(row) in known:
        done.known += 1
        return
    try:
        with transaction.atomic():
            case = report(draft_of(row, wish), actor=actor)
    except Refusal as refusal:
        done.problems.append((place, refusal))
        return
    known.add(case.external_id)
    done.new += 1
    done.unplaced += case.point is None
    done.classed += bool(case.class_code)


def draft_of(row: Mapping[str, Any], wish: Wish) -> Draft:
    """A row as a report. Raises Invalid for what cannot be read."""
    label = str(row.get("label") or "").strip()
    said = wish.labels.get(label)
    return Draft(
        town=wish.town, channel="import", source=wish.source, external_id=external_id(row),
        text=str(row.get("text") or row.get("title") or "").strip(), title=str(row.get("title") or "").strip(),
        class_code=said.class_code if said else "", address=str(row.get("address") or "").strip()[:200],
        point=_point(row), reported_at=_moment(row), reporter=_reporter(row),
        origin={"label": label, "department": said.department if said else ""},
    )  # fmt: skip


def external_id(row: Mapping[str, Any]) -> str:
    """The row's own number, else a digest of what it says, so that it is the same next time."""
    own = str(row.get("external_id") or "").strip()
    if own:
        return own[:80]
    said = "\x1f".join(str(row.get(name) or "") for name in ("time", "title", "text"))
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _moment(row: Mapping[str, Any]) -> datetime | None:
    said = row.get("time")
    try:
        return read_moment(said, settings.TIME_ZONE)
    except (ValueError, OverflowError) as error:
        words = f"time: {said!r} is no time such as 2026-03-02 08:30"
        raise Invalid("cases.time_unread", words, field="time", params={"value": str(said)[:40]}) from error


def _point(row: Mapping[str, Any]) -> tuple[float, float] | None:
    said = row.get("lng"), row.get("lat")
    if any(part in ("", None) for part in said):
        return None
    try:
        lng, lat = (float(str(part)) for part in said)
        if abs(lng) <= 180 and abs(lat) <= 90:
            return lng, lat
    except ValueError:
        pass
    value = f"{said[0]}, {said[1]}"[:40]
    raise Invalid("cases.point_unread", f"lng, lat: {value} are no degrees", field="lng", params={"value": value})


def _reporter(row: Mapping[str, Any]) -> Reporting | None:
    name, phone = str(row.get("name") or "").strip(), str(row.get("phone") or "").strip()
    return Reporting(new_uuid(), "resident", name[:60], phone[:30]) if name or phone else None


def chunks(ids: list[int], size: int) -> Iterator[list[int]]:
    """A list in pieces."""
    return (ids[at : at + size] for at in range(0, len(ids), size))
