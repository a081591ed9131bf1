"""From what was sent to what the room takes."""

from dataclasses import replace
from datetime import date
from typing import Any, Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import AwareDatetime

from chengyun.accounts.models import Person
from chengyun.cases.actions import Draft, Reporting, Wording
from chengyun.cases.api.schemas import ReportIn
from chengyun.cases.queries import Filters
from chengyun.kernel.access import may
from chengyun.kernel.actor import Actor
from chengyun.kernel.ids import new_uuid
from chengyun.kernel.refusal import Invalid
from chengyun.places.queries import only_town, town_of


class MapQuery(Schema):
    """What narrows a list, a map or counts. Several states, channels, classes or lights are separated by commas."""

    view: str = "all"
    state: str = Field("", max_length=200)
    channel: str = Field("", max_length=100)
    class_: str = Field("", alias="class", max_length=100)
    grid: UUID | None = None
    community: UUID | None = None
    department: UUID | None = None
    light: str = Field("", max_length=40)
    priority: str = Field("", max_length=30)
    q: str = Field("", max_length=100)
    first_day: date | None = Field(None, alias="from")
    last_day: date | None = Field(None, alias="to")
    bbox: str = Field("", max_length=120)
    unplaced: bool = False

    def filters(self) -> Filters:
        """As the queries take it."""
        return Filters(
            self.view, self.state, self.channel, self.class_, self.grid, self.community, self.department, self.light,
            self.priority, self.q, self.first_day, self.last_day, self.bbox, self.unplaced,
        )  # fmt: skip


class CountQuery(MapQuery):
    """`also`: views, separated by commas, whose figures are wanted beside those of the working views.

    `until`: the last moment of reporting that counts, with its time zone: a day so far beside another one so far.
    """

    also: str = Field("", max_length=100)
    until: AwareDatetime | None = None

    def filters(self) -> Filters:
        """As the queries take it."""
        return replace(super().filters(), until=self.until)

    def beside(self) -> list[str]:
        """The views named in `also`."""
        return [name.strip() for name in self.also.split(",") if name.strip()]


class ExportIn(Schema):
    """A file of the list: `headings` by column and `words` by "state.filed", as the reader's language has them."""

    format: Literal["xlsx", "csv"] = "xlsx"
    language: Literal["zh-CN", "en"] = "zh-CN"
    headings: dict[str, str] = Field(default_factory=dict, max_length=40)
    words: dict[str, str] = Field(default_factory=dict, max_length=200)

    def wording(self) -> Wording:
        """As the action takes it."""
        return Wording(self.headings, self.words, self.language == "en")


class ListQuery(MapQuery):
    """A list also has an order and pages."""

    order: str = Field("", max_length=20)
    cursor: str | None = Field(None, max_length=400)
    limit: int = Field(50, ge=1, le=200)


def town_for(code: str | None, actor: Actor) -> int:
    """The town named, else one's own, else the only one there is."""
    home = getattr(actor, "town_id", None)
    if code:
        return int(town_of(code).pk)
    return int(home) if home is not None else int(only_town().pk)


def draft_of(given: ReportIn, actor: Actor) -> Draft:
    """A report as the action takes it. Raises Invalid for an order without its platform."""
    values: dict[str, Any] = given.dict(
        include={"text", "title", "priority", "point", "address", "plate", "confidential", "captured_at", "reported_at",
                 "source", "external_id"}
    )  # fmt: skip
    if given.order and given.settled:
        raise Invalid(
            "cases.order_settled", "an order is answered, not settled by the simple procedure", field="settled"
        )
    channel = given.channel or ("desk" if may(actor, "cases.receive") else "patrol")
    return Draft(
        town=town_for(given.town, actor), channel=channel, class_code=given.class_, uuid=given.id,
        photos=[str(f) for f in given.photos], reporter=_reporter(given, actor),
        order=given.order.dict() if given.order else {}, **values,
    )  # fmt: skip


def _reporter(given: ReportIn, actor: Actor) -> Reporting | None:
    """Whoever was named, for whom the desk writes; else the person who writes."""
    if given.reporter:
        return Reporting(new_uuid(), "resident", given.reporter.name, given.reporter.phone)
    return Reporting(actor.uuid, "person") if isinstance(actor, Person) else None
