"""One reader per kind of file. The content decides which, never the name alone."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from chengyun.plans.compiler.clock import Deadline
from chengyun.plans.compiler.errors import ReadError
from chengyun.plans.compiler.readers.pdf import read_pdf
from chengyun.plans.compiler.readers.plain import read_text
from chengyun.plans.compiler.readers.sheet import read_xlsx
from chengyun.plans.compiler.readers.word import read_docx
from chengyun.plans.compiler.source import MAX_CHARACTERS, Source

MAX_BYTES = 64 << 20
MAX_UNPACKED = 400 << 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def load(given: Path | str | bytes) -> bytes:
    """The bytes of a path, or the bytes given, within the size limit. Errors: missing, empty, too large."""
    if isinstance(given, bytes):
        data = given
    else:
        path = Path(given)
        if not path.is_file():
            raise ReadError("missing", f"there is no file {path.name}")
        if path.stat().st_size > MAX_BYTES:
            raise ReadError("too_large", f"the file is larger than {MAX_BYTES >> 20} MB: split it and read its parts")
        data = path.read_bytes()
    if len(data) > MAX_BYTES:
        raise ReadError("too_large", f"the file is larger than {MAX_BYTES >> 20} MB: split it and read its parts")
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise ReadError("empty", "the file is empty: nothing to read")
    return data


def read_source(data: bytes, deadline: Deadline) -> Source:
    """The text and the pieces of a file of any kind that we know. Errors: see `ReadError`."""
    if data.startswith(_OLE):
        raise _ole(data)
    if data.startswith(b"PK\x03\x04"):
        source = _zipped(data, deadline)
    elif data[:1024].find(b"%PDF-") >= 0:
        source = read_pdf(data, deadline)
    else:
        source = read_text(data)
    if len(source.text) > MAX_CHARACTERS:
        raise ReadError("too_large", f"the document has more than {MAX_CHARACTERS:,} characters: split it")
    if not source.text.strip():
        told = source.warnings[0].detail if source.warnings else "it has no words"
        raise ReadError("empty", f"no text was found in the file: {told}")
    return source


def _ole(data: bytes) -> ReadError:
    if "EncryptedPackage".encode("utf-16-le") in data[: 1 << 20]:
        return ReadError("encrypted", "the file is protected by a password: save it without one")
    return ReadError("old_word", "this is an old Word, Excel or WPS file: save it as .docx, .xlsx or .pdf")


def _zipped(data: bytes, deadline: Deadline) -> Source:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            names = {info.filename for info in infos}
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise ReadError("damaged", "the file is damaged: its archive cannot be opened") from error
    if any(info.flag_bits & 1 for info in infos):
        raise ReadError("encrypted", "the file is protected by a password: save it without one")
    if sum(info.file_size for info in infos) > MAX_UNPACKED:
        raise ReadError("too_large", f"unpacked the file is larger than {MAX_UNPACKED >> 20} MB")
    if "word/document.xml" in names:
        return read_docx(data, deadline)
    if "xl/workbook.xml" in names:
        return read_xlsx(data, deadline)
    raise ReadError("not_a_document", "this archive is neither a .docx nor an .xlsx file")
