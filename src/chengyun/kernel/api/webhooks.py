"""Webhooks: addresses outside that are told of events."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field

from chengyun.kernel.api.shapes import Expected, PageOut, actor_of
from chengyun.kernel.delivery import queries, subscriptions
from chengyun.kernel.delivery.models import Webhook
from chengyun.kernel.paging import page

router = Router(tags=["kernel: webhooks"])

Address = Annotated[str, Field(max_length=500)]
Events = Annotated[list[str], Field(max_length=50)]


class WebhookOut(Schema):
    """A webhook, without its secret."""

    id: UUID = Field(alias="uuid")
    version: int
    name: str
    url: str
    events: list[str]
    active: bool


class WebhookMade(WebhookOut):
    """A new webhook with its secret, which is not shown again."""

    secret: str


class WebhookIn(Schema):
    """What is to be called, and of which events: names, or patterns such as cases.*"""

    name: str = Field(max_length=80)
    url: Address
    events: Events
    town: int | None = None


class WebhookChange(Expected):
    """Parts that are left out stay."""

    url: Address | None = None
    events: Events | None = None
    active: bool | None = None


@router.get("", response=PageOut[WebhookOut])
def webhooks(request: HttpRequest, cursor: str | None = None, limit: int = 50) -> Any:
    """The webhooks that you may see to."""
    return page(queries.webhooks(actor_of(request)), ["id"], cursor, limit)


@router.post("", response={201: WebhookMade})
def subscribe(request: HttpRequest, body: WebhookIn) -> Status[Webhook]:
    """Tell an address of events from now on."""
    return Status(
        201,
        subscriptions.subscribe(body.name, actor=actor_of(request), url=body.url, events=body.events, town=body.town),
    )


@router.patch("/{uuid}", response=WebhookOut)
def change(request: HttpRequest, uuid: UUID, body: WebhookChange) -> Webhook:
    """Change its address, its events, or whether it is called."""
    actor = actor_of(request)
    return subscriptions.change(queries.webhook(actor, uuid), actor=actor, **body.dict())


@router.delete("/{uuid}", response={204: None})
def unsubscribe(request: HttpRequest, uuid: UUID, seen: Query[Expected]) -> Status[None]:
    """Tell it of nothing any more."""
    actor = actor_of(request)
    subscriptions.unsubscribe(queries.webhook(actor, uuid), actor=actor, expected=seen.expected)
    return Status(204, None)
