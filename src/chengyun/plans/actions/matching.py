"""Which row an item of a new reading is, and what of it follows the new words."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import shapely

from chengyun.kernel.action import lock, save
from chengyun.kernel.clock import now
from chengyun.places.queries import resolve_point
from chengyun.plans.actions.by_hand import dates_of, pieces_follow
from chengyun.plans.around import today
from chengyun.plans.models import Document, Party, Project, Question, Reading, Target, Task
from chengyun.plans.rules.difference import PLACE, Difference, Known, compare
from chengyun.plans.rules.items import Told

FOLLOWING = ("proposed", "rejected", "merged", "accepted")
"""States in which an item still follows a new version by itself; later ones get a question instead."""


@dataclass(frozen=True)
class Kind:
    """A kind of item: its table, and whether it stands at a place."""

    name: str
    model: Any
    placed: bool

    @classmethod
    def of(cls, name: str) -> "Kind":
        """task, target or project."""
        return {
            "task": cls("task", Task, placed=True),
            "target": cls("target", Target, placed=False),
            "project": cls("project", Project, placed=True),
        }[name]


@dataclass
class Matched:
    """The rows of one kind against a new reading. `rows` by place in the new list; `notes` is what is told of it."""

    old: list[Any]
    difference: Difference
    rows: dict[int, Any] = field(default_factory=dict)
    notes: dict[str, list[Any]] = field(default_factory=lambda: {"changed": [], "moved": []})

    def note(self, row: Any, before: Mapping[str, Any], after: Mapping[str, Any], applied: Sequence[str]) -> None:
        """Keep what differs of one row, and which of it was not applied because a person had the last word."""
        said = {name: [value, after.get(name)] for name, value in before.items()}
        sort = "changed" if set(before) - PLACE else "moved"
        self.notes[sort].append({"id": str(row.uuid), "fields": said, "kept": [n for n in before if n not in applied]})

    def shown(self) -> dict[str, Any]:
        """The difference as it is kept with the reading: ids of rows, values before and after."""
        added = [str(self.rows[place].uuid) for place in self.difference.added]
        removed = [str(self.old[place].uuid) for place in self.difference.removed]
        return {"added": added, "removed": removed, **self.notes}


def match(kind: Kind, document: Document, told: Sequence[Told]) -> Matched:
    """Compare a new reading with what the one before gave; what people added stands apart."""
    rows = kind.model.objects.as_system("items of a document that is read anew").filter(document=document)
    old = [row for row in rows.exclude(state="incoming").order_by("position", "id") if row.as_read]
    before = [Known(_words(row), tuple(row.as_read.get("path", ())), row.as_read) for row in old]
    after = [Known(one.words, one.path, one.plain()) for one in told]
    difference = compare(before, after)
    return Matched(old, difference, {new: old[was] for was, new, _ in difference.same})


def _words(row: Any) -> str:
    return str(row.as_read.get("text") or row.as_read.get("name") or "")


def fresh_row(document: Document, reading: Reading, told: Told, harvest: Any, place: int) -> Any:
    """A row for an item that is new, not saved. Nobody sees it before the reading is taken."""
    kind = Kind.of(told.kind)
    row = kind.model(document=document, town_id=document.town_id, state="incoming", **told.fields)
    if kind.placed:
        row.local_day = today(now())
        _locate(row, told, harvest)
    if told.kind == "task":
        row.lead_post_id = harvest.posts.get(told.fields["lead_words"])
        row.department_id = lead_of(told, harvest)
    stand(row, reading, told, place)
    row.clause = clause_at(harvest.clauses, row.spans)
    return row


def lead_of(told: Told, harvest: Any) -> int | None:
    """The department of the leading unit, where its name means exactly one."""
    lead = next((owner for owner in told.owners if owner.role == "lead" and not owner.generic), None)
    ids: tuple[int, ...] = harvest.units.find(lead.words) if lead else ()
    return ids[0] if len(ids) == 1 else None


def _locate(row: Any, told: Told, harvest: Any) -> None:
    """At the first named place that the address book is sure of."""
    names = told.places or ((told.fields["name"],) if told.kind == "project" else ())
    for name in names:
        point = harvest.points.get(name)
        if point is not None:
            spot = resolve_point(row.town_id, *point)
            row.locate(shapely.Point(point))
            row.address, row.grid_id, row.community_id = name[:200], spot.grid, spot.community
            return


def stand(row: Any, reading: Reading, told: Told, place: int) -> None:
    """Where an item stands in a reading, and the words behind its fields."""
    row.reading, row.position, row.spans = reading.number, place, told.spans
    row.at = told.spans[0][0] if told.spans else None
    row.page, row.confidence, row.evidence = told.page, told.confidence, told.evidence
    row.origin, row.as_read = told.origin, told.plain()


def update_matched(
    kind: Kind, reading: Reading, told: Sequence[Told], matched: Matched, harvest: Any, part: Sequence[Any]
) -> None:
    """Let a part of the known items follow the new words; what people corrected stays, what runs gets a question."""
    changed = [matched.rows[place].pk for _, place, names in part if names]
    rows = kind.model.objects.as_system("known items under their locks").filter(pk__in=changed)
    locked = {row.pk: row for row in rows.select_for_update()}
    for _, place, names in part:
        row, one = matched.rows[place], told[place]
        if not names:
            stand(row, reading, one, place)
            row.clause = clause_at(harvest.clauses, row.spans)
            _quiet(kind, row)
            continue
        row = matched.rows[place] = locked[row.pk]
        before = {name: row.as_read.get(name) for name in names}
        stand(row, reading, one, place)
        row.clause = clause_at(harvest.clauses, row.spans)
        dates = dates_of(row)
        applied = _follow(row, one, names, harvest) if row.state in FOLLOWING else []
        if dates:
            pieces_follow(row, dates, applied)
        matched.note(row, before, one.plain(), applied)
        if row.state not in FOLLOWING:
            _ask(reading, kind, row, "version.changed")
        save(row)


def drop_removed(kind: Kind, reading: Reading, matched: Matched) -> None:
    """Items that the new version has no more."""
    for place in matched.difference.removed:
        _drop(reading, kind, lock(matched.old[place], None))


def clause_at(clauses: Sequence[Any], spans: Sequence[Any]) -> Any:
    """The last heading before an item's words."""
    if not spans:
        return None
    place = bisect_right(clauses, spans[0][0], key=lambda clause: clause.start)
    return clauses[place - 1] if place else None


def _quiet(kind: Kind, row: Any) -> None:
    """A row that only stands elsewhere in the text: no new version of it."""
    kind.model.objects.as_system("where an unchanged item stands").filter(pk=row.pk).update(
        reading=row.reading, position=row.position, spans=row.spans, at=row.at, page=row.page, evidence=row.evidence,
        as_read=row.as_read, confidence=row.confidence, clause=row.clause,
    )  # fmt: skip


def _follow(row: Any, told: Told, names: Sequence[str], harvest: Any) -> list[str]:
    """Give a row the new values of fields that nobody corrected; an accepted one is to be looked at again."""
    applied = [name for name in names if name not in row.corrected]
    for name in applied:
        if name == "owners":
            _owners(row, told, harvest)
        elif name in told.fields:
            setattr(row, name, told.fields[name])
    if applied and row.state == "accepted":
        row.state, row.accepted_by, row.accepted_at = "proposed", "", None
    return applied


def _owners(row: Task, told: Told, harvest: Any) -> None:
    Party.objects.filter(task=row).delete()
    Party.objects.bulk_create(harvest.parties(row, told))
    row.department_id = lead_of(told, harvest)


def _drop(reading: Reading, kind: Kind, row: Any) -> None:
    """An item that the new version has no more: put aside while nobody works on it, a question otherwise."""
    if row.state in ("proposed", "accepted"):
        row.state = "rejected"
        save(row)
    elif row.state not in ("rejected", "merged", "withdrawn", "closed"):
        _ask(reading, kind, row, "version.removed")


def _ask(reading: Reading, kind: Kind, row: Any, code: str) -> None:
    tie = {kind.name: row} if kind.name in ("task", "target") else {}
    words = str(getattr(row, "text", "") or getattr(row, "name", ""))[:300]
    Question(document=reading.document, reading=reading.number, code=code, words=words, spans=row.spans, **tie).save(
        force_insert=True
    )
