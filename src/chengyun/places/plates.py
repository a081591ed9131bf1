"""Plate codes 铭牌码: short, and a mistyped digit is noticed. Free of Django."""

import re

_FORM = re.compile(r"([A-Z][A-Z0-9]{1,11})-(\d{6,})(\d)")


def plate(town: str, number: int) -> str:
    """The plate of a town's n-th facility: "YA-0001237", the last digit checks the others (Luhn)."""
    digits = f"{number:06d}"
    return f"{town.upper()}-{digits}{_check(digits)}"


def is_plate(text: str) -> bool:
    """Whether a text is a plate that we may have given."""
    found = _FORM.fullmatch(text.strip().upper())
    return found is not None and _check(found.group(2)) == found.group(3)


def _check(digits: str) -> str:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)
