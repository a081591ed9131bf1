"""How personal data is shown to whoever may not, or need not, see it in full. Pure."""

import re
from collections.abc import Callable, Mapping
from typing import Literal

Kind = Literal["name", "phone", "id_number", "address", "email", "text"]

STAR = "*"
_COMPOUND_SURNAMES = re.compile(
    "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|长孙|宇文|司徒|司空|令狐|端木|夏侯|南宫|百里|东郭|呼延"
)
# What follows the number of a lane or house is where exactly somebody lives: building, unit, floor, room.
_DWELLING = re.compile(
    r"(?<=[弄号巷村组院])\s*[0-9A-Za-z甲乙丙丁东南西北一二三四五六七八九十百之\-—#．.、 ]+"
    r"(?:[号幢栋座楼单元层室户].*)?$"
)
_STREET = re.compile(r"[路街道巷]\s*[0-9]+\s*[弄号]?$")  # as far as a passer-by can read it
_DIGITS = re.compile(r"(?<![0-9A-Za-z])(?:\+?86[- ]?)?[0-9](?:[- ]?[0-9]){6,17}[0-9Xx]?(?![0-9A-Za-z])")


def mask_name(name: str) -> str:
    """王小明 → 王**, 欧阳明 → 欧阳*, "John Smith" → "J*** S****": the surname, or the initials, stays."""
    text = name.strip()
    if not text:
        return ""
    if text.isascii():
        return " ".join(part[0] + STAR * (len(part) - 1) for part in text.split())
    kept = 2 if len(text) > 2 and _COMPOUND_SURNAMES.match(text) else 1
    if len(text) <= kept:
        return STAR
    return text[:kept] + STAR * (len(text) - kept)


def mask_phone(phone: str) -> str:
    """13812345678 → 138****5678, 021-57001234 → 021-****1234: short numbers keep only the last two digits."""
    text = phone.strip()
    places = [i for i, c in enumerate(text) if c.isdigit()]
    if len(places) < 7:
        return "".join(STAR if i in places[:-2] else c for i, c in enumerate(text))
    hidden = set(places[-8:-4])
    return "".join(STAR if i in hidden else c for i, c in enumerate(text))


def mask_id_number(number: str) -> str:
    """310112199001011234 → 3****************4: first and last stay."""
    text = number.strip()
    return STAR * len(text) if len(text) < 6 else text[0] + STAR * (len(text) - 2) + text[-1]


def mask_address(address: str) -> str:
    """云岸路88弄12号301室 → 云岸路88弄****: road and lane (or house) stay, the dwelling goes."""
    text = address.strip()
    hidden = _DWELLING.sub("", text)
    if hidden != text:
        return hidden + STAR * 4
    if _STREET.search(text) or not re.search(r"[0-9]", text):
        return text
    return re.split(r"[0-9]", text, maxsplit=1)[0] + STAR * 4


def mask_email(email: str) -> str:
    """zhang@example.org → z****@example.org."""
    name, at, host = email.strip().partition("@")
    return f"{name[:1]}{STAR * 4}{at}{host}" if at else STAR * len(name)


def mask_text(text: str) -> str:
    """Free text with every number that could be a phone or an identity number masked."""
    return _DIGITS.sub(lambda found: _number(found.group()), text)


def _number(text: str) -> str:
    digits = sum(c.isdigit() for c in text)
    return mask_id_number(text) if digits >= 15 else mask_phone(text)


MASKS: Mapping[Kind, Callable[[str], str]] = {
    "name": mask_name,
    "phone": mask_phone,
    "id_number": mask_id_number,
    "address": mask_address,
    "email": mask_email,
    "text": mask_text,
}


def masked(texts: Mapping[str, str], kinds: Mapping[str, Kind]) -> dict[str, str]:
    """Every text masked by the kind of its field. Raises KeyError for a field without a kind."""
    return {field: MASKS[kinds[field]](text) for field, text in texts.items()}
