"""Scores by a scheme, exactly, every point explained.

Each step is rounded to hundredths (half up) when it is made, so that the steps of an item add up to its points, and the
items to the total, without a remainder.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from chengyun.plans.assessment.scoring.scheme import (
    Binary,
    Bonus,
    Comparison,
    Condition,
    Deduction,
    Expression,
    Fact,
    Item,
    Number,
    Scheme,
    Share,
    Veto,
)

Facts = Mapping[str, Decimal | int | None]
HUNDREDTH = Decimal("0.01")
ZERO = Decimal(0)


@dataclass(frozen=True)
class Step:
    """What moved an item by `points` (signed). `kind`: full, share, deduct, floor, bonus, veto, rescale, missing,
    nothing_due. `text` are the words of the rule; `facts` the figures that it read; `amount` what they came to."""

    kind: str
    points: Decimal
    text: str = ""
    amount: Decimal | None = None
    capped: bool = False
    facts: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class ItemScore:
    """An item's points out of `full`, or not scored (`points` None), because figures are missing or nothing was due."""

    name: str
    full: Decimal
    points: Decimal | None
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Score:
    """`total` on the scale of the scheme's full score; `assessed` is what the scored items were worth together.

    Items that could not be scored leave both sides: the rest is scaled up to the full score (step "rescale").
    `total` is None where nothing could be scored.
    """

    total: Decimal | None
    full: Decimal
    assessed: Decimal
    items: tuple[ItemScore, ...]
    bonuses: tuple[ItemScore, ...]
    steps: tuple[Step, ...]


class _Missing(Exception):
    """A figure is not known."""


class _NothingDue(Exception):
    """A division by zero: nothing was due."""


def evaluate(scheme: Scheme, facts: Facts) -> Score:
    """The score of whoever has these facts. A fact that is absent or None is missing, which is not zero."""
    items = tuple(_item(item, facts) for item in scheme.items)
    assessed = sum((i.full for i in items if i.points is not None), ZERO)
    got = sum((i.points for i in items if i.points is not None), ZERO)
    bonuses = tuple(_bonus(b, facts) for b in scheme.bonuses)
    if not assessed:
        return Score(None, scheme.full, ZERO, items, bonuses, ())
    steps: list[Step] = []
    total = got
    if assessed != scheme.full:
        total = _hundredths(Fraction(got) * Fraction(scheme.full) / Fraction(assessed))
        steps.append(Step("rescale", total - got, amount=assessed))
    total += sum((b.points for b in bonuses if b.points is not None), ZERO)
    for veto in scheme.vetoes:
        step = _veto(veto, facts, total)
        if step is not None:
            steps.append(step)
            total += step.points
    return Score(total, scheme.full, assessed, items, bonuses, tuple(steps))


def _item(item: Item, facts: Facts) -> ItemScore:
    try:
        steps = [_share(item.share, item.full, facts) if item.share else Step("full", item.full)]
        steps += [_deduct(d, facts) for d in item.deductions]
    except _Missing as gone:
        return ItemScore(item.name, item.full, None, (Step("missing", ZERO, str(gone)),))
    except _NothingDue:
        return ItemScore(
            item.name, item.full, None, (Step("nothing_due", ZERO, item.share.text if item.share else ""),)
        )
    points = sum((s.points for s in steps), ZERO)
    if points < item.floor:
        steps.append(Step("floor", item.floor - points, amount=item.floor))
        points = item.floor
    return ItemScore(item.name, item.full, points, tuple(steps))


def _share(share: Share, full: Decimal, facts: Facts) -> Step:
    exact = _value(share.of, facts)
    counted = min(max(exact, Fraction(0)), Fraction(1))
    if counted < Fraction(share.start):
        counted = Fraction(0)
    points = _hundredths(counted * Fraction(full))
    return Step("share", points, share.text, _shown(exact), exact > 1, _used(share.of, facts))


def _deduct(deduction: Deduction, facts: Facts) -> Step:
    amount = max(_value(deduction.each, facts), Fraction(0))
    cost = amount * Fraction(deduction.points)
    capped = deduction.most is not None and cost > Fraction(deduction.most)
    if capped:
        cost = Fraction(deduction.most or ZERO)
    used = _used(deduction.each, facts)
    return Step("deduct", -_hundredths(cost), deduction.text, _shown(amount), capped, used)


def _bonus(bonus: Bonus, facts: Facts) -> ItemScore:
    most = bonus.most if bonus.most is not None else ZERO
    try:
        amount = max(_value(bonus.each, facts), Fraction(0))
    except (_Missing, _NothingDue) as gone:
        return ItemScore(bonus.name, most, None, (Step("missing", ZERO, str(gone)),))
    gain = amount * Fraction(bonus.points)
    capped = bonus.most is not None and gain > Fraction(bonus.most)
    points = _hundredths(Fraction(bonus.most or ZERO) if capped else gain)
    step = Step("bonus", points, bonus.text, _shown(amount), capped, _used(bonus.each, facts))
    return ItemScore(bonus.name, most, points, (step,))


def _veto(veto: Veto, facts: Facts, total: Decimal) -> Step | None:
    """The step by which a veto lowers the total; None where it does not hold or its figures are missing."""
    try:
        holds = _holds(veto.when, facts)
    except (_Missing, _NothingDue):
        return None
    if not holds or total <= veto.cap:
        return None
    return Step("veto", veto.cap - total, f"{veto.name}：{veto.text}", veto.cap)


def _holds(when: Condition, facts: Facts) -> bool:
    if isinstance(when, Comparison):
        left, right = _value(when.left, facts), _value(when.right, facts)
        return {">": left > right, "<": left < right, ">=": left >= right, "<=": left <= right, "=": left == right}[
            when.op
        ]
    left_holds, right_holds = _holds(when.left, facts), _holds(when.right, facts)
    return (left_holds and right_holds) if when.op == "and" else (left_holds or right_holds)


def _value(expression: Expression, facts: Facts) -> Fraction:
    if isinstance(expression, Number):
        return Fraction(expression.value)
    if isinstance(expression, Fact):
        known = facts.get(expression.name)
        if known is None:
            raise _Missing(expression.name)
        return Fraction(known)
    return _binary(expression, _value(expression.left, facts), _value(expression.right, facts))


def _binary(expression: Binary, left: Fraction, right: Fraction) -> Fraction:
    if expression.op == "/":
        if right == 0:
            raise _NothingDue
        return left / right
    return {"+": left + right, "-": left - right, "*": left * right, "least": min(left, right),
            "most": max(left, right)}[expression.op]  # fmt: skip


def _used(expression: Expression, facts: Facts) -> dict[str, Decimal]:
    if isinstance(expression, Fact):
        return {expression.name: Decimal(facts[expression.name] or 0)}
    if isinstance(expression, Binary):
        return _used(expression.left, facts) | _used(expression.right, facts)
    return {}


def _hundredths(exact: Fraction) -> Decimal:
    """To hundredths, half up (away from zero)."""
    scaled = exact * 100
    whole = (abs(scaled) * 2 + 1) // 2
    return Decimal(int(whole if scaled >= 0 else -whole)).scaleb(-2).quantize(HUNDREDTH)


def _shown(exact: Fraction) -> Decimal:
    """An amount as it is shown, to four places."""
    return (
        (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal("0.0001"), ROUND_HALF_UP).normalize()
    )
