"""`chengyun journal verify`."""

from itertools import chain, islice

import click

from chengyun.cli.texts import text
from chengyun.cli.words import Command, Group, option
from chengyun.kernel.delivery.verify import verify_chain, verify_seals
from chengyun.kernel.journal.models import Entry, Seal

SHOWN = 20  # findings; a chain that broke at one place often differs at every later one


@click.group("journal", cls=Group)
def journal() -> None:
    """Its commands."""


@journal.command("verify", cls=Command)
@option("--stream")
def verify(stream: str | None) -> int:
    problems = list(islice(chain(verify_chain(stream), () if stream else verify_seals()), SHOWN))
    for problem in problems:
        click.echo(f"✗ {problem}", err=True)
    if not problems:
        click.echo(text("say", "journal_good", entries=Entry.objects.count(), seals=Seal.objects.count()))
    return 1 if problems else 0
