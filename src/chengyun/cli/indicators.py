"""`chengyun indicators evaluate`: measure a town again."""

import click

from chengyun.cli.texts import text
from chengyun.cli.words import Command, Group, option
from chengyun.indicators.evaluating import evaluate_town
from chengyun.places.queries.towns import only_town


@click.group("indicators", cls=Group)
def indicators() -> None:
    """Its commands."""


@indicators.command("evaluate", cls=Command)
@option("--town")
def evaluate(town: str | None) -> None:
    done = evaluate_town(only_town(town), everything=True)
    click.echo(text("say", "measured", measured=done.measured, changed=done.changed, seconds=f"{done.seconds:.1f}"))
