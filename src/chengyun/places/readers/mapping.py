"""Which column is which field, guessed from headings and values; shown before anything is imported, and correctable."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import shapely
import yaml

from chengyun.kernel.refusal import Invalid
from chengyun.places.coordinates import guess_system, system_name
from chengyun.places.coordinates.systems import UnknownSystemError
from chengyun.places.readers.osm.rules import data_file
from chengyun.places.readers.table import Table
from chengyun.places.readers.values import WrongError, read_value
from chengyun.places.right import right

_SAMPLE = 200  # rows by which a guess is tried
_PART = 0.6  # how sure a heading is that only contains a field's word


@dataclass(frozen=True)
class FieldSpec:
    """A field of a layer: how its cells are read, and the headings that mean it."""

    kind: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """How a file is read: field → heading, fixed values, system. `sure` 0..1 per field; `notes` are for people."""

    layer: str
    columns: Mapping[str, str]
    fixed: Mapping[str, Any] = field(default_factory=dict)
    system: str = "wgs84"
    swapped: bool = False
    sure: Mapping[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()  # headings that no field took: kept as facts where the layer has facts

    @property
    def plain(self) -> dict[str, Any]:
        """What an import run remembers, and what a mapping file may hold."""
        return {
            "layer": self.layer,
            "columns": dict(self.columns),
            "fixed": dict(self.fixed),
            "system": self.system,
            "swapped": self.swapped,
        }


@lru_cache(maxsize=16)
def fields_of(layer: str) -> dict[str, FieldSpec]:
    """The fields of a layer by name. Raises KeyError for a layer that files cannot bring."""
    listed = data_file("fields.yaml")["layers"][layer]
    return {name: FieldSpec(spec["type"], (name, *map(str, spec["words"]))) for name, spec in listed.items()}


def guess_reading(
    table: Table, layer: str, categories: Mapping[str, str], more: Iterable[tuple[str, FieldSpec]] = (),
    near: tuple[float, float] | None = None,
) -> Reading:  # fmt: skip
    """Guess how `table` is read as `layer`. `more` are fields of other rooms; `near` is the town's centre."""
    specs = fields_of(layer) | dict(more)
    marks = sorted(
        (
            (mark, -place, name, heading)
            for name, spec in specs.items()
            for place, heading in enumerate(table.headings)
            if (mark := likeness(heading, spec.words)) > 0 and _fits(table.column(heading), spec.kind, categories)
        ),
        reverse=True,
    )
    columns: dict[str, str] = {}
    sure: dict[str, float] = {}
    for mark, _, name, heading in marks:
        if name not in columns and heading not in columns.values():
            columns[name], sure[name] = heading, round(mark, 2)
    reading = Reading(layer, columns, sure=sure, extra=_extra(table, columns))
    return _with_system(table, reading, near)


def corrected(reading: Reading, table: Table, maps: Sequence[str], file: Path | None, system: str) -> Reading:
    """The reading after what a person said: "heading=field", "field:=fixed value", a mapping file, a system.

    Raises Invalid naming the part that does not fit.
    """
    columns, fixed = dict(reading.columns), dict(reading.fixed)
    if file is not None:
        columns, fixed, system = _from_file(file, columns, fixed, system)
    for text in maps:
        if ":=" in text:
            name, _, value = text.partition(":=")
            fixed[name.strip()] = value.strip()
        else:
            heading, _, name = (part.strip() for part in text.rpartition("="))
            columns = {f: h for f, h in columns.items() if h != heading and f != name} | (
                {name: heading} if name else {}
            )
    missing = [heading for heading in columns.values() if heading not in table.headings]
    if missing:
        words = f"--map: there is no column {missing[0]!r}; there are: {', '.join(table.headings)}"
        said = {"name": missing[0], "names": ", ".join(table.headings)}
        raise Invalid("places.file_no_column", words, field="map", params=said)
    try:
        chosen = system_name(system) if system else reading.system
    except UnknownSystemError as error:
        raise Invalid("places.no_system", f"--crs: {error}", field="crs") from error
    swapped = reading.swapped if not system else False
    return replace(reading, columns=columns, fixed=fixed, system=chosen, swapped=swapped, extra=_extra(table, columns))


def unknown_fields(reading: Reading, known: Iterable[str]) -> list[str]:
    """Fields of a reading that its layer does not have."""
    return sorted((set(reading.columns) | set(reading.fixed)) - set(known))


def _from_file(
    file: Path, columns: dict[str, str], fixed: dict[str, Any], system: str
) -> tuple[dict[str, str], dict[str, Any], str]:
    try:
        said = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise _no_mapping(file) from error
    if not isinstance(said, dict) or not all(isinstance(said.get(key, {}), dict) for key in ("columns", "fixed")):
        raise _no_mapping(file)
    return (
        columns | dict(said.get("columns", {})),
        fixed | dict(said.get("fixed", {})),
        system or said.get("system", ""),
    )


def _no_mapping(file: Path) -> Invalid:
    words = f"{file.name}: a mapping file is YAML with the keys columns, fixed and system"
    return Invalid("places.file_mapping", words, field="mapping")


def likeness(heading: str, words: Sequence[str]) -> float:
    """1 for a heading that is one of the words, less for one that contains it; earlier words count more."""
    plain = _bare(heading)
    best = 0.0
    for order, word in enumerate(words):
        wanted = _bare(word)
        if plain == wanted:
            mark = 1.0
        elif len(wanted) > 1 and wanted in plain:
            mark = _PART + 0.3 * len(wanted) / len(plain)
        else:
            continue
        best = max(best, mark - 0.005 * order)
    return best


def _bare(text: str) -> str:
    """Without case, marks and what stands in brackets: "经度(X)" is 经度."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[\s_\-/:.*#]", "", re.sub(r"\(.*?\)|\[.*?\]", "", plain) or plain)


def _fits(cells: list[Any], kind: str, categories: Mapping[str, str]) -> bool:
    """Whether most cells can be read as the field's kind."""
    sample = [cell for cell in cells if cell != ""][:_SAMPLE]
    if kind in {"text", "category", "state", "use", "basis"} or not sample:
        return True
    good = 0
    for cell in sample:
        try:
            read_value(kind, cell, categories)
            good += 1
        except WrongError:
            continue
    return good >= 0.5 * len(sample)


def _extra(table: Table, columns: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(heading for heading in table.headings if heading not in columns.values())


def _with_system(table: Table, reading: Reading, near: tuple[float, float] | None) -> Reading:
    """The system that the file names, else the one its numbers look like."""
    if table.system:
        return replace(
            reading,
            system=system_name(table.system),
            notes=(right("note_file", "the file says {system}", system=table.system),),
        )
    coords, headings = _coordinates(table, reading)
    if not len(coords):
        return reading
    guess = guess_system(coords, headings, near)
    notes: tuple[str, ...] = (guess.reason,)
    if guess.swapped:
        notes += (right("note_swapped", "the first column is the northing (latitude)"),)
    return replace(
        reading,
        system=guess.system,
        swapped=guess.swapped,
        notes=notes,
        sure={**reading.sure, "system": guess.confidence},
    )


def _coordinates(table: Table, reading: Reading) -> tuple[Any, str]:
    """Some coordinates of a table, and the headings they stand under."""
    if table.geometries is not None:
        return shapely.get_coordinates(table.geometries[:_SAMPLE]), ""
    names = [reading.columns[name] for name in ("lng", "lat", "point") if name in reading.columns]
    pairs: list[tuple[float, float]] = []
    for row in table.rows[:_SAMPLE]:
        pair = _pair(table, reading, row)
        if pair:
            pairs.append(pair)
    return np.array(pairs, dtype=np.float64).reshape(-1, 2), " ".join(names)


def _pair(table: Table, reading: Reading, row: list[Any]) -> tuple[float, float] | None:
    cell = {name: row[table.headings.index(heading)] for name, heading in reading.columns.items()}
    try:
        if cell.get("lng", "") != "" and cell.get("lat", "") != "":
            return read_value("longitude", cell["lng"], {}), read_value("latitude", cell["lat"], {})
        if cell.get("point", "") != "":
            point = read_value("point", cell["point"], {})
            return float(point.centroid.x), float(point.centroid.y)
    except WrongError:
        return None
    return None
