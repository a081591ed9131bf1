"""GeoJSON, Shapefile and GeoPackage through pyogrio's own GDAL."""

import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pyogrio.raw
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from chengyun.kernel.refusal import Invalid
from chengyun.places.readers.table import Table, decode

SUFFIXES = {".geojson", ".json", ".shp", ".gpkg", ".fgb", ".zip"}


def read_vector(path: Path, layer: str = "", encoding: str = "") -> Table:
    """Features as a table with geometries, in the system that the file names ("" if none). Raises Invalid."""
    target = f"/vsizip/{path}" if path.suffix.lower() == ".zip" else str(path)
    try:
        names = [str(name) for name in pyogrio.list_layers(target)[:, 0]]
        if not names:
            raise Invalid("places.file_damaged", f"{path.name}: there is no layer in it", field="file")
        if layer and layer not in names:
            words = f"--sheet: one of {', '.join(names)}"
            raise Invalid("places.file_sheet", words, field="sheet", params={"names": ", ".join(names)})
        dbf = path.suffix.lower() in {".shp", ".zip"} and not path.with_suffix(".cpg").exists()
        # Without a .cpg nothing says what the bytes are: take them as they are and judge them.
        with warnings.catch_warnings(action="ignore"):  # of what is no shape the report speaks, row by row
            meta, fids, wkb, columns = pyogrio.raw.read(
                target, layer=layer or names[0], encoding="ISO-8859-1" if dbf else None, return_fids=True
            )
    except (RuntimeError, ValueError, OSError) as error:  # what GDAL says of a broken file
        words = f"{path.name}: {str(error).splitlines()[0]}"
        raise Invalid("places.file_damaged", words, field="file") from error
    headings = [str(name) for name in meta["fields"]]
    found = str(meta.get("encoding") or "")
    if dbf:
        headings, columns, found = _decoded(headings, columns, encoding)
    values = [column.tolist() if hasattr(column, "tolist") else list(column) for column in columns]
    rows = [["" if _missing(cell) else cell for cell in row] for row in zip(*values, strict=True)] if values else []
    rows = rows or [[] for _ in fids]
    shapes = shapely.force_2d(shapely.from_wkb(wkb))
    return Table(
        tuple(headings), rows, first=1, geometries=shapes, system=_system(meta.get("crs")), encoding=found,
        sheets=tuple(names),
    )  # fmt: skip


def _system(crs: Any) -> str:
    """ "EPSG:n" where the definition is a registered one, "" where there is none."""
    if not crs:
        return ""
    try:
        known = CRS.from_user_input(crs)
    except CRSError:
        return ""
    code = known.to_epsg(min_confidence=25)
    return f"EPSG:{code}" if code else ""


def _decoded(headings: list[str], columns: Any, encoding: str) -> tuple[list[str], list[Any], str]:
    """Texts that were read byte by byte, in the encoding that fits all of them."""
    texts = [column for column in columns if column.dtype == object]
    everything = "\n".join([*headings, *(str(v) for column in texts for v in column if isinstance(v, str))])
    _, found = decode(everything.encode("latin-1", "replace"), encoding)
    turned = [
        np.array([v.encode("latin-1").decode(found, "replace") if isinstance(v, str) else v for v in c], dtype=object)
        if c.dtype == object
        else c
        for c in columns
    ]
    return [h.encode("latin-1", "replace").decode(found, "replace") for h in headings], turned, found


def _missing(cell: Any) -> bool:
    return cell is None or (isinstance(cell, float) and np.isnan(cell))
