"""One width for all characters, one character for one, so that offsets stay what they were."""

from __future__ import annotations

import re
import unicodedata

_SAME = {
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF10, 0xFF1A)},
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF21, 0xFF3B)},
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF41, 0xFF5B)},
    **dict(zip("()（）", "（）（）", strict=True)),
    **dict(zip(";?!｜", "；？！；", strict=True)),
    **dict(zip("％．＋－﹣−–—―～〜﹟＃／", "%.+----—-~~##/", strict=True)),
    **dict(zip("［］｛｝〔〕【】﹝﹞[]", "〔〕〔〕〔〕〔〕〔〕〔〕", strict=True)),
    **dict(zip("「」『』〝〞＂", '“”“”“”"', strict=True)),
    **dict(zip("⻓⻔⻋⻅⻉⻚⻛⻜⻢⻥⻦⻩⻬⻮⻰", "长门车见贝页风飞马鱼鸟黄齐齿龙", strict=True)),
    "\u3000": " ",
    "\u00a0": " ",
    "\t": " ",
}
_TABLE = str.maketrans(_SAME)
_COMMA = re.compile(r"(?<![0-9]),|,(?![0-9]{3}(?![0-9]))")
_COLON = re.compile(r"(?<![0-9]):|:(?![0-9])")
_STOP = re.compile(r"(?<=[\u4e00-\u9fff）”%])\.(?![0-9A-Za-z.])")
_QUOTED = re.compile(r'"([^"。\n]{1,60})"')
_FOLDED = re.compile(r"[\s*\u200b\ufeff]+")


def canonical(text: str) -> str:
    """`text` with one form for each mark and digit, of exactly the same length.

    ASCII commas, colons, brackets and quotes become the full-width Chinese marks (a comma inside 12,000 and a colon
    inside 10:30 stay), as does a full stop after a Chinese character; full-width digits and letters become half-width;
    every kind of square bracket becomes 〔〕.
    """
    out = text.translate(_TABLE)
    if "," in out:
        out = _COMMA.sub("，", out)
    if ":" in out:
        out = _COLON.sub("：", out)
    if "." in out:
        out = _STOP.sub("。", out)
    if '"' in out:
        out = _QUOTED.sub(r"“\1”", out)
    return out


def fold(text: str) -> str:
    """What two readings of the same words must share: width and white space do not count, nor marks of emphasis."""
    return _FOLDED.sub("", unicodedata.normalize("NFKC", text)).lower()


def is_wide(char: str) -> bool:
    """True for a character that takes the room of two Latin letters in print."""
    return char > "\u2e7f" and not "\uff61" <= char <= "\uffdc"


def measure(text: str) -> float:
    """Printed length in full-width characters: a Latin letter or digit counts half."""
    wide = sum(map(is_wide, text))
    return wide + (len(text) - wide) / 2
