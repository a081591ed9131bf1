"""What would be if: facilities added, moved, closed, resized in memory, and the indicators before and after."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np

from chengyun.indicators.evaluating import bound_of, today_in
from chengyun.indicators.formula.world import Ground, World
from chengyun.indicators.measuring import COLUMNS, Ready, Row, prepare, rows_of
from chengyun.indicators.rules.periods import period_of
from chengyun.indicators.worlds import Kept, world_of
from chengyun.kernel.measures import NOWHERE, Coded, Column, Table
from chengyun.kernel.refusal import Invalid
from chengyun.places.models import Facility, FacilityCategory, Town
from chengyun.places.queries.points import resolve_point

FACILITIES = "places.facilities"
_ON_FOOT = "on foot"  # what formulas say that reach along walking ways
_STATES = {"close": "out_of_service", "open": "in_service"}
Touched = frozenset[str] | None


@dataclass(frozen=True)
class Change:
    """One thing tried. act: add (category, point …), move (point), resize (capacity, floor_area), close, open."""

    act: str
    facility: UUID | None = None
    category: str = ""
    point: tuple[float, float] | None = None
    capacity: float | None = None
    floor_area: float | None = None


def try_changes(town: Town, changes: Sequence[Change], codes: Sequence[str] = ()) -> list[dict[str, Any]]:
    """The indicators that the changes touch (of these codes, if any): the areas where they differ."""
    today = today_in(town)
    with world_of(town) as kept:
        tried, touched = tried_world(kept.world, town, changes, today)
        return before_and_after(town, kept, tried, Asked(touched, codes=tuple(codes)))


@dataclass(frozen=True)
class Asked:
    """Which indicators are reckoned twice: these codes; else those that read touched categories, or streets."""

    touched: Touched
    streets: bool = False
    codes: tuple[str, ...] = ()


def before_and_after(town: Town, kept: Kept, tried: World, asked: Asked) -> list[dict[str, Any]]:
    """The indicators asked for, as they are and as they would be: the areas where they differ."""
    today = today_in(town)
    every = [one for one in bound_of(town, kept) if one.bound is not None]
    wanted = [one for one in every if one.indicator.code in asked.codes or (not asked.codes and _reads(one, asked))]
    prepare(wanted, kept.world, [period_of(today, one.version.frequency).until(today) for one in wanted])
    return [_before_and_after(kept, tried, one, today) for one in wanted]


def _reads(one: Ready, asked: Asked) -> bool:
    if asked.streets and _ON_FOOT in one.version.formula:
        return True
    return any(use.meets(FACILITIES, asked.touched) for use in one.reads)


def tried_world(
    world: World, town: Town, changes: Sequence[Change], today: date, ground: Ground | None = None
) -> tuple[World, Touched]:
    """The world with the changes (and on another ground), and the categories that they touch. Raises Invalid."""
    world.held(FACILITIES, today, today)
    tried, touched = world.overlaid(ground), frozenset[str]()
    keys = _keys(town, changes)
    for number, change in enumerate(changes):
        key = keys.get(change.facility) if change.facility else -1 - number
        if key is None:
            raise Invalid("indicators.no_facility", f"changes.{number}: there is no such facility", field="changes")
        table = tried.held(FACILITIES, today, today).table
        old = table.take(table.key == key)
        fresh = _changed(old, change) if change.facility else _added(table, town, change, key)
        touched |= tried.replace_rows(FACILITIES, frozenset({key}), fresh) or frozenset()
    return tried, touched


def _keys(town: Town, changes: Sequence[Change]) -> dict[UUID, int]:
    wanted = [change.facility for change in changes if change.facility]
    rows = Facility.objects.as_system("facilities that are tried otherwise").filter(town=town, uuid__in=wanted)
    return dict(rows.values_list("uuid", "pk"))


def _changed(old: Table, change: Change) -> Table:
    """A facility's row with what is tried of it."""
    columns: dict[str, Column] = dict(old.columns)
    if change.act in _STATES:
        columns["state"] = Coded.of([_STATES[change.act]] * len(old))
    for name in ("capacity", "floor_area"):
        value = getattr(change, name)
        if value is not None:
            columns[name] = np.full(len(old), value)
    if change.act == "move" and change.point:
        return replace(_at(old, change.point), columns=columns, entrances=None)
    return replace(old, columns=columns)


def _added(table: Table, town: Town, change: Change, key: int) -> Table:
    """The row of a facility that is not there, in service."""
    if change.point is None or not change.category:
        raise Invalid("indicators.add_what", "changes: what is added has a category and a point", field="changes")
    if not FacilityCategory.objects.filter(code=change.category).exists():
        raise Invalid("indicators.no_category", f"changes: there is no {change.category!r}", field="changes")
    known: dict[str, Any] = {"category": change.category, "state": "in_service"}
    known |= {"capacity": change.capacity, "floor_area": change.floor_area}
    columns = {name: _blank(column, known.get(name)) for name, column in table.columns.items()}
    spot = resolve_point(town.pk, *change.point)
    for role in ("community", "compound"):
        if role in columns:
            columns[role] = np.array([getattr(spot, role) or NOWHERE], dtype=np.int64)
    areas = {role: np.array([getattr(spot, role, None) or NOWHERE], dtype=np.int64) for role in table.areas}
    return _at(Table(np.array([key], dtype=np.int64), columns, areas), change.point)


def _blank(column: Column, value: Any) -> Column:
    """One row of a column: a value, or not known."""
    if isinstance(column, Coded):
        return Coded.of([value])
    if column.dtype.kind == "f":
        return np.array([np.nan if value is None else value])
    return np.full(1, NOWHERE if column.dtype.kind == "i" else "NaT", dtype=column.dtype)


def _at(table: Table, point: tuple[float, float]) -> Table:
    """The rows at another point."""
    return replace(table, lng=np.full(len(table), point[0]), lat=np.full(len(table), point[1]))


def _before_and_after(kept: Kept, tried: World, one: Ready, today: date) -> dict[str, Any]:
    period = period_of(today, one.version.frequency).until(today)
    before = rows_of(one, kept.world, kept.catalogue, period)
    after = rows_of(one, tried, kept.catalogue, period)
    differ = [(a, b) for a, b in zip(before, after, strict=True) if a != b or a[0] == "town"]
    row, version = one.indicator, one.version
    return {
        "id": row.uuid, "code": row.code, "zh": row.zh, "en": row.en, "unit": version.unit,
        "decimals": version.decimals, "ascending": version.ascending,
        "areas": [{"area": _area(kept, a), "before": _figure(a), "after": _figure(b)} for a, b in differ],
    }  # fmt: skip


def _area(kept: Kept, row: Row) -> dict[str, Any]:
    area = kept.ground.rows[row[1]]
    named = {"id": area.uuid, "code": area.code, "name": area.name, "english": area.english}
    return named | {"role": row[0], "level": area.level.name}


def _figure(row: Row) -> dict[str, Any]:
    return dict(zip(COLUMNS[2:], row[2:], strict=True))
