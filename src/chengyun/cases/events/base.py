"""What every event of a case has in common."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ClockFact:
    """What happened to one clock: start, stop, void, pause, resume or move."""

    stage: str
    act: str
    round: int
    due_at: datetime | None
    provisional: bool
    on_time: bool | None


@dataclass(frozen=True)
class Stepped:
    """What every verb tells. `approval` is the id of the approval that let it pass, if one was needed."""

    before: str
    state: str
    round: int
    clocks: tuple[ClockFact, ...]
    captured_at: datetime | None
    approval: str | None
    photos: tuple[str, ...]
