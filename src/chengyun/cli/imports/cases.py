"""`chengyun import cases FILE`: a table of reports; labels become classes once a person says what they mean."""

from pathlib import Path

import click
from django.conf import settings
from rich.console import Console
from rich.table import Table

from chengyun.cases.around import departments, standards
from chengyun.cases.importing.driving import Driven, Route, drive
from chengyun.cases.importing.proposing import Confirmed, Proposal, propose, read_confirmed, write_proposals
from chengyun.cases.importing.reading import Opened, open_cases
from chengyun.cases.importing.run import Report, Wish, check_cases, import_cases
from chengyun.cli.imports.report import SHOWN, place_words
from chengyun.cli.progress import bar
from chengyun.cli.texts import refusal_words, text
from chengyun.cli.words import command, option
from chengyun.kernel.actor import System
from chengyun.kernel.refusal import Refusal
from chengyun.places.queries.towns import only_town

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
LINE = System("command line")


@command("cases")
@click.argument("file", type=FILE)
@option("--town")
@option("--map", "maps", multiple=True)
@option("--source")
@option("--classes", type=FILE)
@option("--drive", type=click.Choice(["received", "filed", "dispatched"]))
@option("--limit", type=click.IntRange(1))
@option("--dry-run", "dry", is_flag=True)
def cases(file: Path, town: str | None, classes: Path | None, dry: bool, **said: object) -> None:
    place = only_town(town).pk
    opened = open_cases(file, tuple(said["maps"]))  # type: ignore[arg-type]  # click gives a tuple
    source = str(said["source"] or file.name.partition(".")[0])[:40]
    most = int(str(said["limit"])) if said["limit"] else None
    labels = _labels(opened, classes, place, most)
    wish = Wish(place, source, labels, most)
    _show_columns(opened)
    if dry:
        with bar(text("say", "checking")) as tell:
            found = check_cases(opened, wish, actor=LINE, progress=tell)
        _show(found)
        click.echo(text("say", "dry_run"))
        return
    with bar(text("say", "importing")) as tell:
        done = import_cases(opened, wish, actor=LINE, progress=tell)
    _show(done)
    if said["drive"]:
        with bar(text("say", "driving")) as tell:
            _show_driven(drive(Route(place, source, labels, str(said["drive"])), actor=LINE, progress=tell))


def _labels(opened: Opened, classes: Path | None, town: int, most: int | None) -> dict[str, Confirmed]:
    """What a person confirmed; without that, proposals are written to a file for one to confirm."""
    book = standards().book
    if classes is not None:
        codes = frozenset(departments(town).values_list("code", flat=True))
        return read_confirmed(classes, book, codes)
    if "label" not in opened.columns:
        return {}
    target = settings.ENV.data / "cases" / f"{opened.path.name.partition('.')[0]}.classes.csv"
    if target.exists():  # a person may be at work in it
        click.echo(text("say", "classes_kept", path=target))
        return {}
    proposals = propose((row for _, row in opened.rows(most)), book)
    target.parent.mkdir(parents=True, exist_ok=True)
    write_proposals(target, proposals, book)
    _show_proposals(proposals)
    click.echo(text("say", "classes_proposed", path=target))
    return {}


def _show_columns(opened: Opened) -> None:
    table = Table(text("column", "field"), text("column", "heading"), text("column", "sure"), box=None)
    for field, heading in opened.columns.items():
        table.add_row(field, heading, f"{opened.sure[field]:.0%}")
    Console().print(table)


def _show_proposals(proposals: list[Proposal]) -> None:
    names = standards().book.classes
    table = Table(
        text("column", "label"), text("column", "class"), text("column", "rows"), text("column", "sure"), box=None
    )
    for p in proposals:
        kind = names.get(p.class_code)
        table.add_row(p.label, f"{p.class_code} {kind.zh if kind else ''}", f"{p.rows:,}", f"{p.sure:.0%}")
    Console().print(table)


def _show(report: Report) -> None:
    words = {name: f"{getattr(report, name):,}" for name in ("new", "known", "unplaced", "classed")}
    click.echo(text("say", "imported_cases", bad=f"{len(report.problems):,}", **words))
    _show_problems(report.problems)


def _show_driven(done: Driven) -> None:
    for state, count in sorted(done.states.items()):
        click.echo(text("say", "driven_state", state=text("state", state), count=f"{count:,}"))
    _show_problems(done.problems)


def _show_problems(problems: list[tuple[str, Refusal]]) -> None:
    for place, why in problems[:SHOWN]:
        said = refusal_words(why.code, why.detail, why.params)
        click.echo(text("say", "bad_case", place=place_words(place), why=said))
    if len(problems) > SHOWN:
        click.echo(text("say", "more_problems", count=len(problems) - SHOWN))
