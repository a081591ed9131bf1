"""Text and Markdown: find the encoding, mark lines and pipe tables."""

from __future__ import annotations

import contextlib
import re
from itertools import pairwise

from chengyun.plans.compiler.errors import ReadError
from chengyun.plans.compiler.readers.tabs import tabbed
from chengyun.plans.compiler.source import Cell, Grid, Line, Source

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_MARKUP = re.compile(rb"\s*(?:\{\\rtf|<!doctype\s+html|<html|<\?xml)", re.IGNORECASE)
_ROW = re.compile(r"\s*\|.*\|\s*$")
_RULE = re.compile(r"\s*\|[\s:|-]+\|\s*$")
_HASHES = re.compile(r"\s{0,3}(#{1,6})\s+(?=\S)")
_NOISE = re.compile(r"\s*(?:[-*_=]{3,}|!\[[^\]]*\]\([^)]*\)|```\w*)\s*$")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)  # a line break inside a cell of Markdown; blanks keep the offsets
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_ODD = re.compile(r"[\x00-\x08\x0e-\x1f\ufffd\ue000-\uf8ff]")


def decode(data: bytes) -> str:
    """The text of `data`: UTF-8, UTF-16 with a mark, or GB 18030; line ends become a single newline.

    Offsets count characters of this text, without the byte order mark. Error `encoding` when the bytes are none of
    these, or give no readable words.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _unified(_decoded(data[len(mark) :], name))
    if _MARKUP.match(data):
        raise ReadError("not_a_document", "this is a web page or RTF: save it as .txt, .docx or .pdf")
    text = _guessed(data)
    if len(_ODD.findall(text)) > max(2, len(text) // 100):
        raise ReadError("not_a_document", "this is not a text: use .txt, .md, .docx, .xlsx or .pdf")
    return _BREAK.sub(lambda match: " " * len(match[0]), _unified(text))


def _guessed(data: bytes) -> str:
    """UTF-8, else the first of GB 18030 and UTF-16 without a mark that gives Chinese words."""
    with contextlib.suppress(UnicodeDecodeError):
        text = data.decode("utf-8")
        if "\x00" not in text:
            return text
    for name in ("gb18030", "utf-16-le", "utf-16-be"):
        with contextlib.suppress(UnicodeDecodeError):
            text = data.decode(name)
            if _plausible(text):
                return text
    raise ReadError("encoding", "the text is neither UTF-8 nor GB 18030: save it as UTF-8")


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise ReadError("encoding", "the text is neither UTF-8 nor GB 18030: save it as UTF-8") from error


def _plausible(text: str) -> bool:
    letters = [c for c in text if not c.isspace() and not c.isascii()]
    return bool(letters) and len(_CHINESE.findall(text)) >= 0.6 * len(letters)


def _unified(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_text(data: bytes) -> Source:
    """Lines, pipe tables and tables with tabs of a text or Markdown file; a form feed starts a page."""
    text = decode(data)
    source = Source(text, [], [0], "txt")
    rows: list[tuple[int, int]] = []
    lines = _spans(text)
    until = 0
    for place, (start, end) in enumerate(lines):
        raw = text[start:end]
        if "\f" in raw and start:
            source.pages.append(start)
        if place < until:
            continue
        if _ROW.match(raw):
            rows.append((start, end))
            continue
        if rows and raw.strip():
            _flush(source, rows)
            rows = []
        found = tabbed(text, lines, place)
        if found is not None:
            until, cells = found
            _table(source, cells, start, lines[until - 1][1])
        elif raw.strip() and not _NOISE.match(raw):
            hashes = _HASHES.match(raw)
            level = len(hashes[1]) if hashes else None
            begin = start + (hashes.end() if hashes else 0)
            source.pieces.append(Line(begin, end, len(source.pages), level is not None, level))
    _flush(source, rows)
    return source


def _spans(text: str) -> list[tuple[int, int]]:
    out, position = [], 0
    for raw in text.split("\n"):
        out.append((position, position + len(raw)))
        position += len(raw) + 1
    return out


def _flush(source: Source, rows: list[tuple[int, int]]) -> None:
    body = [row for row in rows if not _RULE.match(source.text[row[0] : row[1]])]
    if not body:
        return
    _table(source, [_cells(source.text, start, end) for start, end in body], body[0][0], body[-1][1])


def _table(source: Source, split: list[list[tuple[int, int]]], start: int, end: int) -> None:
    width = max(map(len, split))
    at = tuple(
        tuple(Cell(r, c, (row[c],)) if c < len(row) else None for c in range(width)) for r, row in enumerate(split)
    )
    source.pieces.append(Grid(at, start, end, len(source.pages)))


def _cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    bars = [i for i in range(start, end) if text[i] == "|" and (i == start or text[i - 1] != "\\")]
    out = []
    for left, right in pairwise(bars):
        body = text[left + 1 : right]
        first = left + 1 + len(body) - len(body.lstrip())
        out.append((first, first + len(body.strip())))
    return out
