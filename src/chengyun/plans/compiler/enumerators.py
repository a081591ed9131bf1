"""The numbers in front of headings and items, and the level that each form stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chengyun.plans.compiler.numerals import value
from chengyun.plans.compiler.unit_table import UNITS, pattern

# 2.1 重点任务 is a heading, 2.1万平方米 at the start of a wrapped line is a quantity.
_UNIT = "|".join(pattern(name) for name in sorted(UNITS, key=len, reverse=True))
_TITLE = rf"(?![\d.%‰])\s*(?=[\u4e00-\u9fff“《])(?![余多]?(?:[百千万亿]|{_UNIT}))"
_N = "[一二三四五六七八九十百零〇]{1,5}"
# Rank (smaller stands higher), pattern. Written for text in one width (see `width.canonical`).
_FORMS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (10, re.compile(rf"第\s?({_N}|\d{{1,2}})\s?(?:部分|编|篇)\s*[:：、]?\s*")),
    (20, re.compile(rf"第\s?({_N}|\d{{1,2}})\s?章\s*[:：、]?\s*")),
    (30, re.compile(rf"第\s?({_N}|\d{{1,2}})\s?节\s*[:：、]?\s*")),
    (35, re.compile(rf"第\s?({_N}|\d{{1,3}})\s?条\s*[:：、]?\s*")),
    (40, re.compile(rf"({_N})\s*[、.，。]\s*")),
    (50, re.compile(rf"（\s*({_N})\s*）[、.。]?\s*")),
    (60, re.compile(r"(\d{1,3})\s*(?:[、]|\.(?=20\d\d年|[“《]|\D|$)|．)\s*")),
    (60, re.compile(rf"(?:任务|举措|工作|行动|专项|工程|项目|事项|实事)(\d{{1,2}}|{_N})\s*[.、:：]\s*")),
    (62, re.compile(rf"[1-9]\d?\.([1-9]\d?){_TITLE}")),
    (64, re.compile(rf"[1-9]\d?\.[1-9]\d?\.([1-9]\d?){_TITLE}")),
    (70, re.compile(r"（\s*(\d{1,3})\s*）[、.]?\s*")),
    (75, re.compile(r"(\d{1,2})\s*）[、.]?\s*")),
    (80, re.compile(r"([①-⑳])\s*[、.]?\s*")),
)
RUN_IN = re.compile(rf"({_N})(?:是|要)(?=[\u4e00-\u9fff])")
IMPLICIT = 55
STYLE_RANKS = {1: 15, 2: 32, 3: 45, 4: 55, 5: 65, 6: 72}
# Ranks that end a box 专栏 or an annex table: items inside use the forms below these.
SECTION = 50


@dataclass(frozen=True, slots=True)
class Label:
    """An enumerator at the start of a line: its rank, its number, and how many characters it takes."""

    rank: int
    number: int
    length: int


def label(norm: str) -> Label | None:
    """The enumerator that `norm` (in one width) starts with, or None."""
    for rank, form in _FORMS:
        match = form.match(norm)
        if match is None:
            continue
        number = _number(match[1])
        if number is not None and (rank != 40 or _is_item(norm, match.end())):
            return Label(rank, number, match.end())
    return None


def _number(text: str) -> int | None:
    if text.isdecimal():
        return int(text)
    if text in "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳":
        return ord(text) - 0x245F
    return value(text)


def _is_item(norm: str, end: int) -> bool:
    """一、二、三… is a list of numbers inside a sentence, 一、开展 is a heading."""
    return not re.match(rf"{_N}[、，]", norm[end:])
