"""`chengyun import osm`: an OpenStreetMap extract as a town, or again into the town it became."""

import re
from pathlib import Path

import click

from chengyun.cli.imports.report import show
from chengyun.cli.progress import bar
from chengyun.cli.texts import text
from chengyun.cli.words import command, option
from chengyun.kernel.actor import System
from chengyun.places.bulk import plan_of
from chengyun.places.importing.founding import read_boundary
from chengyun.places.importing.osm import import_osm, open_osm
from chengyun.places.importing.runs import dry_run

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@command("osm")
@click.argument("file", type=FILE)
@option("--town")
@option("--name")
@option("--boundary", type=FILE)
@option("--dry-run", "dry", is_flag=True)
def osm(file: Path, town: str | None, name: str | None, boundary: Path | None, dry: bool) -> int:
    code = town or re.sub(r"[^A-Z0-9]", "", file.name.partition(".")[0].upper())[:12] or "TOWN"
    with bar(text("say", "reading")) as tell:
        data = open_osm(file, code, name or "", read_boundary(boundary) if boundary else None, tell)
    if dry:
        data.schemes = list(plan_of(data).schemes)
        return show(dry_run(data))
    with bar(text("say", "importing")) as tell:
        done = show(import_osm(data, file, actor=System("command line"), progress=tell))
    click.echo(text("say", "imported_town", name=data.name, code=data.code))
    return done
