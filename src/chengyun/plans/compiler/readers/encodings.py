"""The encoding of a text without a mark: the one in which it reads like a plan, or none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chengyun.plans.compiler.errors import ReadError

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"II*\x00", b"MM\x00*", b"\x00\x00\x01\x00")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# The commonest characters of plans, in both forms: half of any plan, a few percent of a text in a wrong encoding.
_COMMON = frozenset(
    "区建的业化设务新理发市动社一展推和城进服工成提全实人民体合生加中镇治年能造升力地作创公管目点项平施为产强完会办行大路制等居质心"
    "面高位上共政开环持任重长资以个级水改活各优商园现安部道老品域经三基间有局时智网方打机集划度企村分增更标济规境要单主月日在了是责"
    "門設務發業員會實項責單間點區縣鎮達標劃續進機構產經濟體動開環長級優現時網規劃"
)
_READABLE = 0.15  # share of common characters
_SHORT = 40  # so few characters tell nothing of their share
_SAMPLE = 20_000
TRADITIONAL = "big5hkscs"


def guessed(data: bytes) -> tuple[str, str]:
    """The text of `data` and its encoding: by its mark, UTF-8, else GB 18030, UTF-16 or Big5 by how it reads.

    Errors: `encoding` where no encoding gives readable Chinese words, `not_a_document` for pictures and other bytes.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], name), name
    if data.startswith(_PICTURES) or (data.startswith(b"RIFF") and data[8:12] == b"WEBP"):
        raise ReadError("not_a_document", "this is a picture: use .txt, .md, .docx, .xlsx or .pdf")
    found = max(_candidates(data), default=None)
    if found is not None:
        return found[2], found[3]
    if len(_CONTROL.findall(data[:_SAMPLE])) > len(data[:_SAMPLE]) // 20:
        raise ReadError("not_a_document", "this is not a text: use .txt, .md, .docx, .xlsx or .pdf")
    raise ReadError("encoding", "the text is neither UTF-8 nor GB 18030: save it as UTF-8")


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise ReadError("encoding", "the text is neither UTF-8 nor GB 18030: save it as UTF-8") from error


def _candidates(data: bytes) -> Iterator[tuple[float, int, str, str]]:
    """(how well it reads, how likely before reading, text, encoding) of every encoding that gives readable words."""
    for rank, name in enumerate((TRADITIONAL, "utf-16-be", "utf-16-le", "gb18030", "utf-8")):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if name == "utf-8":
            if "\x00" not in text:
                yield 2.0, rank, text, name
            continue
        share = _share(text, short=name == "gb18030")
        if share >= _READABLE:
            yield share, rank, text, name


def _share(text: str, *, short: bool) -> float:
    """The share of common characters among the Chinese ones; 0 where other letters outnumber them.

    `short`: a text too short to tell is taken for readable.
    """
    sample = text[:_SAMPLE]
    letters = sum(not char.isspace() and not char.isascii() for char in sample)
    chinese = _CHINESE.findall(sample)
    if not chinese or len(chinese) < 0.6 * letters:
        return 0.0
    share = sum(char in _COMMON for char in chinese) / len(chinese)
    return max(share, _READABLE) if short and len(chinese) < _SHORT else share
