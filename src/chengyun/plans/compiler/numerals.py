"""Chinese numerals, both ways. Only ever applied to a matched quantity, never to running text (一网统管 is a name)."""

from __future__ import annotations

DIGITS = {c: v for v, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2, "壹": 1, "贰": 2, "叁": 3}
_STEPS = {"十": 10, "百": 100, "千": 1000}
_BLOCKS = frozenset("万亿")


def value(text: str) -> int | None:
    """The number that `text` names (一百二十, 两万三千, 二〇二五, 十四), or None when it names none."""
    if not text or any(c not in DIGITS and c not in _STEPS and c not in _BLOCKS for c in text):
        return None
    if len(text) > 1 and all(c in DIGITS for c in text):
        return int("".join(str(DIGITS[c]) for c in text))
    total = section = digit = 0
    for char in text:
        if char in DIGITS:
            digit = DIGITS[char]
        elif char in _STEPS:
            section += (digit or 1) * _STEPS[char]
            digit = 0
        elif char == "万":
            total += (section + digit) * 10_000
            section = digit = 0
        else:
            total = (total + section + digit) * 100_000_000
            section = digit = 0
    return total + section + digit


def chinese(number: int) -> str:
    """`number` (0 to 9,999) as Word counts it: 十, 二十一, 一百零五."""
    if not 0 <= number < 10_000:
        return str(number)
    if number < 10:
        return "零一二三四五六七八九"[number]
    out, zero = "", False
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            out += ("零" if zero and out else "") + "零一二三四五六七八九"[digit] + name
        zero = not digit if out else zero
    return out.removeprefix("一") if out.startswith("一十") else out
