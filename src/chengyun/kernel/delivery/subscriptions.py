"""What people do with webhooks."""

import secrets
from collections.abc import Sequence

from chengyun.kernel.access import Where, require
from chengyun.kernel.action import action, lock, save
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.delivery.events import WebhookAdded, WebhookChanged, WebhookRemoved
from chengyun.kernel.delivery.models import Cursor, Webhook
from chengyun.kernel.delivery.sequencer import last_position
from chengyun.kernel.delivery.webhooks import check_address, name_of
from chengyun.kernel.journal.record import record
from chengyun.kernel.refusal import Invalid


@action
def subscribe(name: str, *, actor: Actor, url: str, events: Sequence[str], town: int | None = None) -> Webhook:
    """Tell an address of events from now on. Its secret is in the answer, and is not shown again."""
    require(actor, "kernel.settings", at=Where(town=town))
    check_address(url)
    _check(name, events)
    hook = Webhook(name=name, url=url, events=list(events), town_id=town, secret=secrets.token_urlsafe(32))
    hook.save()
    Cursor.objects.create(name=name_of(hook), position=last_position())
    record(WebhookAdded(tuple(events)), hook, actor)
    return hook


@action
def change(
    hook: Webhook, *, actor: Actor, expected: int, url: str | None, events: Sequence[str] | None, active: bool | None
) -> Webhook:
    """Change address, events or whether it is called at all; None leaves a part as it is."""
    hook = lock(hook, expected)
    require(actor, "kernel.settings", at=hook)
    if url is not None:
        check_address(url)
        hook.url = url
    if events is not None:
        _check(hook.name, events)
        hook.events = list(events)
    if active is not None:
        hook.active = active
    save(hook)
    record(WebhookChanged(tuple(hook.events), hook.active), hook, actor)
    return hook


@action
def unsubscribe(hook: Webhook, *, actor: Actor, expected: int) -> None:
    """Tell an address of nothing any more; its secret is forgotten."""
    hook = lock(hook, expected)
    require(actor, "kernel.settings", at=hook)
    hook.active, hook.secret, hook.removed_at = False, "", now()
    save(hook)
    record(WebhookRemoved(), hook, actor)


def _check(name: str, events: Sequence[str]) -> None:
    if not name.strip() or len(name) > 80:
        raise Invalid("kernel.webhook_name", "name is 1 to 80 characters", field="name")
    if not events or len(events) > 50 or any(not one or len(one) > 60 for one in events):
        raise Invalid("kernel.webhook_events", "events are 1 to 50 names or patterns such as cases.*", field="events")
