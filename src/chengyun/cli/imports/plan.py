"""`chengyun import plan FILE`: a plan document, which the worker reads and people review."""

from pathlib import Path

import click

from chengyun.cli.texts import text
from chengyun.cli.words import command, option
from chengyun.kernel.actor import System
from chengyun.kernel.files.actions import store
from chengyun.places.queries.towns import only_town
from chengyun.plans.actions import Sent, import_document

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
LINE = System("command line")


@command("plan")
@click.argument("file", type=FILE)
@option("--town")
def plan(file: Path, town: str | None) -> None:
    kept = store(file.read_bytes(), actor=LINE, purpose="import")
    document, _ = import_document(only_town(town).pk, Sent(kept.uuid, file.name), actor=LINE)
    click.echo(text("say", "plan_waits", title=document.title, id=document.uuid))
