"""Text and Markdown: find the encoding, mark lines and pipe tables."""

from __future__ import annotations

import re
from itertools import pairwise

from chengyun.plans.compiler.errors import ReadError
from chengyun.plans.compiler.readers.encodings import TRADITIONAL, guessed
from chengyun.plans.compiler.readers.tabs import tabbed
from chengyun.plans.compiler.source import Cell, Grid, Line, Remark, Source

_MARKUP = re.compile(rb"\s*(?:\{\\rtf|<!doctype\s+html|<html|<\?xml)", re.IGNORECASE)
_ROW = re.compile(r"\s*\|.*\|\s*$")
_RULE = re.compile(r"\s*\|[\s:|-]+\|\s*$")
_HASHES = re.compile(r"\s{0,3}(#{1,6})\s+(?=\S)")
_NOISE = re.compile(r"\s*(?:[-*_=]{3,}|!\[[^\]]*\]\([^)]*\)|```\w*)\s*$")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)  # a line break inside a cell of Markdown; blanks keep the offsets
_ODD = re.compile(r"[\x00-\x08\x0e-\x1f\ufffd\ue000-\uf8ff]")


def decode(data: bytes) -> str:
    """The text of `data` in whatever encoding it reads; line ends become a single newline.

    Offsets count characters of this text, without the byte order mark. Error `encoding` when no encoding gives
    readable words, `not_a_document` for what is no text.
    """
    return _decoded(data)[0]


def _decoded(data: bytes) -> tuple[str, str]:
    if _MARKUP.match(data):
        raise ReadError("not_a_document", "this is a web page or RTF: save it as .txt, .docx or .pdf")
    text, name = guessed(data)
    if len(_ODD.findall(text)) > max(2, len(text) // 100):
        raise ReadError("not_a_document", "this is not a text: use .txt, .md, .docx, .xlsx or .pdf")
    return _BREAK.sub(lambda match: " " * len(match[0]), _unified(text)), name


def _unified(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_text(data: bytes) -> Source:
    """Lines, pipe tables and tables with tabs of a text or Markdown file; a form feed starts a page."""
    text, encoding = _decoded(data)
    source = Source(text, [], [0], "txt")
    if encoding == TRADITIONAL:
        source.warnings.append(Remark("traditional", "traditional characters: duties are read in simplified ones only"))
    lines = _spans(text)
    place = 0
    while place < len(lines):
        place = _piped(source, lines, place) or _tabs(source, lines, place) or _line(source, lines, place)
    return source


def _line(source: Source, lines: list[tuple[int, int]], place: int) -> int:
    start, end = lines[place]
    raw = source.text[start:end]
    if "\f" in raw and start:
        source.pages.append(start)
    if raw.strip() and not _NOISE.match(raw):
        hashes = _HASHES.match(raw)
        level = len(hashes[1]) if hashes else None
        begin = start + (hashes.end() if hashes else 0)
        source.pieces.append(Line(begin, end, len(source.pages), level is not None, level))
    return place + 1


def _piped(source: Source, lines: list[tuple[int, int]], place: int) -> int:
    """The line after a table of pipes that begins here, blank lines inside it; 0 where none begins."""
    rows: list[tuple[int, int]] = []
    until = 0
    for here in range(place, len(lines)):
        raw = source.text[slice(*lines[here])]
        if _ROW.match(raw):
            rows.append(lines[here])
            until = here + 1
        elif raw.strip() or not rows:
            break
    body = [row for row in rows if not _RULE.match(source.text[slice(*row)])]
    if body:
        cells = [_cells(source.text, start, end) for start, end in body]
        _table(source, cells, body[0][0], body[-1][1])
    return until


def _tabs(source: Source, lines: list[tuple[int, int]], place: int) -> int:
    """The line after a table of tabs that begins here; 0 where none begins."""
    found = tabbed(source.text, lines, place)
    if found is None:
        return 0
    _table(source, found[1], lines[place][0], lines[found[0] - 1][1])
    return found[0]


def _spans(text: str) -> list[tuple[int, int]]:
    out, position = [], 0
    for raw in text.split("\n"):
        out.append((position, position + len(raw)))
        position += len(raw) + 1
    return out


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
