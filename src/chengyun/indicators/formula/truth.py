"""Whether something holds, for each of many things: yes, no, or not known."""

from dataclasses import dataclass

import numpy as np

from chengyun.indicators.formula.spans import Flags


@dataclass(frozen=True)
class Truth:
    """`sure`: it holds whatever the unknown is; `possible`: it may hold. `moot`: nothing is asked of the thing."""

    sure: Flags
    possible: Flags
    moot: Flags | None = None

    @classmethod
    def plain(cls, holds: Flags) -> "Truth":
        """Known for all."""
        return cls(holds, holds)

    @classmethod
    def always(cls, length: int) -> "Truth":
        """True for all."""
        return cls.plain(np.ones(length, dtype=bool))

    def but(self, unknown: Flags) -> "Truth":
        """Not known for these."""
        return Truth(self.sure & ~unknown, self.possible | unknown, self.moot)

    def both(self, other: "Truth") -> "Truth":
        """And."""
        return Truth(self.sure & other.sure, self.possible & other.possible, self._moot(other))

    def either(self, other: "Truth") -> "Truth":
        """Or."""
        return Truth(self.sure | other.sure, self.possible | other.possible, self._moot(other))

    def opposite(self) -> "Truth":
        """Not."""
        return Truth(~self.possible, ~self.sure, self.moot)

    @property
    def asked(self) -> Flags:
        """The things of which something is asked."""
        return np.ones(len(self.sure), dtype=bool) if self.moot is None else ~self.moot

    def _moot(self, other: "Truth") -> Flags | None:
        return None if self.moot is None or other.moot is None else self.moot & other.moot
