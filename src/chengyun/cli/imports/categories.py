"""`chengyun import categories FILE`: categories of facilities beside the shipped ones."""

from pathlib import Path

import click

from chengyun.cli.texts import text
from chengyun.cli.words import command, option
from chengyun.kernel.actor import System
from chengyun.places.actions.categories import keep_categories
from chengyun.places.importing.categories import read_categories
from chengyun.places.queries.towns import only_town


@command("categories")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@option("--town")
def categories(file: Path, town: str | None) -> None:
    count = keep_categories(only_town(town), actor=System("command line"), given=read_categories(file))
    click.echo(text("say", "kept_categories", count=count))
