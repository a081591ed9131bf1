"""Cells to values: numbers with units, yes and no, states, dates, age bands. What cannot be read says what can."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

import shapely

from chengyun.places.readers.osm.rules import data_file
from chengyun.places.right import right

_EXCEL_DAY_ZERO = date(1899, 12, 30)  # day 60 of its calendar is one that never was
CATEGORY = right("category", "a category's code or Chinese name")


class WrongError(ValueError):
    """A cell that cannot be read; `right` says what could be."""

    def __init__(self, right: str) -> None:
        super().__init__(right)
        self.right = right


def read_value(kind: str, cell: Any, categories: Mapping[str, str]) -> Any:
    """A cell as a value of a field's type. `categories`: every word that names one → its code. Raises WrongError."""
    if kind == "category":
        return _category(cell, categories)
    return _READERS[kind](cell)


def number(cell: Any) -> float:
    """12, "1,200 平方米", "３０张" → 12.0, 1200.0, 30.0."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell)
    text = unicodedata.normalize("NFKC", str(cell)).replace(",", "")
    found = re.fullmatch(r"\s*约?\s*(-?\d+(?:\.\d+)?)\s*(万)?\s*[^\d]{0,8}\s*", text)
    if not found:
        raise WrongError(right("number", "a number, with or without its unit"))
    return float(found.group(1)) * (10_000 if found.group(2) else 1)


def whole(cell: Any) -> int:
    """A whole number, units allowed."""
    value = number(cell)
    if value != int(value):
        raise WrongError(right("whole", "a whole number"))
    return int(value)


def yes_no(cell: Any) -> bool:
    """是/有/√ and 否/无/×, in words or as 1 and 0."""
    if isinstance(cell, bool):
        return cell
    return _word("yes", cell) == "yes"


def day(cell: Any) -> date:
    """A date as Excel or people write it: 2024-06-30, 2024/6/30, 2024年6月, 20240630, or Excel's count of days."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = str(cell).strip()
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        return _EXCEL_DAY_ZERO + timedelta(days=int(float(text)))
    found = re.fullmatch(r"((?:19|20)\d{2})(?:\D(\d{1,2}))?(?:\D(\d{1,2}))?\D?", text)
    packed = re.fullmatch(r"((?:19|20)\d{2})(\d{2})(\d{2})", text)
    parts = (packed or found).groups() if packed or found else None  # type: ignore[union-attr]
    try:
        return date(int(parts[0]), int(parts[1] or 12), int(parts[2] or 1)) if parts else date(0, 1, 1)
    except ValueError as error:
        raise WrongError(right("date", "a date such as 2024-06-30")) from error


def ages(cell: Any) -> tuple[int, int | None]:
    """An age band, end exclusive: 0-2岁 and 3岁以下 → (0, 3), 60岁及以上 → (60, None), 合计 → (0, None)."""
    text = re.sub(r"\s|周?岁", "", unicodedata.normalize("NFKC", str(cell)))
    if text in {"", "合计", "总计", "全部", "总人口", "人口数", "all", "total"}:
        return 0, None
    if found := re.fullmatch(r"(\d+)[-—~至到](\d+)", text):
        return int(found.group(1)), int(found.group(2)) + 1
    if found := re.fullmatch(r"(\d+)(?:及?以下|以内|under)|(?:under|<)(\d+)", text):
        bound = int(found.group(1) or found.group(2))
        return 0, bound + (1 if "及以下" in text else 0)
    if found := re.fullmatch(r"(\d+)(?:及?以上|\+)", text):
        return int(found.group(1)), None
    raise WrongError(right("ages", "an age band such as 0-2岁, 3岁以下, 60岁及以上, or 合计"))


def point(cell: Any) -> Any:
    """A point or another geometry from "121.3,31.2" or WKT, in the file's own system."""
    text = str(cell).strip().strip("()[]（）")
    found = re.fullmatch(r"(-?\d+(?:\.\d+)?)\s*[,，;；\s]\s*(-?\d+(?:\.\d+)?)", text)
    if found:
        return shapely.Point(float(found.group(1)), float(found.group(2)))
    try:
        return shapely.force_2d(shapely.from_wkt(str(cell)))
    except shapely.GEOSException as error:
        raise WrongError(right("point", "two numbers such as 121.30512,31.22410, or WKT")) from error


def degrees(cell: Any) -> float:
    """A coordinate: a number, or degrees, minutes and seconds (121°18'30.5")."""
    found = re.fullmatch(r"\s*(\d{1,3})[°度](\d{1,2})['′分](\d{1,2}(?:\.\d+)?)[\"″秒]?\s*[EN东北]?\s*", str(cell))
    if found:
        return int(found.group(1)) + int(found.group(2)) / 60 + float(found.group(3)) / 3600
    return number(cell)


def _category(cell: Any, categories: Mapping[str, str]) -> str:
    text = str(cell).strip()
    code = categories.get(text) or categories.get(text.lower())
    if code:
        return code
    near = sorted({found for word, found in categories.items() if len(word) > 1 and (word in text or text in word)})
    if len(near) == 1:
        return near[0]
    if near:
        words = "a category's code or Chinese name; perhaps {near}"
        raise WrongError(right("category_near", words, near=", ".join(near[:4])))
    raise WrongError(CATEGORY)


@lru_cache(maxsize=8)
def _words(kind: str) -> Mapping[str, str]:
    listed = data_file("fields.yaml")["words"][kind]
    return {str(word).lower(): str(value) for value, words in listed.items() for word in words}


def _word(kind: str, cell: Any) -> str:
    known = _words(kind)
    text = str(cell).strip().lower()
    if text not in known:
        raise WrongError(right("one_of", "one of {options}", options="、".join(_said(kind))))
    return known[text]


def _said(kind: str) -> list[str]:
    """One word for each value of a kind: the first Chinese one."""
    listed = data_file("fields.yaml")["words"][kind]
    return [next((word for word in map(str, words) if not word.isascii()), str(words[0])) for words in listed.values()]


def _text(cell: Any) -> str:
    return str(cell).strip()


_READERS: dict[str, Callable[[Any], Any]] = {
    "text": _text,
    "number": number,
    "whole": whole,
    "yes_no": yes_no,
    "date": day,
    "ages": ages,
    "point": point,
    "longitude": degrees,
    "latitude": degrees,
    "state": lambda cell: _word("state", cell),
    "basis": lambda cell: _word("basis", cell),
    "use": lambda cell: _words("use").get(str(cell).strip().lower(), ""),
}
