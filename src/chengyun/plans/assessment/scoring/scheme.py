"""What a text of the language means."""

from dataclasses import dataclass
from decimal import Decimal

VERSION = 1


@dataclass(frozen=True)
class Number:
    value: Decimal


@dataclass(frozen=True)
class Fact:
    """A figure that the platform knows of a department: by name."""

    name: str


@dataclass(frozen=True)
class Binary:
    """`op`: + - * / least most."""

    op: str
    left: "Expression"
    right: "Expression"


Expression = Number | Fact | Binary


@dataclass(frozen=True)
class Comparison:
    """`op`: > < >= <= =."""

    op: str
    left: Expression
    right: Expression


@dataclass(frozen=True)
class Joined:
    """Two conditions joined by "and" or "or"."""

    op: str
    left: "Condition"
    right: "Condition"


Condition = Comparison | Joined


@dataclass(frozen=True)
class Deduction:
    """So many points off for each; `most` bounds what this may cost."""

    each: Expression
    points: Decimal
    most: Decimal | None
    text: str


@dataclass(frozen=True)
class Share:
    """Points in proportion to a share; below `start` there are none, from there the share counts as it is."""

    of: Expression
    start: Decimal
    text: str


@dataclass(frozen=True)
class Item:
    """A line worth `full` points: all of them, or a share, less deductions, never under `floor`."""

    name: str
    full: Decimal
    share: Share | None
    deductions: tuple[Deduction, ...]
    floor: Decimal
    line: int


@dataclass(frozen=True)
class Bonus:
    """Points above the full score, at most `most`."""

    name: str
    each: Expression
    points: Decimal
    most: Decimal | None
    text: str
    line: int


@dataclass(frozen=True)
class Veto:
    """Where the condition holds, the total is at most `cap`."""

    name: str
    when: Condition
    cap: Decimal
    text: str
    line: int


@dataclass(frozen=True)
class Scheme:
    """A whole text. `full` is the sum of its items; `facts` are the names it reads, in order of mention."""

    version: int
    items: tuple[Item, ...]
    bonuses: tuple[Bonus, ...]
    vetoes: tuple[Veto, ...]
    facts: tuple[str, ...]

    @property
    def full(self) -> Decimal:
        return sum((item.full for item in self.items), Decimal(0))
