"""What is sent."""

from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import Field


class DocumentIn(Schema):
    """An uploaded file (`/kernel/files`, purpose "import") becomes a document. `town` where there are several."""

    file: UUID
    name: str = Field(min_length=1, max_length=200)
    openness: str = Field("internal", max_length=10)
    town: str | None = Field(None, max_length=40)


class VersionIn(Schema):
    """A new version of a document's file."""

    file: UUID
    name: str = Field(min_length=1, max_length=200)
    expected: int = Field(ge=0)


class ChangesIn(Schema):
    """Fields to correct, by name; what is left out stays."""

    expected: int = Field(ge=0)
    changes: dict[str, Any]


class PlanVerbIn(Schema):
    """A verb: the version that was seen, and what the verb needs, by name."""

    expected: int = Field(ge=0)
    given: dict[str, Any] = {}


class AddIn(Schema):
    """An item by hand: its fields by name. `spans` mark its words in the text."""

    values: dict[str, Any]
    town: str | None = Field(None, max_length=40)


class AcceptIn(Schema):
    """Accept what is proposed, of at least a confidence, of some kinds (task, target, project)."""

    expected: int = Field(ge=0)
    least: float = Field(0.0, ge=0, le=1)
    kinds: list[str] = Field(["task", "target", "project"], max_length=3)


class SplitIn(Schema):
    """The words of each part; the first stays the task."""

    expected: int = Field(ge=0)
    parts: list[str] = Field(max_length=20)


class ExpandIn(Schema):
    """Put named departments in the place of a generic owner; without a list, those that the name stands for."""

    expected: int = Field(ge=0)
    party: UUID
    departments: list[str] | None = Field(None, max_length=60)


class SharesIn(Schema):
    """All shares of a decomposition: year, area, department, value, label; those before are replaced."""

    expected: int = Field(ge=0)
    shares: list[dict[str, Any]] = Field(max_length=300)


class UnitIn(Schema):
    """Whom a name means. `kind`: short, former or generic."""

    name: str = Field(max_length=80)
    kind: str = Field("short", max_length=8)
    departments: list[str] = Field(max_length=200)
    town: str | None = Field(None, max_length=40)


class AnswerIn(Schema):
    """The answer to an open matter; `expected` is the version of its document."""

    expected: int = Field(ge=0)
    answer: str = Field("", max_length=500)
    dismiss: bool = False


class TiesIn(Schema):
    """Propose ties to the items of a document above."""

    expected: int = Field(ge=0)
    upper: UUID


class AlignIn(Schema):
    """The item above that this one serves."""

    expected: int = Field(ge=0)
    upper: UUID


class TieDecisionIn(Schema):
    """Confirm or refuse a proposed tie; `expected` is the version of the lower item."""

    expected: int = Field(ge=0)
    confirm: bool
