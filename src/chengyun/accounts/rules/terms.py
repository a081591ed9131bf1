"""Terms of a post: none may overlap another. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise


@dataclass(frozen=True, order=True)
class Term:
    """From a moment until another (exclusive); None: until further notice."""

    starts_at: datetime
    ends_at: datetime | None = None

    def meets(self, other: "Term") -> bool:
        """Whether both run at some moment."""
        return (other.ends_at is None or self.starts_at < other.ends_at) and (
            self.ends_at is None or other.starts_at < self.ends_at
        )


def overlap(term: Term, others: Iterable[Term]) -> Term | None:
    """The first of `others` that runs at a moment when `term` runs too."""
    return next((other for other in others if term.meets(other)), None)


def overlapping(terms: Iterable[Term]) -> list[tuple[Term, Term]]:
    """Neighbouring pairs, in the order of their start, that overlap."""
    ordered = sorted(terms, key=lambda t: t.starts_at)
    return [(a, b) for a, b in pairwise(ordered) if a.meets(b)]
