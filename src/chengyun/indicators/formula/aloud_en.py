"""The turns of English."""

from collections.abc import Sequence

from chengyun.indicators.formula import tree

_HOW = {"sum": "total", "mean": "mean", "median": "median", "min": "least", "max": "greatest"}
_OPS = {
    "=": "is", "!=": "is not", "in": "is", "<": "is less than", "<=": "is at most", ">": "is more than",
    ">=": "is at least",
}  # fmt: skip
_BY = {"straight": "in a straight line", "foot": "on foot", "car": "by car"}
_BINARY = {"+": "plus", "-": "minus", "*": "times", "/": "divided by"}


class English:
    """How an English-speaking reviewer reads a formula."""

    place = 1

    def number(self, value: float, unit: str) -> str:
        return f"{value:g}%" if unit == "%" else f"{value:g} {unit}".strip()

    def things(self, name: str, conditions: Sequence[str], during: str) -> str:
        said = [*([during] if during else []), *conditions]
        return f"{name} ({', '.join(said)})" if said else name

    def during(self, node: tree.During) -> str:
        if node.kind == "span":
            return f"from {node.first} to {node.last}"
        return {"year": "this year so far", "year_before": "in the year before", "all": "since the beginning"}.get(
            node.kind, f"in the last {node.months} months"
        )

    def count(self, things: str, where: str, unit: str) -> str:  # noqa: ARG002  English counts without a counter
        return f"the number of {things}" + (f" where {where}" if where else "")

    def distinct(self, field: str, things: str, where: str) -> str:
        return f"the number of different values of {field} among {things}" + (f" where {where}" if where else "")

    def reduced(self, how: str, value: str, things: str, where: str) -> str:
        return f"the {_HOW[how]} of {value} of {things}" + (f" where {where}" if where else "")

    def share(self, things: str, where: str, weight: str) -> str:
        return f"the share of {weight + ' of ' if weight else ''}{things} where {where}"

    def binary(self, op: str, left: str, right: str, factor: float) -> str:
        if op == "per":
            return f"{left} per {factor:g} of {right}" if factor != 1 else f"{left} per {right}"
        if op == "^":
            return f"{left} to the power of {right}"
        return f"{left} {_BINARY[op]} {right}"

    def negative(self, part: str) -> str:
        return f"minus {part}"

    def way(self, timed: bool, things: str, metric: tree.Metric) -> str:
        return f"{'minutes' if timed else 'metres'} to the nearest {things} {_BY[metric]}"

    def compared(self, what: str, op: str, values: Sequence[str]) -> str:
        return f"{what} {_OPS[op]} {' or '.join(values)}"

    def flag(self, what: str, holds: bool) -> str:
        return f"{what} is {'yes' if holds else 'no'}"

    def known(self, what: str, wanted: bool) -> str:
        return f"{what} is {'known' if wanted else 'not known'}"

    def has(self, least: int, things: str, reach: tree.Reach | None, unit: str) -> str:
        many = f"at least {least}" if least > 1 else "some"
        if reach is None:
            return f"there is {many} {things}"
        unit = "minutes" if reach.timed else "metres"
        return f"there is {many} {things} within {reach.limit:g} {unit} {_BY[reach.metric]}"

    def each(self, which: str, things: str, condition: str, unit: str) -> str:  # noqa: ARG002
        if which == "every":
            return f"for each of its {things} {condition}"
        return f"for {'at least one' if which == 'any' else 'none'} of its {things} {condition}"

    def joined(self, op: str, parts: Sequence[str]) -> str:
        return f" {op} ".join(parts)

    def opposite(self, part: str) -> str:
        return f"it is not so that {part}"
