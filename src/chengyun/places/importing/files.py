"""Importing a file of one layer: read, guessed, corrected, shown, checked, applied."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from chengyun.kernel.actor import Actor
from chengyun.kernel.refusal import Invalid
from chengyun.places.actions.towns import local_grid_of
from chengyun.places.importing.apply import Progress
from chengyun.places.importing.runs import (
    Origin,
    Report,
    dry_run,
    hash_of,
    import_town,
    known_areas,
    known_categories,
    with_schemes,
)
from chengyun.places.models import Area, Facility, FacilityCategory, Town
from chengyun.places.queries.addresses import locate_address
from chengyun.places.readers.convert import Converted, Surroundings, convert
from chengyun.places.readers.guard import guard
from chengyun.places.readers.mapping import FieldSpec, Reading, corrected, fields_of, guess_reading, unknown_fields
from chengyun.places.readers.table import Table, read_table
from chengyun.places.readers.vector import SUFFIXES, read_vector
from chengyun.places.readers.wide import lengthen
from chengyun.places.registry import import_columns
from chengyun.places.right import right
from chengyun.places.shapes import TownData
from chengyun.places.staging import Aside, Staging, problem, stage_shape
from chengyun.places.staging.checks import Checker, Wrong

FILE_LAYERS = ("facilities", "buildings", "areas", "gaps", "grounds", "populations", "names")
PLATE = right("plate", "a plate that no other facility has, or nothing: one is then given")
_SURE_ADDRESS = 0.8  # an address below this confidence is not good enough to put a facility on the map


@dataclass(frozen=True)
class Wish:
    """What a person says about a file; empty parts are guessed. `maps` as in `corrected`."""

    layer: str
    source: str = ""
    maps: tuple[str, ...] = ()
    mapping: Path | None = None
    system: str = ""
    encoding: str = ""
    sheet: str = ""
    complete: bool = False


@dataclass(frozen=True)
class Opened:
    """A file that was read and understood, ready to be shown and then imported."""

    path: Path
    wish: Wish
    table: Table
    reading: Reading
    around: Surroundings = field(repr=False)


def open_file(town: Town, path: Path, wish: Wish) -> Opened:
    """Read a file and decide how it is read. Raises Invalid naming the option that does not fit."""
    if wish.layer not in FILE_LAYERS:
        raise Invalid("places.layer", f"layer: one of {', '.join(FILE_LAYERS)}", field="layer")
    table = _read(path, wish)
    around = surroundings(town, wish.layer)
    more = [(name, spec) for name, spec in around.specs.items() if name in around.others]
    guessed = guess_reading(table, wish.layer, around.categories, more, centre_of(town))
    reading = corrected(guessed, table, wish.maps, wish.mapping, wish.system)
    unknown = unknown_fields(reading, around.specs)
    if unknown:
        words = f"--map: {wish.layer} have no field {unknown[0]!r}; they have: {', '.join(around.specs)}"
        raise Invalid("places.no_field", words, field="map", params={"field": unknown[0]})
    return Opened(path, wish, table, reading, around)


def check_file(town: Town, opened: Opened) -> Report:
    """Say what would be imported and what not; nothing is changed."""
    data = _frame(town)
    return dry_run(data, lambda staging: _stage(town, opened, data, staging))


def import_file(town: Town, opened: Opened, *, actor: Actor, progress: Progress | None = None) -> Report:
    """Import an opened file."""
    data = _frame(town)
    wish = opened.wish
    reading = opened.reading.plain | {"encoding": opened.table.encoding}
    origin = Origin(
        "table" if opened.table.geometries is None else "geo", wish.source or opened.path.stem[:60],
        opened.path.name, hash_of(opened.path), reading, wish.complete,
    )  # fmt: skip
    stage = lambda staging: _stage(town, opened, data, staging)  # noqa: E731
    return import_town(town, data, origin, actor=actor, progress=progress, stage=stage)


def surroundings(town: Town, layer: str) -> Surroundings:
    """What rows of a layer may lean on in this town."""
    others = {column.field: FieldSpec("text", column.synonyms) for column in import_columns(layer)}
    return Surroundings(
        categories=category_words(),
        specs=fields_of(layer) | others,
        grid=local_grid_of(town),
        locate=lambda address: _locate(town.id, address),
        others=frozenset(others),
    )


def category_words() -> Mapping[str, str]:
    """Every word that names a category: its code, its names, the parts of a name before and after a slash."""
    words: dict[str, str] = {}
    for row in FacilityCategory.objects.all():
        for word in (row.code, row.name, row.english, *row.name.split("/")):
            words.setdefault(word, row.code)
            words.setdefault(word.lower(), row.code)
    return words


def centre_of(town: Town) -> tuple[float, float] | None:
    """The middle of a town's boundary."""
    rows = Area.objects.as_system("the middle of a town").filter(town=town, level__role="town").exclude(minx=None)
    box = rows.values_list("minx", "maxx", "miny", "maxy").first()
    return ((box[0] + box[1]) / 2, (box[2] + box[3]) / 2) if box else None


def _read(path: Path, wish: Wish) -> Table:
    guard(path)
    if path.suffix.lower() in SUFFIXES:
        return read_vector(path, wish.sheet, wish.encoding)
    table = read_table(path, wish.sheet, wish.encoding)
    return lengthen(table) if wish.layer == "populations" else table


def _locate(town: int, address: str) -> tuple[float, float] | None:
    found = locate_address(town, address, 1)
    if not found or found[0].finding.confidence < _SURE_ADDRESS:
        return None
    return found[0].finding.lng, found[0].finding.lat


def _frame(town: Town) -> TownData:
    """The town as its rows are checked against: boundary and schemes, no rows."""
    rows = Area.objects.as_system("the boundary that rows are checked against").filter(town=town, level__role="town")
    area = rows.exclude(geometry=None).first()
    if area is None:
        raise Invalid("places.no_boundary", "the town has no boundary yet: import an OSM extract or its boundary first")
    return with_schemes(TownData(town.code, town.name, town.english, area.geometry, ""), town)


def _stage(town: Town, opened: Opened, data: TownData, staging: Staging) -> None:
    checker = Checker(data, known_categories(), known_areas(town))
    layer = opened.wish.layer
    rows = list(convert(opened.table, opened.reading, opened.around))
    if layer == "areas":
        checker.area_keys |= {word for row in rows for shape in row.shapes for word in (shape.key, shape.code)}
    bad = _wrong_for_others(town, layer, [row.others for row in rows])
    plates = _taken_plates(town, opened, rows) if layer == "facilities" else set()
    for row in rows:
        wrong = [
            *row.wrong,
            *_wrong_plate(row, plates),
            *((name, value, bad[name][value]) for name, value in row.others.items() if value in bad[name]),
        ]
        for name, value, expected in wrong:
            staging.complain(problem(layer, row.place, name, value, expected))
        for shape in () if wrong else row.shapes:
            stage_shape(staging, layer, shape, checker, Aside(row.place, row.others))


def _wrong_for_others(town: Town, layer: str, values: list[dict[str, str]]) -> dict[str, Mapping[str, str]]:
    """For each field of another room: value → what would be right, for the values that it does not take."""
    out: dict[str, Mapping[str, str]] = {}
    for column in import_columns(layer):
        distinct = sorted({row[column.field] for row in values if column.field in row})
        out[column.field] = column.wrong(town.id, distinct)
    return out


def _taken_plates(town: Town, opened: Opened, rows: list[Converted]) -> set[tuple[str, str]]:
    """(key, plate) of rows whose plate hangs on another thing already."""
    said = {(shape.key, shape.plate) for row in rows for shape in row.shapes if shape.plate}
    there = Facility._base_manager.filter(plate__in={plate for _, plate in said})
    source = opened.wish.source or opened.path.stem[:60]
    own = set(there.filter(town=town, source=source).values_list("external_id", "plate"))
    taken = set(there.values_list("plate", flat=True))
    return {(key, plate) for key, plate in said if plate in taken and (key, plate) not in own}


def _wrong_plate(row: Converted, taken: set[tuple[str, str]]) -> list[Wrong]:
    wrong = [shape.plate for shape in row.shapes if (shape.key, shape.plate) in taken] if taken else []
    return [("plate", plate, PLATE) for plate in wrong]
