"""What an import did, or would do: rows by layer, and the bad ones with their reasons."""

from dataclasses import asdict

import click
from rich.console import Console
from rich.table import Table

from chengyun.cli.texts import refusal_words, text
from chengyun.places.importing.runs import Report

SHOWN = 20


def show(report: Report) -> None:
    """Print a table of the layers, and the first bad rows."""
    table = Table(text("column", "layer"), text("column", "rows"), text("column", "bad"), box=None, header_style="bold")
    for layer, count in report.rows.items():
        table.add_row(layer, f"{count:,}", f"{report.bad.get(layer, 0):,}")
    Console().print(table)
    for problem in report.problems[:SHOWN]:
        right = refusal_words(f"right.{problem.code}", problem.expected, problem.params)
        words = {"expected": right, "place": _place(problem.place)}
        click.echo(text("say", "problem", **(asdict(problem) | words)))
    if len(report.problems) > SHOWN:
        click.echo(text("say", "more_problems", count=len(report.problems) - SHOWN))
    if report.run is None:
        click.echo(text("say", "dry_run"))


def _place(place: str) -> str:
    """ "row 6" in the chosen language; a thing of a map that is named by its id stays so."""
    kind, _, number = place.partition(" ")
    return text("say", f"at_{kind}", number=number) if kind in {"row", "feature"} and number.isdigit() else place
