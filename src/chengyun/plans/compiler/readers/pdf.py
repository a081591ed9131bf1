"""PDF: text of each page by pdfium; tables only on pages with ruled lines; scanned pages by OCR where installed."""

from __future__ import annotations

import importlib
import importlib.util
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import pdfplumber
import pypdfium2
from pdfminer.pdfexceptions import PDFException
from pdfplumber.utils.exceptions import PdfminerException

from chengyun.plans.compiler.clock import Deadline
from chengyun.plans.compiler.errors import ReadError
from chengyun.plans.compiler.readers.pdf_page import PageText, Row, page_text
from chengyun.plans.compiler.readers.pdf_table import RuledTable, ruled_tables
from chengyun.plans.compiler.source import Builder, Source

MAX_PAGES = 2000
_NUMBER = re.compile(
    r"\s*(?:[-—–－]\s*\d{1,4}\s*[-—–－]|第?\s*\d{1,4}\s*页?(?:\s*[/,，共]\s*共?\s*\d{1,4}\s*页?)?)\s*$"
)
_BROKEN = (
    PDFException,
    PdfminerException,
    ValueError,
    KeyError,
    TypeError,
    IndexError,
    AttributeError,
    OSError,
    RecursionError,
    AssertionError,
    NotImplementedError,
)


def read_pdf(data: bytes, deadline: Deadline) -> Source:
    """Lines with page and indent, and ruled tables in their place. Page numbers and running titles are left out."""
    document = _opened(data)
    try:
        if len(document) > MAX_PAGES:
            raise ReadError("too_large", f"the document has more than {MAX_PAGES:,} pages: split it")
        out = Builder("pdf")
        pages = list(_pages(document, data, out, deadline))
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


def _pages(document: Any, data: bytes, out: Builder, deadline: Deadline) -> Iterator[tuple[PageText, list[RuledTable]]]:
    plumber: Any = None
    scanned: list[int] = []
    for index in range(len(document)):
        deadline.check()
        page = _page(document, index)
        if page is None:
            out.warnings.append(f"page {index + 1} is damaged and was left out")
            continue
        if page.scanned:
            page = _recognized(document, index, page)
            scanned += [index + 1] if page.scanned else []
        tables: list[RuledTable] = []
        if page.ruled:
            plumber = plumber or _plumber(data)
            tables = _tables(plumber, index, page)
        yield page, tables
    if plumber is not None:
        plumber.close()
    if scanned:
        shown = ", ".join(map(str, scanned[:20]))
        out.warnings.append(f"scanned pictures without text, not read (install chengyun[ocr]): pages {shown}")


def _page(document: Any, index: int) -> PageText | None:
    try:
        return page_text(document[index])
    except pypdfium2.PdfiumError:
        return None


def _plumber(data: bytes) -> Any:
    try:
        return pdfplumber.open(io.BytesIO(data))
    except _BROKEN:
        return None


def _tables(plumber: Any, index: int, page: PageText) -> list[RuledTable]:
    if plumber is None:
        return []
    try:
        return ruled_tables(plumber.pages[index], page)
    except _BROKEN:
        return []


def _recognized(document: Any, index: int, page: PageText) -> PageText:
    if importlib.util.find_spec("rapidocr") is None:
        return page
    ocr = importlib.import_module("chengyun.plans.compiler.readers.ocr")
    found: PageText = ocr.recognize(document[index])
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
            out.line(row.text, indent=row.indent)
    for table in waiting:
        out.grid(table.rows)


def _is_margin(row: Row, outer: bool, running: set[str]) -> bool:
    return outer and (_NUMBER.match(row.text) is not None or row.text.strip() in running)
