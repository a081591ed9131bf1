"""What a monthly report says by itself, and what it has to ask: the platform never asks for what it knows."""

from dataclasses import dataclass
from datetime import date
from typing import Any

DUE_WORKING_DAY = 3
"""A report is due at close of office of this working day of the next month."""
REMIND_DAYS = (3, 1)
"""So many days before it is due, a department is reminded."""


@dataclass(frozen=True)
class Known:
    """What the platform knows of one task, target or project at the end of a month.

    `value` from records (an indicator, stages, closed work), `before` what the last report said, `light` and `reason`
    of that light, `paid` and `planned` money of the month in 万元, `stages` that ended in the month.
    """

    kind: str
    value: float | None
    before: float | None
    light: str
    reason: str
    counted: bool
    due_on: date | None
    stages: tuple[str, ...] = ()
    overdue_stages: tuple[str, ...] = ()
    paid: float | None = None
    planned: float | None = None

    def plain(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return {
            "kind": self.kind, "value": self.value, "before": self.before, "light": self.light, "reason": self.reason,
            "counted": self.counted, "due_on": self.due_on.isoformat() if self.due_on else None,
            "stages": list(self.stages), "overdue_stages": list(self.overdue_stages), "paid": self.paid,
            "planned": self.planned,
        }  # fmt: skip


def ask_of(known: Known, month_end: date) -> str:
    """What has to be asked of a line; empty if nothing.

    why_red: it is behind, why and what is done about it. progress: nothing of it is counted anywhere, so a person says
    how far it is. why_slipped: a stage was due and has not ended. finished: its due date lies in the month.
    """
    if known.overdue_stages:
        return "why_slipped"
    if known.light == "red":
        return "why_red"
    if known.counted:
        return ""
    if known.due_on is not None and known.due_on <= month_end and (known.value or 0.0) < 100.0:
        return "finished"
    return "progress" if (known.value or 0.0) < 100.0 else ""


def month_of(day: date) -> date:
    """The first day of the month of a day."""
    return day.replace(day=1)


def month_before(month: date) -> date:
    """The first day of the month before."""
    return date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)


def month_after(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def end_of(month: date) -> date:
    """The last day of a month."""
    return date.fromordinal(month_after(month).toordinal() - 1)
