"""`chengyun import osm`: an OpenStreetMap extract as a town, or again into the town it became."""

import json
import re
from pathlib import Path
from typing import Any

import click
import shapely
from shapely.geometry import shape

from chengyun.cli.imports.report import show
from chengyun.cli.progress import bar
from chengyun.cli.texts import text
from chengyun.cli.words import command, option
from chengyun.kernel.actor import System
from chengyun.kernel.refusal import Invalid
from chengyun.places.actions.towns import found_town
from chengyun.places.bulk import plan_of
from chengyun.places.importing.runs import Origin, dry_run, hash_of, import_town, with_schemes
from chengyun.places.readers.osm.read import read_osm

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@command("osm")
@click.argument("file", type=FILE)
@option("--town")
@option("--name")
@option("--boundary", type=FILE)
@option("--dry-run", "dry", is_flag=True)
def osm(file: Path, town: str | None, name: str | None, boundary: Path | None, dry: bool) -> None:
    code = town or re.sub(r"[^A-Z0-9]", "", file.name.partition(".")[0].upper())[:12] or "TOWN"
    with bar(text("say", "reading")) as tell:
        data = _read(file, code, name or "", _polygon(boundary), lambda done, words: tell(done, 0, words))
    actor = System("command line")
    data.schemes = list(plan_of(data).schemes)
    if dry:
        show(dry_run(data))
        return
    place = found_town(plan_of(data), actor=actor)
    origin = Origin("osm", f"osm:{code}", file.name, hash_of(file))
    with bar(text("say", "importing")) as tell:
        report = import_town(place, with_schemes(data, place), origin, actor=actor, progress=tell)
    show(report)
    click.echo(text("say", "imported_town", name=place.name, code=place.code))


def _read(file: Path, code: str, name: str, boundary: Any, tell: Any) -> Any:
    try:
        return read_osm(file, code, name, boundary, tell)
    except RuntimeError as error:  # what the reader of the format says of a broken file
        raise Invalid("places.unreadable", f"{file}: not an OpenStreetMap extract ({error})", field="file") from error


def _polygon(file: Path | None) -> Any:
    """The polygon of a GeoJSON file: a geometry, a feature, or the union of a collection."""
    if file is None:
        return None
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        features = found.get("features", [found])
        return shapely.union_all([shape(f.get("geometry", f)) for f in features])
    except (ValueError, AttributeError, KeyError) as error:
        raise Invalid("places.unreadable", f"{file}: no polygon in GeoJSON ({error})", field="boundary") from error
