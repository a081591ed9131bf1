"""`chengyun plan read FILE`: what a plan document says, without an installation."""

from pathlib import Path

import click

from chengyun.cli.texts import language
from chengyun.cli.words import Command, Group, option
from chengyun.plans.commands import Wanted, read_plan
from chengyun.plans.compiler import ReadError
from chengyun.plans.compiler.wording import complaint

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
OUT = click.Path(dir_okay=False, path_type=Path)


@click.group("plan", cls=Group)
def plan() -> None:
    """Its commands."""


@plan.command("read", cls=Command, anywhere=True)
@click.argument("file", type=FILE)
@option("--json", "as_json", type=OUT)
@option("--xlsx", type=OUT)
@option("--explain", is_flag=True)
@option("--seconds", type=click.FloatRange(0.1, 3600), default=60.0)
def read(file: Path, as_json: Path | None, xlsx: Path | None, explain: bool, seconds: float) -> None:
    try:
        read_plan(file, Wanted(as_json, xlsx, explain), language=language(), seconds=seconds)
    except ReadError as error:
        raise click.ClickException(f"{file.name}: {complaint(error, language())} ({error.code})") from error
