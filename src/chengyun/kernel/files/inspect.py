"""What a file really is, from its content. What is not known is not taken."""

import json
import re

import puremagic

from chengyun.kernel.files.archives import active, archive_kind, broken, holds_archive, mixed, pdf_kind
from chengyun.kernel.refusal import Invalid, Unsupported

PICTURES = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})
DOCUMENTS = frozenset(
    {
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
)
TABLES = frozenset({"text/csv", "application/json", "application/zip", "application/geopackage+sqlite3"})
TAKEN = {"photo": PICTURES, "attachment": PICTURES | DOCUMENTS, "import": DOCUMENTS | TABLES}
"""Which types each purpose takes."""

_PAGE = re.compile(rb"<\s*(?:!doctype\s+html|html|script|svg|iframe|\?php|body|math)\b", re.IGNORECASE)
_MAGIC = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"SQLite format 3\0", "application/geopackage+sqlite3"),
)


def mime_of(data: bytes, purpose: str) -> str:
    """The type of `data`, if `purpose` takes it. Raises Unsupported or Invalid with a code that says why not."""
    if purpose not in TAKEN:
        raise Invalid("kernel.file_purpose", f"purpose is one of {', '.join(TAKEN)}", field="purpose")
    if not data:
        raise Invalid("kernel.file_empty", "the file is empty", field="file")
    mime = _mime(data)
    if mime not in TAKEN[purpose]:
        raise Unsupported(
            "kernel.file_type",
            f"a {purpose} is not of the type {mime}; taken are {', '.join(sorted(TAKEN[purpose]))}",
            field="file",
            params={"type": mime, "purpose": purpose},
        )
    return mime


def _mime(data: bytes) -> str:
    known = next((mime for magic, mime in _MAGIC if data.startswith(magic)), None)
    if known is None and data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        known = "image/webp"
    if known in PICTURES:
        return _picture(data, str(known))
    if known == "application/pdf":
        if holds_archive(data):
            raise mixed()
        return pdf_kind(data)
    if known == "application/zip":
        return archive_kind(data)
    return known or _other(data)


def _picture(data: bytes, mime: str) -> str:
    """A picture that is nothing else: what follows its end would be dropped, but says what was meant."""
    if holds_archive(data) or b"%PDF-" in data[:1024]:
        raise mixed()
    if _PAGE.search(data):
        raise active()
    return mime


def _other(data: bytes) -> str:
    text = _text(data)
    if text is None:
        return _named(data)
    if _PAGE.search(data[:100_000]) or text.lstrip().startswith("<"):
        raise active()
    if text.lstrip()[:1] in {"{", "["}:
        try:
            json.loads(text)
        except ValueError as error:
            raise broken("JSON") from error
        return "application/json"
    return "text/csv"


def _text(data: bytes) -> str | None:
    if b"\0" in data[:100_000]:
        return None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _named(data: bytes) -> str:
    """The name of a type that is not taken, for the answer."""
    try:
        return str(puremagic.from_string(data[:65_536], mime=True)) or "unknown"
    except (puremagic.PureError, ValueError):
        return "unknown"
