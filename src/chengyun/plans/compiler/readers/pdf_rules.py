"""The ruled lines of a PDF page, straight from its drawn paths: what tables are made of."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

MAX_PATHS = 6000
MAX_SEGMENTS = 30_000
_STRAIGHT = 1.0
_SHORTEST = 4.0
_DEPTH = 3
_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Edge = dict[str, Any]


def count_objects(page: Any) -> tuple[int, int]:
    """How many drawn paths and how many pictures (or forms) stand on the page."""
    paths = pictures = 0
    for index in range(pdfium.FPDFPage_CountObjects(page.raw)):
        kind = pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page.raw, index))
        paths += kind in {pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_FORM}
        pictures += kind in {pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM}
    return paths, pictures


def ruled_edges(page: Any) -> list[Edge]:
    """Horizontal and vertical strokes in points from the top left corner; empty when the page is a drawing."""
    height = page.get_height()
    out: list[Edge] = []
    segments = 0
    for path, matrix in _paths(page):
        number = pdfium.FPDFPath_CountSegments(path)
        segments += number
        if segments > MAX_SEGMENTS:
            return []
        out += _edges(path, number, matrix, height)
    return out


def _paths(page: Any) -> Iterator[tuple[Any, _Matrix]]:
    objects = (pdfium.FPDFPage_GetObject(page.raw, i) for i in range(pdfium.FPDFPage_CountObjects(page.raw)))
    yield from _drawn(objects, _IDENTITY, _DEPTH)


def _drawn(objects: Iterator[Any], outer: _Matrix, depth: int) -> Iterator[tuple[Any, _Matrix]]:
    for found in objects:
        kind = pdfium.FPDFPageObj_GetType(found)
        matrix = _times(_matrix(found), outer)
        if kind == pdfium.FPDF_PAGEOBJ_PATH and _is_shown(found):
            yield found, matrix
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth:
            inner = (pdfium.FPDFFormObj_GetObject(found, i) for i in range(pdfium.FPDFFormObj_CountObjects(found)))
            yield from _drawn(inner, matrix, depth - 1)


def _is_shown(path: Any) -> bool:
    fill, stroke = ctypes.c_int(0), ctypes.c_int(0)
    if not pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke)):
        return False
    return bool(fill.value or stroke.value)


def _matrix(found: Any) -> _Matrix:
    raw = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(found, ctypes.byref(raw)):
        return _IDENTITY
    return raw.a, raw.b, raw.c, raw.d, raw.e, raw.f


def _times(inner: _Matrix, outer: _Matrix) -> _Matrix:
    a, b, c, d, e, f = inner
    oa, ob, oc, od, oe, of = outer
    return (
        a * oa + b * oc,
        a * ob + b * od,
        c * oa + d * oc,
        c * ob + d * od,
        e * oa + f * oc + oe,
        e * ob + f * od + of,
    )


def _edges(path: Any, number: int, matrix: _Matrix, height: float) -> Iterator[Edge]:
    """The straight, level or upright strokes of one path."""
    start: tuple[float, float] | None = None
    here: tuple[float, float] | None = None
    x, y = ctypes.c_float(0), ctypes.c_float(0)
    for index in range(number):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = _placed(x.value, y.value, matrix, height)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO and here is not None:
            yield from _edge(here, point)
        if pdfium.FPDFPathSegment_GetClose(segment) and start is not None:
            yield from _edge(point, start)
        here = point


def _placed(x: float, y: float, matrix: _Matrix, height: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, height - (b * x + d * y + f)


def _edge(one: tuple[float, float], two: tuple[float, float]) -> Iterator[Edge]:
    (x0, x1), (top, bottom) = sorted((one[0], two[0])), sorted((one[1], two[1]))
    level, upright = bottom - top <= _STRAIGHT, x1 - x0 <= _STRAIGHT
    if level == upright or max(x1 - x0, bottom - top) < _SHORTEST:
        return
    yield {
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "doctop": top,
        "width": x1 - x0,
        "height": bottom - top,
        "orientation": "h" if level else "v",
        "object_type": "line",
    }
