"""Files are what they say they are, before GDAL or openpyxl sees them.

GDAL judges a file by its content: a text named .gpkg could be a virtual dataset that reads other files of this machine
or asks the network. An archive could unpack to far more than was sent.
"""

import os
import zipfile
from pathlib import Path

from chengyun.kernel.refusal import Invalid

# GDAL must not go out to the network, whatever a file says.
os.environ.setdefault("CPL_VSIL_CURL_ALLOWED_EXTENSIONS", ".none")
os.environ.setdefault("GDAL_HTTP_PROXY", "127.0.0.1:9")

_BEGINNINGS = {
    ".gpkg": b"SQLite format 3\x00",
    ".shp": b"\x00\x00\x27\x0a",
    ".fgb": b"fgb",
    ".zip": b"PK\x03\x04",
    ".xlsx": b"PK\x03\x04",
    ".xlsm": b"PK\x03\x04",
}
_TEXTS = {".geojson", ".json"}
_PARTS = {".shp", ".shx", ".dbf", ".prj", ".cpg", ".sbn", ".sbx", ".xml", ".qix", ".qmd"}
_UNPACKED = 600_000_000  # bytes
_RATIO = 200


def guard(path: Path) -> None:
    """Raise Invalid unless the file's beginning fits its name and an archive's parts are of a sane size."""
    suffix = path.suffix.lower()
    with path.open("rb") as handle:
        beginning = handle.read(4096)
    wanted = _BEGINNINGS.get(suffix)
    if wanted and not beginning.startswith(wanted):
        words = f"{path.name}: the content is not that of a {suffix} file"
        raise Invalid("places.file_content", words, field="file", params={"kind": suffix})
    if suffix in _TEXTS and beginning.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in {b"{", b"["}:
        words = f"{path.name}: not GeoJSON"
        raise Invalid("places.file_content", words, field="file", params={"kind": "GeoJSON"})
    if wanted == b"PK\x03\x04":
        _archive(path, suffix)


def _archive(path: Path, suffix: str) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = [part for part in archive.infolist() if not part.is_dir()]
            heads = {
                part.filename: archive.open(part).read(4) for part in parts if part.filename.lower().endswith(".shp")
            }
    except (zipfile.BadZipFile, OSError, RuntimeError) as error:
        raise Invalid("places.file_damaged", f"{path.name}: a damaged archive", field="file") from error
    unpacked = sum(part.file_size for part in parts)
    if unpacked > _UNPACKED or unpacked > _RATIO * max(path.stat().st_size, 4096):
        size = f"{unpacked / 1e6:,.0f}"
        words = f"{path.name}: unpacks to {size} MB, more than is taken"
        raise Invalid("places.file_unpacks", words, field="file", params={"megabytes": size})
    if suffix != ".zip":
        return
    strange = [part.filename for part in parts if Path(part.filename).suffix.lower() not in _PARTS]
    if strange:
        words = f"{path.name}: an archive holds one shapefile and its parts, not {strange[0]}"
        raise Invalid("places.file_archive", words, field="file", params={"part": strange[0]})
    if not heads or any(head != _BEGINNINGS[".shp"] for head in heads.values()):
        raise Invalid("places.file_no_shape", f"{path.name}: no shapefile inside", field="file")
