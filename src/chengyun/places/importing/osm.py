"""An OpenStreetMap extract as a town: read, checked, imported."""

from pathlib import Path
from typing import Any

from chengyun.kernel.actor import Actor
from chengyun.kernel.refusal import Invalid
from chengyun.places.actions.towns import found_town
from chengyun.places.bulk import plan_of
from chengyun.places.importing.apply import Progress
from chengyun.places.importing.runs import Origin, Report, hash_of, import_town, with_schemes
from chengyun.places.readers.osm import read_osm
from chengyun.places.shapes import TownData


def open_osm(path: Path, code: str, name: str = "", boundary: Any = None, progress: Progress | None = None) -> TownData:
    """Read an extract. Raises Invalid for a file that is none."""
    tell = (lambda done, words: progress(done, 0, words)) if progress else None
    try:
        return read_osm(path, code, name, boundary, tell)
    except (RuntimeError, ValueError) as error:  # what the reader of the format says of a broken file
        words = f"{path.name}: not an OpenStreetMap extract ({error})"
        raise Invalid("places.not_osm", words, field="file") from error


def import_osm(
    data: TownData, path: Path, *, actor: Actor, progress: Progress | None = None, file_name: str = ""
) -> Report:
    """Found the town of an extract, or find it again, and import all its layers."""
    town = found_town(plan_of(data), actor=actor)
    origin = Origin("osm", f"osm:{data.code}", file_name or path.name, hash_of(path))
    return import_town(town, with_schemes(data, town), origin, actor=actor, progress=progress)
