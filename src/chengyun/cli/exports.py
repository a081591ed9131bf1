"""`chengyun export LAYER FILE`: a layer as GeoJSON, GeoPackage, Shapefile, Excel or CSV; the standards of cases."""

from pathlib import Path

import click
from django.conf import settings

from chengyun.cases.classes import STANDARD_FILES, export_standards
from chengyun.cli.texts import text
from chengyun.cli.words import command, option
from chengyun.kernel.actor import System
from chengyun.places.exporting import LAYERS, export_layer
from chengyun.places.queries.towns import only_town


@command("export")
@click.argument("layer", type=click.Choice([*LAYERS, *STANDARD_FILES]))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@option("--town")
@option("--source", default="")
def exports(layer: str, file: Path, town: str | None, source: str) -> None:
    if layer in STANDARD_FILES:
        file.write_text(export_standards(settings.ENV.data, layer), encoding="utf-8-sig")
        click.echo(text("say", "written", path=file))
        return
    count = export_layer(only_town(town), layer, file, actor=System("command line"), source=source)
    click.echo(text("say", "exported", count=count, path=file))
