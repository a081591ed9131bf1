"""What `chengyun plan` does: reads a plan document from a file. Needs no installation and no database."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from chengyun.plans.compiler import Document, read, to_json
from chengyun.plans.compiler.sheetform import write_xlsx
from chengyun.plans.compiler.show import explain, show


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where to write what was read, and whether to show the words behind each field."""

    json: Path | None = None
    xlsx: Path | None = None
    explain: bool = False


def read_plan(file: Path, wanted: Wanted, *, language: str = "zh", seconds: float = 60.0) -> Document:
    """Reads one document, writes the files that are wanted, and prints what it says. Error: `ReadError`."""
    document = read(file, seconds=seconds)
    if wanted.json is not None:
        wanted.json.write_text(json.dumps(to_json(document), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if wanted.xlsx is not None:
        write_xlsx(document, wanted.xlsx)
    console = Console(highlight=False)
    if wanted.explain:
        for line in explain(document, language):
            console.print(line, markup=False, soft_wrap=True)
    else:
        show(document, console, language)
    return document
