"""Scanned pages: words and their places by RapidOCR. Loaded only where the extra `ocr` is installed.

Lines come in reading order with their left edges. Tables of a scanned page have no ruled lines here, so their cells
are told apart by position alone; such a page is always worth a person's look.
"""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import Any

from rapidocr import RapidOCR

from chengyun.plans.compiler.readers.pdf_page import Glyph, PageText, Row, indented

_SCALE = 2.0  # 144 dots per inch
_SURE = 0.5


@lru_cache(maxsize=1)
def _engine() -> Any:
    logging.getLogger("RapidOCR").setLevel(logging.WARNING)
    engine = RapidOCR()
    logging.getLogger("RapidOCR").setLevel(logging.WARNING)
    return engine


def recognize(page: Any) -> PageText:
    """The lines that can be seen on a page; still marked as scanned when there are none."""
    picture = page.render(scale=_SCALE).to_numpy()
    found = _engine()(picture)
    if found.boxes is None or found.txts is None:
        return PageText(scanned=True)
    rows = [
        _row(words, box)
        for box, words, score in zip(found.boxes, found.txts, found.scores, strict=True)
        if score >= _SURE and words.strip()
    ]
    return PageText(indented(rows), scanned=not rows)


def _row(words: str, box: Any) -> Row:
    """A line whose characters share the width of its box."""
    left, right = float(min(p[0] for p in box)) / _SCALE, float(max(p[0] for p in box)) / _SCALE
    top, bottom = float(min(p[1] for p in box)) / _SCALE, float(max(p[1] for p in box)) / _SCALE
    step = (right - left) / max(1, len(words))
    glyphs = [Glyph(char, left + i * step, top, left + (i + 1) * step, bottom) for i, char in enumerate(words)]
    return Row(tuple(glyphs), top)
