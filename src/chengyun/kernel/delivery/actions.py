"""What people do with deliveries that died."""

from chengyun.kernel.access import require
from chengyun.kernel.action import action, lock, save
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.delivery.events import DeliveryReplayed, DeliverySkipped
from chengyun.kernel.delivery.models import Parcel
from chengyun.kernel.journal.record import record
from chengyun.kernel.refusal import Conflict


@action
def replay(parcel: Parcel, *, actor: Actor, expected: int | None = None) -> Parcel:
    """Hand a dead delivery over again, now."""
    parcel = lock(parcel, expected)
    require(actor, "kernel.health", at=parcel)
    _must_be_dead(parcel)
    parcel.state, parcel.attempts, parcel.next_at = Parcel.State.WAITING, 0, now()
    save(parcel)
    record(DeliveryReplayed(parcel.listener, parcel.position), parcel, actor)
    return parcel


@action
def skip(parcel: Parcel, *, actor: Actor, reason: str, expected: int | None = None) -> Parcel:
    """Give a dead delivery up; what waits behind it goes on. The reason stays in the journal."""
    parcel = lock(parcel, expected)
    require(actor, "kernel.health", at=parcel)
    _must_be_dead(parcel)
    parcel.state = Parcel.State.SKIPPED
    save(parcel)
    record(DeliverySkipped(parcel.listener, parcel.position), parcel, actor, private={"reason": reason})
    return parcel


def _must_be_dead(parcel: Parcel) -> None:
    if parcel.state != Parcel.State.DEAD:
        raise Conflict(
            "kernel.delivery_not_dead", f"the delivery is {parcel.state}", field="state", current=parcel.state_now()
        )
