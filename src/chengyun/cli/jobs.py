"""`chengyun jobs`: what the worker has done, does and will do."""

import click
from rich.console import Console
from rich.table import Table

from chengyun.cli.texts import text
from chengyun.cli.words import command, option
from chengyun.kernel.jobs.models import Job

COLUMNS = ("kind", "state", "progress", "words", "queued")


@command("jobs")
@option("--state", type=click.Choice(list(Job.State.values)))
@option("--limit", type=click.IntRange(1, 1000), default=20)
def jobs(state: str | None, limit: int) -> None:
    rows = Job.objects.as_system("the command line shows the installation's jobs").order_by("-id")
    found = list((rows.filter(state=state) if state else rows)[:limit])
    if not found:
        click.echo(text("say", "no_jobs"))
        return
    table = Table(*(text("column", name) for name in COLUMNS), box=None, header_style="bold")
    for job in found:
        progress = f"{job.done:,}" + (f" / {job.total:,}" if job.total else "")
        table.add_row(
            job.kind, text("state", job.state), progress, job.error or job.words, f"{job.created_at:%Y-%m-%d %H:%M}"
        )
    Console().print(table)
