"""A register as a file says it, and cells as values of its columns. Free of Django."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml

from chengyun.indicators.formula.units import unit_of
from chengyun.places.readers.values import WrongError, day, number, yes_no

Kind = Literal["number", "choice", "date", "text", "flag", "place"]
KINDS: tuple[Kind, ...] = ("number", "choice", "date", "text", "flag", "place")
STANDARD = Path(__file__).parents[1] / "library" / "registers.yaml"
LONGEST = 500


@dataclass(frozen=True)
class ColumnShape:
    """A column. `place`: the name or code of an area of the town; `words`: a choice's, as (code, Chinese, English)."""

    name: str
    zh: str
    en: str
    kind: Kind = "text"
    unit: str = ""
    required: bool = False
    words: tuple[tuple[str, str, str], ...] = ()
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True)
class RegisterShape:
    """A register. `key`: the column by which a record is known again; `day`: the column that says when it counts.

    `department`: the code of the department that keeps it.
    """

    code: str
    zh: str
    en: str
    columns: tuple[ColumnShape, ...] = ()
    key: str = ""
    day: str = ""
    note_zh: str = ""
    note_en: str = ""
    complete: bool = True
    department: str = ""

    def column(self, name: str) -> ColumnShape | None:
        """The column of this name, if any."""
        return next((one for one in self.columns if one.name == name), None)


@dataclass(frozen=True)
class EntryShape:
    """A record as read: values by column (days as ISO text), the words of its place, its day and label."""

    code: str
    label: str
    values: Mapping[str, Any]
    day: date | None = None
    place: str = ""
    lng: float | None = None
    lat: float | None = None


@dataclass(frozen=True)
class Wrong:
    """A cell that cannot be taken. `wanted`: what would be right; `why`: kind, required, unit, place or twice."""

    column: str
    value: str
    wanted: str
    why: str = "kind"


class UnitError(WrongError):
    """A number in a unit that cannot be the column's."""


@dataclass
class Read:
    """What came of the rows of a table: entries, and for each row that was left out its place and what is wrong."""

    entries: list[EntryShape] = field(default_factory=list)
    bad: list[tuple[str, list[Wrong]]] = field(default_factory=list)


@lru_cache(maxsize=1)
def standard_registers() -> dict[str, RegisterShape]:
    """The registers that the library's indicators ask for, by code."""
    rows = yaml.safe_load(STANDARD.read_text(encoding="utf-8"))["registers"]
    return {row["code"]: shape_of(row) for row in rows}


def shape_of(row: Mapping[str, Any]) -> RegisterShape:
    """A register from plain values. Raises TypeError for names that it does not know."""
    columns = tuple(_column(one) for one in row.get("columns", ()))
    return RegisterShape(**{**row, "columns": columns})


def _column(row: Mapping[str, Any]) -> ColumnShape:
    words = tuple((str(code), str(zh), str(en)) for code, zh, en in row.get("words", ()))
    return ColumnShape(**{**row, "words": words, "synonyms": tuple(row.get("synonyms", ()))})


def plain(shape: RegisterShape) -> list[dict[str, Any]]:
    """The columns as they are kept."""
    return [asdict(one) for one in shape.columns]


def problems(shape: RegisterShape) -> list[str]:
    """What is wrong with a definition, as codes: nothing for one that can be kept."""
    names = [one.name for one in shape.columns]
    found = []
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,59}", shape.code):
        found.append("code")
    if not shape.columns or len(set(names)) != len(names) or len(names) > 60:
        found.append("columns")
    found += [f"columns.{n}" for n in names if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", n)]
    found += [
        f"columns.{c.name}.kind" for c in shape.columns if c.kind not in KINDS or (c.words and c.kind != "choice")
    ]
    found += [part for part in ("key", "day") if (name := getattr(shape, part)) and name not in names]
    wanted = shape.column(shape.day)
    return [*found, "day"] if wanted and wanted.kind != "date" else found


def read_entry(shape: RegisterShape, cells: Mapping[str, Any], number_: int = 0) -> tuple[EntryShape, list[Wrong]]:
    """A record from cells by column name; `lng`, `lat` may be among them. What cannot be read is said."""
    values, wrong = {}, []
    for column in shape.columns:
        cell = cells.get(column.name)
        text = "" if cell is None else str(cell).strip()
        if not text:
            if column.required:
                wrong.append(Wrong(column.name, "", "a value", "required"))
            continue
        try:
            values[column.name] = _value(column, cell)
        except WrongError as error:
            why = "unit" if isinstance(error, UnitError) else "kind"
            wrong.append(Wrong(column.name, text[:80], str(error), why))
    point = _point(cells, wrong)
    place = next((str(values[c.name]) for c in shape.columns if c.kind == "place" and c.name in values), "")
    own = values.get(shape.key)
    label = next((str(values[c.name]) for c in shape.columns if c.kind in {"text", "place"} and c.name in values), "")
    code = str(own) if own is not None else f"#{number_}"
    at = values.get(shape.day)
    return EntryShape(code[:120], label[:200], values, date.fromisoformat(at) if at else None, place, *point), wrong


def _value(column: ColumnShape, cell: Any) -> Any:
    if column.kind == "number":
        return _measured(column, cell)
    if column.kind == "flag":
        return yes_no(cell)
    if column.kind == "date":
        return day(cell).isoformat()
    text = str(cell).strip()
    if column.kind == "choice" and column.words:
        return _word(column, text)
    if len(text) > LONGEST:
        raise WrongError(f"at most {LONGEST} characters")
    return text


def _measured(column: ColumnShape, cell: Any) -> float:
    """A number in the column's unit: 3亩 of a column in m2 are 2,000. Raises WrongError for a unit of another kind."""
    value = number(cell)
    said = re.sub(r"^.*[\d.]\s*万?\s*", "", unicodedata.normalize("NFKC", str(cell))).strip()
    if not said or isinstance(cell, int | float):
        return value
    found, wanted = unit_of(said), unit_of(column.unit)
    if found.physical != wanted.physical:
        raise UnitError(f"a number in {column.unit or '1'}, not in {said}")
    if column.unit and found.dims == wanted.dims:
        return value * found.scale / wanted.scale
    return value


def _word(column: ColumnShape, text: str) -> str:
    for word in column.words:
        if text in word:
            return word[0]
    raise WrongError("one of " + ", ".join(word[1] for word in column.words))


def _point(cells: Mapping[str, Any], wrong: list[Wrong]) -> tuple[float | None, float | None]:
    if cells.get("lng") in (None, "") or cells.get("lat") in (None, ""):
        return None, None
    try:
        lng, lat = number(cells["lng"]), number(cells["lat"])
    except WrongError as error:
        wrong.append(Wrong("lng", str(cells["lng"])[:80], str(error)))
        return None, None
    if not (-180 <= lng <= 180 and -90 <= lat <= 90):
        wrong.append(Wrong("lng", f"{lng}, {lat}", "degrees (WGS 84)"))
        return None, None
    return lng, lat


def headings(shape: RegisterShape) -> dict[str, Sequence[str]]:
    """The headings by which each column is recognised in a file."""
    found: dict[str, Sequence[str]] = {c.name: (c.zh, c.name, c.en, *c.synonyms) for c in shape.columns}
    return found | {"lng": ("经度", "lng", "longitude"), "lat": ("纬度", "lat", "latitude")}
