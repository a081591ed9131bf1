"""Opening archives and documents for real, within bounds, before anybody else does."""

import io
import re
import zipfile
import zlib

from chengyun.kernel.refusal import Invalid, TooLarge, Unsupported

LARGEST_UNPACKED = 300_000_000
MOST_ENTRIES = 5_000
MOST_PACKED = 200  # times smaller than what comes out: no document is packed so well
CHUNK = 1 << 20

OFFICE = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_ACTIVE_PDF = re.compile(rb"/(?:JavaScript|JS|Launch|OpenAction\s*<<\s*/S\s*/JavaScript)\b")


def archive_kind(data: bytes) -> str:
    """The type of a zip archive or Office document, every entry read once. Raises on bombs, macros and damage."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_shape(entries, len(data))
            _unpack(archive, entries)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OSError) as error:
        raise broken("archive") from error
    names = {entry.filename for entry in entries}
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Unsupported("kernel.file_macro", "documents with macros are not taken", field="file")
    return next((mime for part, mime in OFFICE.items() if part in names), "application/zip")


def pdf_kind(data: bytes) -> str:
    """The type of a PDF. Raises on damage and on what would run when opened."""
    if b"%%EOF" not in data[-2048:]:
        raise broken("PDF")
    if _ACTIVE_PDF.search(data):
        raise active()
    return "application/pdf"


def holds_archive(data: bytes) -> bool:
    """Whether something that is no archive opens as one, too."""
    if b"PK\x05\x06" not in data[-66_000:]:
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return bool(archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return False


def broken(what: str) -> Invalid:
    """The refusal of a damaged file."""
    return Invalid("kernel.file_broken", f"the {what} cannot be opened: it is damaged", field="file")


def active() -> Unsupported:
    """The refusal of a file that could run in somebody's browser."""
    return Unsupported("kernel.file_active", "files that hold scripts or pages are not taken", field="file")


def mixed() -> Unsupported:
    """The refusal of a file that is two things at once."""
    return Unsupported("kernel.file_mixed", "the file is of two types at once, which is not taken", field="file")


def _check_shape(entries: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if not entries:
        raise broken("archive")
    if len(entries) > MOST_ENTRIES or unpacked > LARGEST_UNPACKED or unpacked > packed * MOST_PACKED + CHUNK:
        raise TooLarge("kernel.file_bomb", "the archive holds far more than it should", field="file")
    if min(entry.header_offset for entry in entries) != 0:
        raise mixed()
    for entry in entries:
        if entry.filename.startswith(("/", "\\")) or ".." in entry.filename.replace("\\", "/").split("/"):
            raise broken("archive")


def _unpack(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """Read everything once: what an entry says of its size may be wrong, and then its checksum is too."""
    for entry in entries:
        with archive.open(entry) as stream:
            while stream.read(CHUNK):
                pass
