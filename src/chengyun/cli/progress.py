"""A bar for what takes long: on a terminal it moves, elsewhere a line now and then."""

import contextlib
import time
from collections.abc import Callable, Iterator

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

Tell = Callable[[int, int, str], None]
QUIET = 5.0  # seconds between two lines where nobody watches


@contextlib.contextmanager
def bar(words: str) -> Iterator[Tell]:
    """`tell(done, total, words)`; a total of 0 is one that is not known yet."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _lines(words)
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(words, total=None)

        def tell(done: int, total: int, more: str) -> None:
            progress.update(task, completed=done, total=total or None, description=f"{words} {more}".strip())

        yield tell


def _lines(words: str) -> Tell:
    told = [time.monotonic()]

    def tell(done: int, total: int, more: str) -> None:
        if time.monotonic() - told[0] >= QUIET:
            told[0] = time.monotonic()
            click.echo(f"{words} {more} {done:,}{f' / {total:,}' if total else ''}", err=True)

    return tell
