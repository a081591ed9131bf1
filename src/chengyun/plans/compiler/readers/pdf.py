"""PDF: text of each page by pdfium; tables only on pages with ruled lines; scanned pages by OCR where installed."""

from __future__ import annotations

import importlib
import importlib.util
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2

from chengyun.plans.compiler.clock import Deadline
from chengyun.plans.compiler.errors import ReadError
from chengyun.plans.compiler.readers.guard import damaged
from chengyun.plans.compiler.readers.pdf_page import PageText, Row, page_text
from chengyun.plans.compiler.readers.pdf_table import RuledTable, ruled_tables
from chengyun.plans.compiler.source import Builder, Remark, Source

MAX_PAGES = 2000
_NUMBER = re.compile(
    r"\s*(?:[-—–－]\s*\d{1,4}\s*[-—–－]|第?\s*\d{1,4}\s*页?(?:\s*[/,，共]\s*共?\s*\d{1,4}\s*页?)?)\s*$"
)


def read_pdf(data: bytes, deadline: Deadline) -> Source:
    """Lines with page and indent, and ruled tables in their place. Page numbers and running titles are left out."""
    document = _opened(data)
    try:
        if len(document) > MAX_PAGES:
            raise ReadError("too_large", f"the document has more than {MAX_PAGES:,} pages: split it")
        out = Builder("pdf")
        with damaged("PDF"):
            pages = list(_pages(document, out, deadline))
    finally:
        document.close()
    running = _running([page for page, _ in pages])
    for page, tables in pages:
        out.page()
        _assemble(out, page, tables, running)
    if not out.pieces:
        raise ReadError("scanned", "the pages are scanned pictures without text: install chengyun[ocr] to read them")
    return out.source()


def _opened(data: bytes) -> Any:
    try:
        document = pypdfium2.PdfDocument(data)
        len(document)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReadError("encrypted", "the PDF is protected by a password: save it without one") from error
        raise ReadError("damaged", "the PDF is damaged: it cannot be opened") from error
    return document


def _pages(document: Any, out: Builder, deadline: Deadline) -> Iterator[tuple[PageText, list[RuledTable]]]:
    scanned: list[int] = []
    for index in range(len(document)):
        deadline.check()
        try:
            page = document[index]
            text = page_text(page)
        except pypdfium2.PdfiumError:
            told = f"page {index + 1} is damaged and was left out"
            out.warnings.append(Remark("page.damaged", told, str(index + 1)))
            continue
        if text.scanned:
            text = _recognized(page, text)
            scanned += [index + 1] if text.scanned else []
        yield text, ruled_tables(page, text) if text.ruled else []
        page.close()
    if scanned:
        shown = ", ".join(map(str, scanned[:20]))
        told = f"scanned pictures without text, not read (install chengyun[ocr]): pages {shown}"
        out.warnings.append(Remark("page.scanned", told, shown.replace(", ", "、")))


def _recognized(page: Any, text: PageText) -> PageText:
    if importlib.util.find_spec("rapidocr") is None:
        return text
    ocr = importlib.import_module("chengyun.plans.compiler.readers.ocr")
    found: PageText = ocr.recognize(page)
    return found


def _running(pages: Sequence[PageText]) -> set[str]:
    """Lines that stand first or last on at least three pages and on a third of all: titles of the page, not text."""
    ends = Counter(text for page in pages for text in {row.text.strip() for row in (*page.rows[:1], *page.rows[-1:])})
    return {text for text, count in ends.items() if count >= max(3, len(pages) / 3)}


def _assemble(out: Builder, page: PageText, tables: list[RuledTable], running: set[str]) -> None:
    waiting = sorted(tables, key=lambda table: table.top)
    rows = [row for row in page.rows if not any(table.holds(row) for table in tables)]
    for place, row in enumerate(rows):
        while waiting and waiting[0].top <= row.top:
            out.grid(waiting.pop(0).rows)
        if not _is_margin(row, place in {0, len(rows) - 1}, running):
            out.line(row.text, lefts=row.lefts)
    for table in waiting:
        out.grid(table.rows)


def _is_margin(row: Row, outer: bool, running: set[str]) -> bool:
    return outer and (_NUMBER.match(row.text) is not None or row.text.strip() in running)
