"""Writing registers and their records."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from shapely import Point

from chengyun.accounts.models import Department
from chengyun.indicators.models import Register, RegisterEntry
from chengyun.indicators.registers.events import (
    EntriesImported,
    EntryRemoved,
    EntrySet,
    RegisterRetired,
    RegisterSet,
)
from chengyun.indicators.registers.shapes import EntryShape, RegisterShape, plain, problems, read_entry, shape_of
from chengyun.kernel.access import require
from chengyun.kernel.action import action, lock, save
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.ids import new_uuid
from chengyun.kernel.journal.record import record
from chengyun.kernel.refusal import Conflict, Invalid
from chengyun.places.models import Area
from chengyun.places.queries import resolve_point

BATCH = 500
WRITE = "indicators.registers.write"
SMALL = "a small letter, then small letters, digits and _"
NAMES = f"1 to 60 columns, each with a code of its own: {SMALL}"
KINDS = "number, choice, date, text, flag or place; only a choice has words"
WRONG: dict[str, Callable[[str], Invalid]] = {
    "code": lambda at: Invalid("indicators.register_code", f"{at}: {SMALL}, at most 60", field=at),
    "columns": lambda at: Invalid("indicators.register_columns", f"{at}: {NAMES}", field=at),
    "kind": lambda at: Invalid("indicators.register_kind", f"{at}: {KINDS}", field=at),
    "key": lambda at: Invalid("indicators.register_key", f"{at}: one of the columns", field=at),
    "day": lambda at: Invalid("indicators.register_day", f"{at}: one of the columns, of the kind date", field=at),
}
"""What is said of each part of a definition that is wrong."""


def shape_of_register(register: Register) -> RegisterShape:
    """The definition that a row holds."""
    names = ("code", "zh", "en", "columns", "key", "day", "note_zh", "note_en", "complete")
    rows = Department.objects.as_system("who keeps a register").filter(pk=register.department_id)
    kept_by = rows.values_list("code", flat=True).first() if register.department_id is not None else None
    return shape_of({name: getattr(register, name) for name in names} | {"department": kept_by or ""})


@action
def save_register(
    town: int, *, actor: Actor, given: RegisterShape, row: Register | None = None, expected: int | None = None
) -> Register:
    """A new register, or another definition of one; its records stay as they are."""
    register = lock(row, expected) if row is not None else Register(town_id=town, code=given.code)
    require(actor, WRITE, at=register)
    _check(register, given)
    for name in ("zh", "en", "key", "day", "note_zh", "note_en", "complete"):
        setattr(register, name, getattr(given, name))
    register.columns, register.retired_at = plain(given), None
    register.department_id = _department(town, given.department)
    save(register)
    record(RegisterSet(register.code, tuple(c.name for c in given.columns), register.complete), register, actor)
    return register


def _department(town: int, code: str) -> int | None:
    """Who keeps a register; nobody where the town has no such department."""
    rows = Department.objects.as_system("who keeps a register").filter(town_id=town, code=code, is_open=True)
    return rows.values_list("pk", flat=True).first() if code else None


def _check(register: Register, given: RegisterShape) -> None:
    wrong = problems(given)
    if wrong:
        part = wrong[0].partition(".")[0] if not wrong[0].endswith(".kind") else "kind"
        raise WRONG[part](wrong[0])
    rows = Register.objects.as_system("a code is given once in a town").filter(town_id=register.town_id)
    if rows.filter(code=given.code).exclude(pk=register.pk).exists():
        raise Conflict("indicators.register_taken", f"code: there is a register {given.code} already", field="code")
    if register.pk and register.code != given.code:
        raise Invalid("indicators.code_fixed", "code: a register keeps its code", field="code")


@action
def retire_register(row: Register, *, actor: Actor, expected: int) -> Register:
    """Take a register out of use; what was measured by it stays."""
    register = lock(row, expected)
    require(actor, WRITE, at=register)
    register.retired_at = now()
    save(register)
    record(RegisterRetired(register.code), register, actor)
    return register


@action
def add_entry(register: Register, *, actor: Actor, cells: Mapping[str, Any]) -> RegisterEntry:
    """A record by hand. Raises Invalid that names the column."""
    shape = shape_of_register(register)
    given = _read(shape, cells)
    row = RegisterEntry(town_id=register.town_id, register=register, code=_own_code(shape, given))
    _put(row, given, Placing(register.town_id, [given]), "")
    require(actor, WRITE, at=row)
    _only_once(row)
    row.save()
    record(EntrySet(register.code, row.pk, tuple(sorted(given.values))), row, actor)
    return row


@action
def change_entry(row: RegisterEntry, *, actor: Actor, expected: int, cells: Mapping[str, Any]) -> RegisterEntry:
    """Other values for some columns; an empty cell takes a value away."""
    entry = lock(row, expected)
    require(actor, WRITE, at=entry)
    shape = shape_of_register(entry.register)
    before = dict(entry.values)
    point = {"lng": entry.minx, "lat": entry.miny}
    given = _read(shape, {**point, **before, **cells})
    entry.code = given.code if shape.key and given.code[:1] != "#" else entry.code
    _put(entry, given, Placing(entry.town_id, [given]), entry.source)
    require(actor, WRITE, at=entry)
    _only_once(entry)
    save(entry)
    different = sorted(n for n in before.keys() | given.values.keys() if before.get(n) != given.values.get(n))
    record(EntrySet(entry.register.code, entry.pk, tuple(different)), entry, actor)
    return entry


@action
def remove_entry(row: RegisterEntry, *, actor: Actor, expected: int) -> RegisterEntry:
    """Strike a record out; it stays in the table, and no formula counts it."""
    entry = lock(row, expected)
    require(actor, WRITE, at=entry)
    entry.retired_at = now()
    save(entry)
    record(EntryRemoved(entry.register.code, entry.pk), entry, actor)
    return entry


@dataclass
class Taken:
    """What became of the records of a file."""

    new: int = 0
    changed: int = 0
    same: int = 0


def import_entries(
    register: Register, given: Sequence[EntryShape], *, actor: Actor, source: str,
    progress: Callable[[int, int], None] | None = None,
) -> Taken:  # fmt: skip
    """Take the records of a file in, by the hundred; a record that is there already by its key is changed.

    Where a register has no key, a record that says the same as one that is there is that one.
    """
    total, there = Taken(), None if register.key else _there(register)
    for first in range(0, len(given), BATCH):
        taken = take_batch(register, actor=actor, given=given[first : first + BATCH], source=source, there=there)
        total = Taken(total.new + taken.new, total.changed + taken.changed, total.same + taken.same)
        if progress:
            progress(min(first + BATCH, len(given)), len(given))
    return total


@action
def take_batch(
    register: Register, *, actor: Actor, given: Sequence[EntryShape], source: str, there: Counter[str] | None = None
) -> Taken:
    """Some records of a file, in one transaction; `there`: what records without a key say already, and how often."""
    held = lock(register, None)
    require(actor, WRITE, at=held)
    shape, placing = shape_of_register(held), Placing(held.town_id, given)
    rows = RegisterEntry.objects.as_system("what a file brings again").filter(register=held, retired_at=None)
    known = {row.code: row for row in rows.filter(code__in=[one.code for one in given])} if shape.key else {}
    taken, fresh = Taken(), []
    for one in given:
        row = known.get(one.code)
        if there and there[mark := _said(one.values)] > 0:
            there[mark] -= 1
            taken.same += 1
        elif row is None:
            row = RegisterEntry(town_id=held.town_id, register=held, code=_own_code(shape, one))
            _put(row, one, placing, source)
            fresh.append(row)
        elif row.values == dict(one.values):
            taken.same += 1
        else:
            _put(row, one, placing, source)
            save(row)
            taken.changed += 1
    taken.new = len(RegisterEntry.objects.as_system("records of a file").bulk_create(fresh))
    save(held)
    record(EntriesImported(held.code, **asdict(taken)), held, actor)
    return taken


def _there(register: Register) -> Counter[str]:
    """What the records of a register say, and how many say it."""
    rows = RegisterEntry.objects.as_system("what a file may bring again").filter(register=register, retired_at=None)
    return Counter(_said(values) for values in rows.values_list("values", flat=True).iterator())


def _said(values: Mapping[str, Any]) -> str:
    return json.dumps(values, sort_keys=True, ensure_ascii=False, default=str)


def _own_code(shape: RegisterShape, given: EntryShape) -> str:
    return given.code if shape.key and given.code[:1] != "#" else str(new_uuid())


def _read(shape: RegisterShape, cells: Mapping[str, Any]) -> EntryShape:
    unknown = sorted(set(cells) - {c.name for c in shape.columns} - {"lng", "lat"})
    if unknown:
        raise Invalid("indicators.no_column", f"{unknown[0]}: the register has no such column", field=unknown[0])
    given, wrong = read_entry(shape, cells)
    if wrong:
        first = wrong[0]
        raise Invalid(
            "indicators.cell", f"{first.column}: {first.wanted}", field=first.column, params={"wanted": first.wanted}
        )
    return given


def _only_once(row: RegisterEntry) -> None:
    rows = RegisterEntry.objects.as_system("a key stands once in a register").filter(register_id=row.register_id)
    if rows.filter(code=row.code, retired_at=None).exclude(pk=row.pk).exists():
        raise Conflict("indicators.entry_taken", f"code: there is a record {row.code} already", field="code")


class Placing:
    """Where records are: by their point, else by the name or code of an area."""

    def __init__(self, town: int, given: Iterable[EntryShape]) -> None:
        named = {one.place for one in given if one.place}
        rows = Area.objects.as_system("where records of a register are").filter(town_id=town, retired_at=None)
        areas = list(rows.select_related("level").order_by("level__rank")) if named else []
        self.areas = {word: area for area in areas for word in (area.name, area.code) if word in named}
        self.paths = {area.pk: area.level.role for area in areas}
        self.town = town

    def put(self, row: RegisterEntry, given: EntryShape) -> None:
        """Set the areas and the point of a record."""
        area = self.areas.get(given.place)
        if given.lng is not None and given.lat is not None:
            row.locate(Point(given.lng, given.lat))
            spot = resolve_point(self.town, given.lng, given.lat)
            row.grid_id, row.community_id, row.compound_id = spot.grid, spot.community, spot.compound
        elif area is not None:
            row.locate(area.geometry.representative_point() if area.geometry is not None else None)
            above = {self.paths.get(int(step)): int(step) for step in area.path.split("/") if step}
            row.grid_id, row.community_id = above.get("grid"), above.get("community")
            row.compound_id = above.get("compound")
        else:
            row.locate(None)
            row.grid_id = row.community_id = row.compound_id = None


def _put(row: RegisterEntry, given: EntryShape, placing: Placing, source: str) -> None:
    row.values, row.label, row.happened_on, row.source = dict(given.values), given.label, given.day, source[:120]
    placing.put(row, given)
