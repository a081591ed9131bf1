"""The names that formulas of a town may use: measures, their fields, and the words of their fields."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from chengyun.indicators.formula.problems import FormulaError, Pos, hint, near
from chengyun.kernel.measures import Field, Measure, Words

CATEGORY = "category"


@dataclass(frozen=True)
class Named:
    """What a name means: a measure, and the category if the name was one."""

    measure: Measure
    category: str = ""


class Catalogue:
    """Measures with the words of one town (None: those of any)."""

    def __init__(self, measures: Iterable[Measure], town: int | None = None) -> None:
        self.measures = {one.name: one for one in measures}
        self.town = town
        self._words: dict[tuple[str, str], Words | None] = {}
        self.bound: dict[tuple[str, str], Any] = {}
        """Formulas that were bound by these names, by text and unit; `bind` keeps them here."""

    def named(self, name: str, at: Pos) -> Named:
        """What a name in a formula means. Raises FormulaError with suggestions."""
        if name in self.measures:
            return Named(self.measures[name])
        found = self._short.get(name) or self._categories.get(name) or []
        if len(found) == 1:
            return found[0]
        if found:
            names = sorted(one.measure.name + (f"({one.category})" if one.category else "") for one in found)
            raise FormulaError(
                "formula.ambiguous", at, f"{name} may be {' or '.join(names)}", name=name, suggestions=names
            )
        close = near(name, [*self.measures, *self._short, *self._categories])
        raise FormulaError(
            "formula.unknown_name", at, f"there is nothing called {name}{hint(close)}", name=name, suggestions=close
        )

    def of(self, name: str) -> Measure:
        """The measure of a full name."""
        return self.measures[name]

    def field(self, measure: Measure, name: str, at: Pos) -> Field:
        """A field of a measure by name, Chinese or English. Raises FormulaError with suggestions."""
        for one in measure.fields:
            if name in {one.name, one.zh, one.en}:
                return one
        known = [one.name for one in measure.fields]
        close = near(name, known) or known[:8]
        raise FormulaError(
            "formula.unknown_field", at, f"{measure.en} have no {name}{hint(close)}",
            name=name, measure=measure.name, zh=measure.zh, suggestions=close,
        )  # fmt: skip

    def words(self, measure: Measure, field: Field) -> Words | None:
        """What may be asked of a choice; None where any word may."""
        key = (measure.name, field.name)
        if key not in self._words:
            self._words[key] = field.choices(self.town) if field.choices else None
        return self._words[key]

    def word(self, measure: Measure, field: Field, text: str, at: Pos) -> str:
        """The code of a word of a choice, given by code, Chinese or English. Raises FormulaError with suggestions."""
        known = self.words(measure, field)
        if known is None:
            return text
        for code, zh, en in known:
            if text in {code, zh, en}:
                return code
        close = near(text, [w for row in known for w in row[:2]]) or [row[0] for row in known[:8]]
        raise FormulaError(
            "formula.unknown_word", at, f"{field.en} of {measure.en} is never {text}{hint(close)}",
            name=text, field=field.name, zh=field.zh, suggestions=close,
        )  # fmt: skip

    def label(self, measure: str, field: str, code: str) -> tuple[str, str]:
        """Chinese and English of a code; the code itself where nobody named it."""
        one = self.of(measure)
        known = self.words(one, found) if (found := one.field(field)) else None
        return next(((zh or code, en or code) for c, zh, en in known or () if c == code), (code, code))

    @cached_property
    def _short(self) -> dict[str, list[Named]]:
        """Names without their room, in the singular, and in Chinese."""
        found: dict[str, list[Named]] = {}
        for one in self.measures.values():
            for name in {one.zh, *_chinese(one.zh), *_forms(one.name.rpartition(".")[2])}:
                found.setdefault(name, []).append(Named(one))
        return found

    @cached_property
    def _categories(self) -> dict[str, list[Named]]:
        found: dict[str, list[Named]] = {}
        for one in self.measures.values():
            field = one.field(CATEGORY)
            if one.load is None or field is None:
                continue
            for row in self.words(one, field) or ():
                for name in {*_forms(row[0]), row[1]}:
                    found.setdefault(name, []).append(Named(one, row[0]))
        return found


def _chinese(name: str) -> Sequence[str]:
    """A name without what stands in its brackets, and without the brackets: 小区（村宅） is called 小区 too."""
    return name.partition("（")[0], name.replace("（", "").replace("）", "")


def _forms(name: str) -> Sequence[str]:
    """A name as it stands, in the singular and in the plural."""
    if name.endswith("ies"):
        return name, name[:-3] + "y"
    if name.endswith("s"):
        return name, name[:-1]
    return name, name + "s"
