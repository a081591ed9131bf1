"""Files as they come in: honest ones, and others. All made here; none is anybody's."""

import io
import struct
import zipfile
import zlib

from docx import Document
from openpyxl import Workbook
from PIL import Image


def photo(size: tuple[int, int] = (640, 480), *, orientation: int = 1, place: bool = True, form: str = "JPEG") -> bytes:
    """A picture, red on the left, with position, time and a camera's name in its EXIF."""
    picture = Image.new("RGB", size, "blue")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[0x010F] = "Secret Camera"
    exif[0x0112] = orientation
    times = exif.get_ifd(0x8769)
    times[36867] = "2026:11:20 14:05:06"
    if place:
        gps = exif.get_ifd(0x8825)
        gps[1], gps[2] = "N", (31.0, 24.0, 36.0)
        gps[3], gps[4] = "E", (121.0, 12.0, 0.0)
    target = io.BytesIO()
    picture.save(target, form, exif=exif)
    return target.getvalue()


def png(width: int, height: int) -> bytes:
    """A PNG that says it is so large, and holds next to nothing."""

    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 100)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", rows) + part(b"IEND", b"")


def archive(**entries: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in entries.items():
            packed.writestr(name.replace("__", "/"), data)
    return target.getvalue()


def bomb() -> bytes:
    return archive(a=b"\0" * 60_000_000)


def letter() -> bytes:
    target = io.BytesIO()
    document = Document()
    document.add_paragraph("云岸镇")
    document.save(target)
    return target.getvalue()


def sheet(rows: list[list[object]]) -> bytes:
    target = io.BytesIO()
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(target)
    return target.getvalue()


def pdf(inside: bytes = b"") -> bytes:
    return b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog " + inside + b" >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def with_macro(document: bytes) -> bytes:
    target = io.BytesIO(document)
    with zipfile.ZipFile(target, "a") as packed:
        packed.writestr("word/vbaProject.bin", b"macro")
    return target.getvalue()
