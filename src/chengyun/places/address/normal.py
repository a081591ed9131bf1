"""One spelling for comparing: half width, lower case, numerals as digits, no spaces or marks around Chinese."""

import re
import unicodedata

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_NUMERAL = re.compile(r"[零〇○一二三四五六七八九十百千]+|两(?=[弄号幢栋村])")
_MARKS = re.compile(r"[\s·•,，。.、;；:：!！?？\"'“”‘’()（）\[\]【】<>《》~～_|]+")
_LATIN_GAP = re.compile(r"(?<=[a-zà-ÿ0-9])\s+(?=[a-zà-ÿ0-9])")
_SPELLINGS = (("号院", "号"), ("#楼", "号楼"), ("＃", "#"), ("衖", "弄"), ("棟", "栋"), ("號", "号"))


def normal(text: str) -> str:
    """The comparing form: "云岸路　１２弄三号楼" and "云岸路12弄3号楼" give the same. Latin words keep one space."""
    plain = unicodedata.normalize("NFKC", text).lower()
    for written, meant in _SPELLINGS:
        plain = plain.replace(written, meant)
    plain = _LATIN_GAP.sub("\x00", plain)
    plain = _MARKS.sub("", plain).replace("\x00", " ")
    return _NUMERAL.sub(lambda found: digits_of(found.group()), plain)


def digits_of(numeral: str) -> str:
    """A Chinese numeral as digits: 二十三 → 23, 一百零八 → 108, 二〇二 → 202, 十 → 10."""
    if not any(c in _UNITS for c in numeral):
        return "".join(str(_DIGITS[c]) for c in numeral)
    total = pending = 0
    for char in numeral:
        if char in _UNITS:
            total += (pending or 1) * _UNITS[char]
            pending = 0
        else:
            pending = _DIGITS[char]
    return str(total + pending)
