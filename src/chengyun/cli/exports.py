"""`chengyun export LAYER FILE`: a layer of a town as GeoJSON, GeoPackage, Shapefile, Excel or CSV."""

from pathlib import Path

import click

from chengyun.cli.texts import text
from chengyun.cli.words import command, option
from chengyun.kernel.actor import System
from chengyun.places.exporting import LAYERS, export_layer
from chengyun.places.queries.towns import only_town


@command("export")
@click.argument("layer", type=click.Choice(LAYERS))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@option("--town")
def exports(layer: str, file: Path, town: str | None) -> None:
    count = export_layer(only_town(town), layer, file, actor=System("command line"))
    click.echo(text("say", "exported", count=count, path=file))
