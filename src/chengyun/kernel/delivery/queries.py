"""Reading deliveries and webhooks."""

from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from chengyun.kernel.access import found
from chengyun.kernel.actor import Actor
from chengyun.kernel.delivery.feed import parcels
from chengyun.kernel.delivery.models import Parcel, Webhook


def deliveries(actor: Actor) -> QuerySet[Parcel]:
    """Parcels with the number of those that wait behind each (`behind`)."""
    held = (
        parcels()
        .filter(listener=OuterRef("listener"), stream=OuterRef("stream"), position__gt=OuterRef("position"))
        .exclude(state=Parcel.State.SKIPPED)
        .order_by()
        .values("stream")
        .annotate(count=Count("id"))
        .values("count")
    )
    behind = Coalesce(Subquery(held, output_field=IntegerField()), 0)
    rows: QuerySet[Parcel] = Parcel.objects.within(actor, "kernel.health")
    return rows.annotate(behind=behind)


def dead(actor: Actor) -> QuerySet[Parcel]:
    """Those that wait for a person."""
    return deliveries(actor).filter(state=Parcel.State.DEAD)


def parcel(actor: Actor, uuid: UUID) -> Parcel:
    """One of `deliveries`. Raises NotFound."""
    return found(deliveries(actor).filter(uuid=uuid).first(), "delivery")


def webhooks(actor: Actor) -> QuerySet[Webhook]:
    """The webhooks that `actor` may see to."""
    return Webhook.objects.within(actor, "kernel.settings").filter(removed_at=None)


def webhook(actor: Actor, uuid: UUID) -> Webhook:
    """One of `webhooks`. Raises NotFound."""
    return found(webhooks(actor).filter(uuid=uuid).first(), "webhook")
