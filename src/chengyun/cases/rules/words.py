"""Numbers, titles, and texts without personal data. Pure."""

import re
from datetime import date

_PHONE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?(?:1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[- ]?\d{7,8})(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_LONG_DIGITS = re.compile(r"(?<!\d)\d{15,19}(?!\d)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
TITLE = 40


def case_number(town: str, day: date, serial: int) -> str:
    """`town-yyyymmdd-nnnnn`."""
    return f"{town}-{day:%Y%m%d}-{serial:05d}"


def without_personal_data(text: str, *names: str) -> str:
    """A text without phone and identity numbers, mail addresses, and the names that are known."""
    for pattern in (_MAIL, _IDENTITY, _PHONE, _LONG_DIGITS):
        text = pattern.sub("＊", text)
    for name in names:
        if len(name) >= 2:
            text = text.replace(name, "＊")
    return text


def title_of(text: str, given: str = "") -> str:
    """What a list shows: the title given, else the first sentence, without personal data."""
    source = given.strip() or re.split(r"[。！？!?\n；;]", text.strip(), maxsplit=1)[0]
    plain = " ".join(without_personal_data(source).split())
    return plain if len(plain) <= TITLE else plain[: TITLE - 1] + "…"
