"""`chengyun import facilities FILE` and its sisters: a table or vector file into one layer of a town."""

from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from chengyun.cli.imports.report import show
from chengyun.cli.progress import bar
from chengyun.cli.texts import refusal_words, text
from chengyun.cli.words import Command, command, option
from chengyun.kernel.actor import System
from chengyun.places.importing.files import Opened, Wish, check_file, import_file, open_file
from chengyun.places.queries.towns import only_town
from chengyun.places.right import code_of, params_of

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def _layer(layer: str) -> Command:
    """The command of one layer; all take the same options."""

    def run(file: Path, town: str | None, dry: bool, **said: Any) -> int:
        place = only_town(town)
        maps = tuple(said.pop("maps"))
        wish = Wish(layer, maps=maps, **{name: value for name, value in said.items() if value is not None})
        opened = open_file(place, file, wish)
        _show_reading(opened)
        if dry:
            return show(check_file(place, opened))
        with bar(text("say", "importing")) as tell:
            report = import_file(place, opened, actor=System("command line"), progress=tell)
        return show(report)

    options = (
        click.argument("file", type=FILE),
        option("--town"),
        option("--map", "maps", multiple=True),
        option("--mapping", type=FILE),
        option("--crs", "system"),
        option("--encoding"),
        option("--sheet"),
        option("--source"),
        option("--complete", is_flag=True),
        option("--dry-run", "dry", is_flag=True),
    )
    for decorate in reversed(options):
        run = decorate(run)
    made = command(layer)(run)
    if not isinstance(made, Command):
        raise TypeError("a command of another class has no help in two languages")
    return made


def _show_reading(opened: Opened) -> None:
    """Which column is read as which field, how sure that is, and what is kept aside."""
    reading = opened.reading
    table = Table(text("column", "field"), text("column", "heading"), text("column", "sure"), box=None)
    for field, heading in reading.columns.items():
        table.add_row(field, heading, f"{reading.sure.get(field, 1.0):.0%}")
    for field, value in reading.fixed.items():
        table.add_row(field, f":= {value}", "")
    table.add_row("crs", reading.system, f"{reading.sure.get('system', 1.0):.0%}")
    Console().print(table)
    for note in reading.notes:
        click.echo(refusal_words(f"right.{code_of(note)}", note, params_of(note)))
    if reading.extra:
        click.echo(text("say", "kept_aside", names=", ".join(reading.extra)))


facilities = _layer("facilities")
buildings = _layer("buildings")
areas = _layer("areas")
gaps = _layer("gaps")
grounds = _layer("grounds")
populations = _layer("populations")
names = _layer("names")
