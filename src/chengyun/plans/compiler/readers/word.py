"""Word: paragraphs with the numbers that Word itself writes, headings by style, tables with merged cells."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import docx
from docx.document import Document as Docx
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from chengyun.plans.compiler.clock import Deadline
from chengyun.plans.compiler.readers.guard import damaged
from chengyun.plans.compiler.readers.numbering import Numbering
from chengyun.plans.compiler.source import Builder, Source

_STYLE = re.compile(r"(?:heading|标题)\s*([1-6])$", re.IGNORECASE)


def read_docx(data: bytes, deadline: Deadline) -> Source:
    """Paragraphs and tables in order. The offsets count this text, in which automatic numbers are written out."""
    out = Builder("docx")
    out.page()
    with damaged("Word"):
        document = docx.Document(io.BytesIO(data))
        numbering = Numbering(document)
        for block in _blocks(document):
            deadline.check()
            if isinstance(block, Paragraph):
                _paragraph(out, block, numbering)
            else:
                out.grid(list(_rows(block, numbering)))
    return out.source()


def _blocks(document: Docx) -> Iterator[Paragraph | Table]:
    yield from _within(document.element.body, document)


def _within(parent: Any, document: Docx) -> Iterator[Paragraph | Table]:
    for child in parent.iterchildren():
        if child.tag == qn("w:p"):
            yield Paragraph(child, document._body)
        elif child.tag == qn("w:tbl"):
            yield Table(child, document._body)
        elif child.tag == qn("w:sdt"):
            content = child.find(qn("w:sdtContent"))
            if content is not None:
                yield from _within(content, document)


def _paragraph(out: Builder, block: Paragraph, numbering: Numbering) -> None:
    text = _text(block)
    if block._p.findall(f".//{qn('w:lastRenderedPageBreak')}") or block.paragraph_format.page_break_before:
        out.page()
    if not text.strip():
        return
    style = block.style.name if block.style is not None else ""
    match = _STYLE.search(style or "")
    for part in (numbering.label(block) + text).split("\n"):
        if part.strip():
            out.line(part, firm=True, level=int(match[1]) if match else None)


def _text(block: Paragraph) -> str:
    """Text of all runs, those of inserted revisions and of links too; deleted words are left out."""
    parts = []
    for node in block._p.iter(qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:noBreakHyphen")):
        if node.tag == qn("w:t"):
            parts.append(node.text or "")
        elif node.tag == qn("w:tab"):
            parts.append("\t" if node.getparent().tag == qn("w:r") else "")
        else:
            parts.append("-" if node.tag == qn("w:noBreakHyphen") else "\n")
    return "".join(parts)


def _rows(table: Table, numbering: Numbering) -> Iterator[list[tuple[str, int, int] | None]]:
    grid = table._tbl
    rows = list(grid.tr_lst)
    placed = [_placed(row) for row in rows]
    for r, cells in enumerate(placed):
        line: list[tuple[str, int, int] | None] = []
        for column, (cell, span) in cells.items():
            line += [None] * (column - len(line))
            merge = _merge(cell)
            if merge == "continue":
                line += [None] * span
                continue
            height = _height(placed, r, column) if merge == "restart" else 1
            line += [(_cell(cell, table, numbering), height, span), *[None] * (span - 1)]
        yield line


def _placed(row: Any) -> dict[int, tuple[Any, int]]:
    out: dict[int, tuple[Any, int]] = {}
    column = row.grid_before
    for cell in row.tc_lst:
        span = max(1, min(cell.grid_span, 63))
        out[column] = (cell, span)
        column += span
    return out


def _merge(cell: Any) -> str | None:
    properties = cell.tcPr
    mark = properties.find(qn("w:vMerge")) if properties is not None else None
    if mark is None:
        return None
    return "restart" if mark.get(qn("w:val")) == "restart" else "continue"


def _height(placed: list[dict[int, tuple[Any, int]]], row: int, column: int) -> int:
    height = 1
    for below in placed[row + 1 :]:
        if column not in below or _merge(below[column][0]) != "continue":
            break
        height += 1
    return height


def _cell(cell: Any, table: Table, numbering: Numbering) -> str:
    lines = []
    for node in cell.iter(qn("w:p")):
        block = Paragraph(node, table)
        lines.append(numbering.label(block) + _text(block))
    return "\n".join(line for line in lines if line.strip())
