"""What an import did, or would do: rows by layer, and the bad ones with their reasons."""

from collections.abc import Sequence
from dataclasses import asdict

import click
from rich.console import Console
from rich.table import Table

from chengyun.cli.texts import refusal_words, text
from chengyun.places.importing.runs import Report
from chengyun.places.staging import Problem

SHOWN = 20


def show(report: Report) -> int:
    """Print a table of the layers, and the bad rows, those that are alike in one line; 1 if no row was taken."""
    table = Table(text("column", "layer"), text("column", "rows"), text("column", "bad"), box=None, header_style="bold")
    for layer in dict.fromkeys([*report.rows, *report.bad]):
        table.add_row(layer, f"{report.rows.get(layer, 0):,}", f"{report.bad.get(layer, 0):,}")
    Console().print(table)
    alike = _alike(report.problems)
    for first, count in alike[:SHOWN]:
        _show_problem(first, count)
    if len(alike) > SHOWN:
        click.echo(text("say", "more_problems", count=sum(count for _, count in alike[SHOWN:])))
    if report.run is None:
        click.echo(text("say", "dry_run"))
    if any(report.rows.values()):
        return 0
    click.echo(text("say", "no_rows"), err=True)
    return 1


def _alike(problems: Sequence[Problem]) -> list[tuple[Problem, int]]:
    """The first of those that differ in their place alone, and how many there are."""
    found: dict[tuple[object, ...], tuple[Problem, int]] = {}
    for problem in problems:
        key = (problem.layer, problem.field, problem.value, problem.expected)
        first, count = found.get(key, (problem, 0))
        found[key] = (first, count + 1)
    return list(found.values())


def _show_problem(problem: Problem, count: int) -> None:
    right = refusal_words(f"right.{problem.code}", problem.expected, problem.params)
    said = {"expected": right, "place": place_words(problem.place), "value": problem.value or text("say", "blank")}
    words = asdict(problem) | said
    click.echo(text("say", "problem_of_many", count=count, **words) if count > 1 else text("say", "problem", **words))


def place_words(place: str) -> str:
    """ "row 6" in the chosen language; a thing of a map that is named by its id stays so."""
    kind, _, number = place.partition(" ")
    return text("say", f"at_{kind}", number=number) if kind in {"row", "feature"} and number.isdigit() else place
