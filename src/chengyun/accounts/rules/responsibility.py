"""Who answers for something: the rule that fits best, and why. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Rule:
    """A row of the responsibility table. `code` is exact or ends with "*"; `area` None: anywhere in the town.

    `depth`: how deep the area lies in its tree (0: no area), so that the inner one wins.
    """

    id: str
    code: str
    area: int | None
    conditions: Mapping[str, Any]
    department: int
    priority: int = 0
    depth: int = 0
    basis_zh: str = ""
    basis_en: str = ""


@dataclass(frozen=True)
class Reason:
    """Why a department was found, in parts that a screen words and that are stored with what followed.

    `matched`: exact, prefix or any. `others` counts the rules that fitted too and were less exact.
    """

    rule: str
    code: str
    matched: str
    area: int | None
    conditions: Mapping[str, Any]
    priority: int
    others: int
    basis_zh: str
    basis_en: str

    def parts(self) -> dict[str, Any]:
        """As plain JSON values."""
        return asdict(self)


def best(
    rules: Iterable[Rule], subject: str, areas: Collection[int], facts: Mapping[str, Any]
) -> tuple[Rule, Reason] | None:
    """The rule that fits `subject` best at a place, or None. `areas`: all that the place lies in.

    A higher priority wins; then the more exact code, then the inner area, then the one with more conditions; then the
    older rule, so that the answer is always the same.
    """
    fitting = [
        rule
        for rule in rules
        if fits_code(rule.code, subject) and (rule.area is None or rule.area in areas) and fits(rule.conditions, facts)
    ]
    if not fitting:
        return None
    first = min(fitting, key=_rank)
    reason = Reason(
        rule=first.id,
        code=first.code,
        matched="any" if first.code == "*" else "prefix" if first.code.endswith("*") else "exact",
        area=first.area,
        conditions=dict(first.conditions),
        priority=first.priority,
        others=len(fitting) - 1,
        basis_zh=first.basis_zh,
        basis_en=first.basis_en,
    )
    return first, reason


def _rank(rule: Rule) -> tuple[int, int, int, int, str]:
    return (-rule.priority, -_exactness(rule.code), -rule.depth, -len(rule.conditions), rule.id)


def codes_covering(subject: str) -> list[str]:
    """Every code that a rule which covers `subject` may have."""
    return [subject, *(subject[:n] + "*" for n in range(len(subject) + 1))]


def fits_code(code: str, subject: str) -> bool:
    """Whether a rule's code covers a subject's."""
    return subject.startswith(code[:-1]) if code.endswith("*") else subject == code


def _exactness(code: str) -> int:
    return 2 * len(code) - 1 if code.endswith("*") else 2 * len(code) + 1


def fits(conditions: Mapping[str, Any], facts: Mapping[str, Any]) -> bool:
    """Whether every condition holds. A fact that is not known fulfils none."""
    return all(_holds(wanted, facts.get(name)) for name, wanted in conditions.items())


def _holds(wanted: Any, fact: Any) -> bool:
    if fact is None:
        return False
    if isinstance(wanted, Mapping):
        return _between(wanted, fact)
    return fact in wanted if isinstance(wanted, list | tuple) else bool(fact == wanted)


def _between(limits: Mapping[str, Any], fact: Any) -> bool:
    if isinstance(fact, bool) or not isinstance(fact, int | float):
        return False
    low, high = limits.get("min"), limits.get("max")
    return (low is None or fact >= low) and (high is None or fact <= high)


def condition_problem(conditions: Any) -> str | None:
    """What is wrong with the conditions of a rule, in words, or None."""
    if not isinstance(conditions, dict):
        return "conditions are an object of name and value"
    for name, wanted in conditions.items():
        plain = isinstance(wanted, str | int | float | bool)
        listed = isinstance(wanted, list) and wanted and all(isinstance(w, str | int | float | bool) for w in wanted)
        span = (
            isinstance(wanted, dict)
            and bool(wanted)
            and set(wanted) <= {"min", "max"}
            and all(isinstance(w, int | float) for w in wanted.values())
        )
        if not (plain or listed or span):
            return f"{name}: give a value, a list of values, or min and max as numbers"
    return None
