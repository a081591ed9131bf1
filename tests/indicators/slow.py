"""Formulas evaluated by hand: one thing after the other, one area after the other. Obviously right, and slow."""

from collections.abc import Callable, Iterator
from math import hypot, isnan
from typing import Any

from chengyun.kernel.measures import Coded, Table
from indicators.small_town import ABOVE, LEVELS

Thing = dict[str, Any]
YES, NO, MAYBE = True, False, None


def things(table: Table) -> list[Thing]:
    """The rows of a table as plain values; what is not known is None."""
    found = []
    for row in range(len(table)):
        thing: Thing = {"key": int(table.key[row]), "xy": _point(table, row), "areas": set(_areas(table, row))}
        for name, column in table.columns.items():
            thing[name] = _plain(column, row)
        found.append(thing)
    return found


def _plain(column: Any, row: int) -> Any:
    if isinstance(column, Coded):
        return None if column.codes[row] < 0 else column.words[column.codes[row]]
    value = column[row].item()
    return None if isinstance(value, float) and isnan(value) else value


def _point(table: Table, row: int) -> tuple[float, float] | None:
    assert table.lng is not None
    assert table.lat is not None
    return None if isnan(table.lng[row]) else (float(table.lng[row]), float(table.lat[row]))


def _areas(table: Table, row: int) -> Iterator[int]:
    yield 1
    for ids in table.areas.values():
        area = int(ids[row])
        while area > 0:
            yield area
            area = ABOVE.get(area, -1)


def areas() -> list[int]:
    """Every area, in the order of the axis."""
    return [area for level in LEVELS for area in level.areas]


def straight(a: Thing, b: Thing) -> float:
    return hypot(a["xy"][0] - b["xy"][0], a["xy"][1] - b["xy"][1])


def streets(a: Thing, b: Thing) -> float:
    return abs(a["xy"][0] - b["xy"][0]) + abs(a["xy"][1] - b["xy"][1])


def equals(thing: Thing, name: str, word: str) -> bool | None:
    """Three-valued: None where the field is not known."""
    return MAYBE if thing[name] is None else thing[name] == word


def both(a: bool | None, b: bool | None) -> bool | None:
    if a is NO or b is NO:
        return NO
    return MAYBE if a is MAYBE or b is MAYBE else YES


def some(answers: list[bool | None], least: int = 1) -> bool | None:
    """Whether at least so many answers are yes."""
    if sum(a is YES for a in answers) >= least:
        return YES
    return MAYBE if sum(a is not NO for a in answers) >= least else NO


def every(answers: list[bool | None]) -> bool | None:
    if any(a is NO for a in answers):
        return NO
    return MAYBE if any(a is MAYBE for a in answers) else YES


def share(inside: list[Thing], base: Callable[[Thing], bool | None], where: Callable[[Thing], bool | None]) -> Any:
    """Value, least and most of a share; None as value where nothing is known."""
    yes = sum(base(t) is YES and where(t) is YES for t in inside)
    no = sum(base(t) is YES and where(t) is NO for t in inside)
    whole = sum(base(t) is not NO for t in inside)
    most = sum(base(t) is not NO and where(t) is not NO for t in inside)
    value = yes / (yes + no) if yes + no else None
    return value, yes / whole if whole else None, most / (most + no) if most + no else None
