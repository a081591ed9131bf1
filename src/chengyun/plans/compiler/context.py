"""What all readers of one document share: its calendar, the clock, the questions they raise."""

from __future__ import annotations

from dataclasses import dataclass, field

from chengyun.plans.compiler.clock import Deadline as Clock
from chengyun.plans.compiler.dates import Calendar
from chengyun.plans.compiler.healed import Healed
from chengyun.plans.compiler.model import Meta, Question, quoted


@dataclass(slots=True)
class Context:
    source: str
    meta: Meta
    clock: Clock
    calendar: Calendar = field(default_factory=Calendar)
    questions: list[Question] = field(default_factory=list)
    people: frozenset[str] = frozenset()

    def ask(self, code: str, detail: str, words: Healed) -> None:
        """Puts what was not understood, or is left open, on the list for the reviewer."""
        self.questions.append(Question(code, detail, quoted(words, 0.5)))
