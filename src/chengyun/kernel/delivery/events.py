"""What is told of deliveries."""

from dataclasses import dataclass

from chengyun.kernel.events import event


@event("kernel.delivery_died")
@dataclass(frozen=True)
class DeliveryDied:
    """A listener could not take an entry, however often it was tried; a person must look."""

    listener: str
    about: str
    position: int


@event("kernel.delivery_replayed")
@dataclass(frozen=True)
class DeliveryReplayed:
    """Somebody had a dead delivery tried again."""

    listener: str
    position: int


@event("kernel.delivery_skipped")
@dataclass(frozen=True)
class DeliverySkipped:
    """Somebody gave up a dead delivery, so that what waits behind it may go on."""

    listener: str
    position: int


@event("kernel.webhook_added")
@dataclass(frozen=True)
class WebhookAdded:
    """An address outside is told of events from now on."""

    events: tuple[str, ...]


@event("kernel.webhook_changed")
@dataclass(frozen=True)
class WebhookChanged:
    """What a webhook is told, or whether, was changed."""

    events: tuple[str, ...]
    active: bool


@event("kernel.webhook_removed")
@dataclass(frozen=True)
class WebhookRemoved:
    """An address outside is told of nothing any more."""

    active: bool = False
