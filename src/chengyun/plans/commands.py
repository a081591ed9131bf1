"""`chengyun plan`: reads a plan document from a file. Needs no installation and no database."""

from __future__ import annotations

import json
from pathlib import Path

import click
from rich.console import Console

from chengyun.plans.compiler import Document, ReadError, read, to_json
from chengyun.plans.compiler.sheetform import write_xlsx
from chengyun.plans.compiler.show import explain as explained
from chengyun.plans.compiler.show import show

_FILE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
_OUT = click.Path(dir_okay=False, writable=True, path_type=Path)


@click.group(help="读取规划、方案、任务表。 Read plans, schemes and task tables.")
def plan() -> None:
    """The commands below."""


@plan.command("read", help="读出文件中的任务、指标和项目。 Read the tasks, targets and projects of a document.")
@click.argument("file", type=_FILE)
@click.option("--json", "json_path", type=_OUT, help="写入 JSON。 Write JSON to this file.")
@click.option("--xlsx", "xlsx_path", type=_OUT, help="写入 Excel。 Write an Excel workbook to this file.")
@click.option("--explain", is_flag=True, help="显示每个字段的原文。 Show the words behind each field.")
@click.option("--seconds", type=click.FloatRange(0.1, 3600), default=60, show_default=True,
              help="最长用时。 Give up after this time.")  # fmt: skip
def read_file(file: Path, json_path: Path | None, xlsx_path: Path | None, explain: bool, seconds: float) -> None:
    """Read one document and show or write what it says."""
    try:
        document = read(file, seconds=seconds)
    except ReadError as error:
        raise click.ClickException(f"{file.name}: {error.detail} ({error.code})") from error
    if json_path is not None:
        json_path.write_text(json.dumps(to_json(document), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if xlsx_path is not None:
        write_xlsx(document, xlsx_path)
    _print(document, explain)


def _print(document: Document, explain: bool) -> None:
    if explain:
        for line in explained(document):
            click.echo(line)
        return
    show(document, Console())
