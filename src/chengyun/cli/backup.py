"""`chengyun backup`."""

from pathlib import Path

import click

from chengyun.cli.texts import text
from chengyun.cli.words import command
from chengyun.config.backup import backup as make_backup
from chengyun.kernel.env import Env


@command("backup")
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
def backup(target: Path) -> None:
    made = make_backup(Env.from_environ(), target)
    click.echo(text("say", "backed_up", path=target, files=made.files, megabytes=f"{made.size / 1e6:.2f}"))
