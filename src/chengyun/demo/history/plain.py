"""A case and its rows as plain objects: what the rules of cases turn in a bulk history, before anything is written."""

from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from chengyun.cases.rules.clocks import PlainClock
from chengyun.kernel.access import Where

Row = tuple[Any, ...]


@dataclass(slots=True)
class PlainCase:
    """The columns of a case, by their names; `reporters` and `joined` as the rules ask for them."""

    id: int
    uuid: UUID
    town_id: int
    number: str
    channel: str
    class_code: str
    title: str
    text: str
    address: str
    state: str
    reported_at: datetime
    received_at: datetime
    created_at: datetime
    local_day: date
    version: int = 1
    grid_id: int | None = None
    community_id: int | None = None
    department_id: int | None = None
    cell_id: int | None = None
    compound_id: int | None = None
    facility_id: int | None = None
    geometry: bytes | None = None
    minx: float | None = None
    miny: float | None = None
    maxx: float | None = None
    maxy: float | None = None
    h3: int | None = None
    routing: dict[str, Any] = field(default_factory=dict)
    priority: str = "normal"
    is_open: bool = True
    confidential: bool = False
    is_order: bool = False
    source: str = ""
    external_id: str = ""
    upper_kind: str = ""
    upper_due_at: datetime | None = None
    upper_pending: str = ""
    due_at: datetime | None = None
    due_stage: str = ""
    amber_at: datetime | None = None
    provisional: bool = False
    round: int = 1
    returns: int = 0
    extensions: int = 0
    reopenings: int = 0
    urges: int = 0
    open_parts: int = 0
    bound: bool = False
    simple: bool = False
    sampled: bool = False
    supervised: bool = False
    found: bool | None = None
    pending: str = ""
    review_on: date | None = None
    level: str = ""
    merged_into_id: int | None = None
    joined_to_id: int | None = None
    reporter_id: UUID | None = None
    also_reported: list[str] = field(default_factory=list)
    assignee_id: Any = None
    verifier_id: Any = None
    checker_id: Any = None
    handlers: list[str] = field(default_factory=list)
    thumb: UUID | None = None
    filed_at: datetime | None = None
    signed_at: datetime | None = None
    answered_at: datetime | None = None
    closed_at: datetime | None = None

    @property
    def pk(self) -> int:
        return self.id

    @property
    def reporters(self) -> list[str]:
        """References of all who reported it."""
        return [str(self.reporter_id), *self.also_reported] if self.reporter_id else list(self.also_reported)

    @property
    def joined(self) -> bool:
        """Whether another case does the work of this order."""
        return self.joined_to_id is not None

    @property
    def stream(self) -> str:
        """The stream of its journal entries."""
        return f"case:{self.uuid}"

    def where(self) -> Where:
        """Where it is, for its journal entries: as the real case says it."""
        areas = (self.grid_id, self.community_id, self.cell_id, self.compound_id)
        people = (self.assignee_id, self.verifier_id, self.checker_id)
        return Where(
            self.town_id,
            frozenset(a for a in areas if a is not None),
            frozenset([self.department_id] if self.department_id is not None else []),
            frozenset(self.reporters) | frozenset(str(p) for p in people if p is not None),
        )

    def row(self) -> Row:
        """Its values in the order of CASE_COLUMNS."""
        return tuple(
            UUID(value) if name in _PEOPLE and isinstance(value, str) else value
            for name in CASE_COLUMNS
            for value in (getattr(self, name),)
        )


CASE_COLUMNS = tuple(f.name for f in fields(PlainCase))
_PEOPLE = frozenset({"assignee_id", "verifier_id", "checker_id"})


@dataclass(slots=True)
class PlainPart:
    """A department's part of a case: the lead's, or a supporting one with a clock of its own."""

    id: int
    uuid: UUID
    department_id: int
    sent_at: datetime
    lead: bool = True
    state: str = "dispatched"
    assignee_id: str | None = None
    signed_at: datetime | None = None
    ended_at: datetime | None = None
    clocks: list[PlainClock] = field(default_factory=list)


PART_COLUMNS = (
    "id", "uuid", "case_id", "department_id", "lead", "state", "assignee_id", "sent_at", "signed_at",
    "ended_at",
)  # fmt: skip
CLOCK_COLUMNS = (
    "case_id", "part_id", "stage", "round", "limit", "started_at", "due_at", "amber_at", "provisional", "paused_at",
    "stopped_at", "on_time", "overdue_at", "history",
)  # fmt: skip
PRIVATE_COLUMNS = ("id", "stream", "purpose", "text", "salt", "created_at", "erased_at")
APPROVAL_COLUMNS = (
    "uuid", "version", "created_at", "case_id", "verb", "post", "state", "given", "texts", "asked_kind", "asked_by",
    "asked_at", "decided_by", "decided_at",
)  # fmt: skip
ATTACHMENT_COLUMNS = (
    "case_id", "file", "mime", "role", "verb", "round", "captured_at", "received_at", "actor_id",
)  # fmt: skip
FILE_COLUMNS = (
    "uuid", "version", "created_at", "source", "sha256", "mime", "size", "purpose", "width", "height", "longitude",
    "latitude", "taken_at", "thumb", "actor_kind", "actor_id", "owner_kind", "owner",
)  # fmt: skip
REPORTER_COLUMNS = ("case_id", "ref", "kind", "private_id", "code", "channel", "reported_at")
RATING_COLUMNS = ("case_id", "round", "asked", "solved", "satisfied", "at")
SUPERVISION_COLUMNS = ("case_id", "due_on", "ordered_by", "ordered_at", "cleared_by", "cleared_at")
SEARCH_COLUMNS = ("kind", "subject", "town_id", "grams")
