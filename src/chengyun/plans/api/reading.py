"""From what was sent to what the room takes."""

from typing import Any
from uuid import UUID

from ninja import Field, Schema

from chengyun.kernel.actor import Actor
from chengyun.kernel.paging import Page
from chengyun.places.models import Town
from chengyun.places.queries import only_town, town_of
from chengyun.plans.queries import Filters, ItemFilters


class TaskQuery(Schema):
    """What narrows tasks. Several states, lights or origins are separated by commas."""

    view: str = Field("", max_length=20)
    state: str = Field("", max_length=120)
    light: str = Field("", max_length=40)
    department: UUID | None = None
    document: UUID | None = None
    q: str = Field("", max_length=100)
    origin: str = Field("", max_length=60)
    year: int | None = Field(None, ge=2000, le=2100)
    unplaced: bool = False

    def filters(self) -> Filters:
        """As the queries take it."""
        return Filters(
            self.view, self.state, self.light, self.department, self.document, self.q, self.origin, self.year,
            self.unplaced,
        )  # fmt: skip


class TaskListQuery(TaskQuery):
    """A list also has an order and pages."""

    order: str = Field("", max_length=20)
    cursor: str | None = Field(None, max_length=400)
    limit: int = Field(50, ge=1, le=200)


class ItemQuery(Schema):
    """What narrows targets (`kind`: target, achievement, parameter, fact, candidate; empty: all) or projects."""

    kind: str = Field("target", max_length=60)
    state: str = Field("", max_length=120)
    light: str = Field("", max_length=40)
    binding: str = Field("", max_length=30)
    department: UUID | None = None
    document: UUID | None = None
    q: str = Field("", max_length=100)
    cursor: str | None = Field(None, max_length=400)
    limit: int = Field(50, ge=1, le=200)

    def filters(self) -> ItemFilters:
        """As the queries take it."""
        return ItemFilters(self.kind, self.state, self.light, self.binding, self.department, self.document, self.q)


def town_for(code: str | None, actor: Actor) -> Town:
    """The town named, else one's own, else the only one there is."""
    home = getattr(actor, "town_id", None)
    if code:
        return town_of(code)
    if home is not None:
        own: Town = Town.objects.as_system("one's own town").get(pk=home)
        return own
    return only_town()


def paged(found: Page[Any], rows: list[dict[str, Any]]) -> dict[str, Any]:
    """A page as it is sent."""
    return {"items": rows, "next": found.next, "total": found.total, "more": found.more}
