"""`chengyun import resume`: go on with imports that a crash or a Ctrl-C left unfinished."""

import click

from chengyun.cli.progress import bar
from chengyun.cli.texts import text
from chengyun.cli.words import command
from chengyun.kernel.actor import System
from chengyun.places.importing.runs import finish_run, unfinished


@command("resume")
def resume() -> None:
    runs = unfinished()
    for run in runs:
        with bar(text("say", "importing")) as tell:
            finish_run(run, actor=System("command line"), progress=tell)
        click.echo(text("say", "resumed", number=run.number, file=run.file_name or run.source))
    if not runs:
        click.echo(text("say", "nothing_to_resume"))
