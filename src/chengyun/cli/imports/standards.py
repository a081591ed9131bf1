"""`chengyun import classes FILE` and `import practice FILE`: a town's own standards, checked whole before they hold."""

from pathlib import Path

import click
from django.conf import settings

from chengyun.accounts.models import Department
from chengyun.cases.classes import BadTable, install_standards
from chengyun.cli.imports.report import SHOWN
from chengyun.cli.texts import text
from chengyun.cli.words import command
from chengyun.kernel.refusal import Invalid
from chengyun.places.readers.table import decode

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def _install(name: str, file: Path) -> None:
    """Put a table in force, or tell every fault with its line and field and change nothing."""
    known = frozenset(Department.objects.as_system("which departments a class may name").values_list("code", flat=True))
    try:
        made = install_standards(settings.ENV.data, name, decode(file.read_bytes())[0], known or None)
    except BadTable as error:
        for fault in error.faults[:SHOWN]:
            click.echo(f"  {fault}")
        words = f"{file.name}: nothing was changed"
        raise Invalid("cases.bad_classes", words, field="file", params={"why": file.name}) from error
    click.echo(text("say", "standards_hold", classes=len(made.book.classes)))


@command("classes")
@click.argument("file", type=FILE)
def classes(file: Path) -> None:
    _install("classes.csv", file)


@command("practice")
@click.argument("file", type=FILE)
def practice(file: Path) -> None:
    _install("practice.yaml", file)
