"""What is wrong with a table that a town edited: every fault with its line and field."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing wrong. `line` counts from 1 with the heading; 0 where the fault is not of one line."""

    line: int
    field: str
    words: str

    def __str__(self) -> str:
        return f"line {self.line}, {self.field}: {self.words}" if self.line else f"{self.field}: {self.words}"


class BadTable(ValueError):
    """A table with faults; nothing of it was taken."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        shown = "; ".join(str(fault) for fault in self.faults[:5])
        more = f" (and {len(self.faults) - 5} more)" if len(self.faults) > 5 else ""
        super().__init__(shown + more)
