"""A small writer of PDF files with Chinese text, ruled lines and pictures, so that tests need no binary files."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

WIDTH, HEIGHT = 595, 842


@dataclass
class Page:
    """Text and lines in points from the top left corner."""

    parts: list[str] = field(default_factory=list)
    picture: bool = False

    def text(self, x: float, y: float, words: str, size: float = 10.5) -> None:
        self.parts.append(f"BT /F1 {size} Tf {x:.2f} {HEIGHT - y:.2f} Td <{words.encode('utf-16-be').hex()}> Tj ET")

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.parts.append(f"0.7 w {x0:.2f} {HEIGHT - y0:.2f} m {x1:.2f} {HEIGHT - y1:.2f} l S")

    def lines(self, x: float, y: float, words: Sequence[str], size: float = 10.5, step: float = 18) -> float:
        """Several lines of text; gives the place below them."""
        for one in words:
            self.text(x, y, one, size)
            y += step
        return y


def table(
    page: Page, top: float, widths: Sequence[float], rows: Sequence[Sequence[str | None]], left: float = 40
) -> None:
    """A ruled table. None continues the cell above; a cell's text wraps at its width."""
    size, step = 9.0, 12.0
    edges = [left]
    for width in widths:
        edges.append(edges[-1] + width)
    wrapped = [
        [_wrap(cell, width, size) if cell else [] for cell, width in zip(row, widths, strict=True)] for row in rows
    ]
    tops = [top]
    for cells in wrapped:
        tops.append(tops[-1] + step * max(1, *map(len, cells)) + 6)
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if cell is not None:
                page.line(edges[c], tops[r], edges[c + 1], tops[r])
            page.line(edges[c], tops[r], edges[c], tops[r + 1])
            page.lines(edges[c] + 2, tops[r] + 11, wrapped[r][c], size, step)
    for a, b in pairwise(edges):
        page.line(a, tops[-1], b, tops[-1])
    page.line(edges[-1], tops[0], edges[-1], tops[-1])


def _wrap(cell: str, width: float, size: float) -> list[str]:
    count = max(1, int((width - 4) / size))
    return [cell[i : i + count] for i in range(0, len(cell), count)]


def write(pages: Sequence[Page], *, encrypt: bool = False) -> bytes:
    """The file. Text uses a Chinese font by name, as many office programs leave it."""
    font = (
        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts[<</Type/Font"
        "/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
        "/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]"
        "/ItalicAngle 0/Ascent 752/Descent -271/CapHeight 737/StemV 58>>>>]>>"
    )
    picture = (
        "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>"
        "stream\n0\nendstream"
    )
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "", font, picture]
    kids = []
    for page in pages:
        body = "\n".join([*page.parts, "q 500 0 0 700 40 60 cm /I1 Do Q" if page.picture else ""])
        objects.append(f"<</Length {len(body.encode())}>>stream\n{body}\nendstream")
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Resources<</Font<</F1 3 0 R>>"
            f"/XObject<</I1 4 0 R>>>>/Contents {len(objects)} 0 R>>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"
    return _file(objects, encrypt)


def _file(objects: Sequence[str], encrypt: bool) -> bytes:
    out, places = b"%PDF-1.6\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj{text}endobj\n".encode()
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    secret = f"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{'ab' * 32}>/U<{'cd' * 32}>>>/ID[<00><00>]" if encrypt else ""
    return out + f"trailer<</Size {len(objects) + 1}/Root 1 0 R{secret}>>\nstartxref\n{start}\n%%EOF\n".encode()
