"""Every register is a measure: `registers.<code>`, whose fields are its columns."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from chengyun.indicators.models import Register, RegisterEntry
from chengyun.indicators.registers.actions import shape_of_register
from chengyun.indicators.registers.shapes import ColumnShape, RegisterShape, standard_registers
from chengyun.kernel.actor import Actor
from chengyun.kernel.events import EntryView
from chengyun.kernel.measures import (
    NOWHERE,
    Ask,
    Coded,
    Column,
    Field,
    Floats,
    Measure,
    Missing,
    Row,
    Table,
    offer_family,
)

PREFIX = "registers"
_KINDS: dict[str, Any] = {
    "number": "number", "flag": "flag", "date": "day", "choice": "choice", "text": "choice", "place": "choice",
}  # fmt: skip
_REFS = (
    Field("community", "ref", "居村", "community", of="places.communities"),
    Field("compound", "ref", "小区", "compound", of="places.compounds"),
)
_SOME = 900


def find(name: str) -> Measure | None:
    """The measure of a register; None where no town has such a register and the library asks for none."""
    code = name.partition(".")[2]
    shape = _shapes((code,)).get(code)
    return _measure(shape) if shape else None


def listed() -> Sequence[Measure]:
    """The measures of all registers."""
    return [_measure(shape) for _, shape in sorted(_shapes(None).items())]


def _shapes(codes: Sequence[str] | None) -> dict[str, RegisterShape]:
    """Definitions by code: the library's, then those that towns made themselves or changed."""
    known = {code: shape for code, shape in standard_registers().items() if codes is None or code in codes}
    rows = Register.objects.as_system("what formulas may count").filter(retired_at=None)
    rows = rows if codes is None else rows.filter(code__in=codes)
    return known | {row.code: shape_of_register(row) for row in rows.order_by("pk")}


def _measure(shape: RegisterShape) -> Measure:
    own = tuple(_field(column) for column in shape.columns)
    taken = {one.name for one in own}
    return Measure(
        name=f"{PREFIX}.{shape.code}",
        zh=shape.zh,
        en=shape.en,
        unit="条",
        permission="indicators.registers.read",
        fields=own + tuple(one for one in _REFS if one.name not in taken),
        load=lambda ask: load(shape, ask),
        rows=lambda actor, town, keys: shown_rows(shape.code, actor, town, keys),
        events=("indicators.register_*", "indicators.entry_*", "indicators.entries_imported"),
        key_of=entry_of,
    )


def _field(column: ColumnShape) -> Field:
    words = column.words
    choices = (lambda _: words) if words else None
    return Field(column.name, _KINDS[column.kind], column.zh, column.en, column.unit, choices=choices)


def entry_of(entry: EntryView) -> int | None:
    """The record that an entry of the journal is about; None for several."""
    value = entry.facts.get("entry")
    return int(value) if value is not None else None


def load(shape: RegisterShape, ask: Ask) -> Table:
    """Every record of a town; a register without a single one is not there at all."""
    rows = RegisterEntry.objects.as_system("what formulas count").filter(
        register__town_id=ask.town, register__code=shape.code, register__retired_at=None, retired_at=None
    )
    wanted = rows if ask.keys is None else rows.filter(pk__in=list(ask.keys))
    names = ("id", "values", "happened_on", "grid_id", "community_id", "compound_id", "minx", "miny", "source")
    turned = list(zip(*wanted.values_list(*names), strict=True)) or [()] * len(names)
    ids, values, days, grid, community, compound, lng, lat, sources = turned
    absent = not ids and not (ask.keys is not None and rows.exists())
    places = {"grid": _keys(grid), "community": _keys(community), "compound": _keys(compound)}
    columns = {"community": places["community"], "compound": places["compound"]} | {
        column.name: _column(column, values) for column in shape.columns
    }
    return Table(
        np.array(ids, dtype=np.int64), columns, places, _floats(lng), _floats(lat),
        _days(days) if shape.day else None, source=next(iter(sources), "") or shape.zh,
        as_of=max((day for day in days if day), default=None),
        missing=Missing(shape.code, shape.zh, shape.en) if absent else None, partial=not shape.complete,
    )  # fmt: skip


def _column(column: ColumnShape, values: Sequence[Mapping[str, Any]]) -> Column:
    cells = [one.get(column.name) for one in values]
    if column.kind in {"number", "flag"}:
        return _floats(cells)
    if column.kind == "date":
        return _days(cells)
    return Coded.of(None if cell is None else str(cell) for cell in cells)


def _keys(values: Sequence[int | None]) -> "np.ndarray[Any, np.dtype[np.int64]]":
    return np.array([NOWHERE if v is None else v for v in values], dtype=np.int64)


def _floats(values: Sequence[Any]) -> Floats:
    return np.array([np.nan if v is None else v for v in values], dtype=np.float64)


def _days(values: Sequence[Any]) -> "np.ndarray[Any, np.dtype[np.datetime64]]":
    return np.array([np.datetime64("NaT") if v is None else v for v in values], dtype="datetime64[D]")


def shown_rows(code: str, actor: Actor, town: int, wanted: Sequence[int]) -> Sequence[Row]:
    """The records as a list and a layer show them, only those that the actor may see."""
    seen = RegisterEntry.objects.within(actor, "indicators.registers.read").filter(town_id=town)
    found: dict[int, Row] = {}
    for part in np.array_split(list(wanted), len(wanted) // _SOME + 1):
        for row in seen.filter(pk__in=part.tolist()):
            link = f"/registers/{code}?chosen={row.uuid}"
            found[row.pk] = Row(
                row.pk, f"register_entry:{row.uuid}", row.label or row.code, "", link, row.minx, row.miny,
                f"register.{code}",
            )  # fmt: skip
    return [found[key] for key in wanted if key in found]


def offer_registers() -> None:
    """Make every register a measure."""
    offer_family(PREFIX, find, listed)
