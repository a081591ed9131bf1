"""Calling addresses outside: what they are sent, how it is signed, and where it may go."""

import fnmatch
import hashlib
import hmac
import ipaddress
import json
import socket
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import httpx
from django.conf import settings

from chengyun.kernel.clock import now
from chengyun.kernel.delivery.feed import Receiver
from chengyun.kernel.delivery.models import Webhook
from chengyun.kernel.events import EntryView
from chengyun.kernel.journal.models import Entry
from chengyun.kernel.refusal import Invalid

SECONDS = 10


class NotTaken(Exception):
    """The address did not answer with a 2xx."""


def receivers() -> list[Receiver]:
    """Every active webhook as somebody to hand entries to."""
    active = Webhook.objects.as_system("webhooks are served by the worker").filter(active=True, removed_at=None)
    return [Receiver(name_of(hook), _wants(hook), _caller(hook)) for hook in active]


def name_of(hook: Webhook) -> str:
    """The name under which a webhook's cursor and parcels are kept."""
    return f"webhook:{hook.uuid}"


def payload(entry: EntryView) -> dict[str, Any]:
    """What is sent of an entry: ids, codes and numbers. Texts and personal data are fetched through the API, masked."""
    return {
        "position": entry.position,
        "event": entry.event,
        "subject": {"kind": entry.kind, "id": entry.subject, "number": entry.number},
        "town": entry.town,
        "actor": {"kind": entry.actor_kind, "id": entry.actor_id},
        "happened_at": entry.happened_at.isoformat(),
        "recorded_at": entry.recorded_at.isoformat(),
        "facts": {key: value for key, value in entry.facts.items() if key != "private"},
    }


def signature(secret: str, moment: int, body: bytes) -> str:
    """`t=<unix seconds>,v1=<hex>`: HMAC-SHA256 over time, dot, body. The receiver refuses what is old."""
    digest = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={digest}"


def check_address(url: str) -> None:
    """Raise Invalid unless `url` is an http(s) address that the settings let us call."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.password:
        raise Invalid("kernel.webhook_address", "url is a plain http:// or https:// address", field="url")
    if not settings.ENV.webhook_private and _is_private(parts.hostname):
        raise Invalid("kernel.webhook_private", "url leads into a private network, which is not allowed", field="url")


def _is_private(host: str) -> bool:
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(host, None)}
    except OSError:
        return True  # what cannot be resolved cannot be shown to be public
    return any(not ipaddress.ip_address(address.partition("%")[0]).is_global for address in found)


def _wants(hook: Webhook) -> Callable[[Entry], bool]:
    patterns, town = list(hook.events), hook.town_id

    def wants(entry: Entry) -> bool:
        at_home = town is None or entry.town_id == town
        return at_home and any(fnmatch.fnmatchcase(entry.event, pattern) for pattern in patterns)

    return wants


def _caller(hook: Webhook) -> Callable[[EntryView], None]:
    url, secret = hook.url, hook.secret

    def take(entry: EntryView) -> None:
        check_address(url)  # again: a name may lead elsewhere today
        body = json.dumps(payload(entry), ensure_ascii=False, separators=(",", ":")).encode()
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Chengyun",
            "Chengyun-Event": entry.event,
            "Chengyun-Delivery": str(entry.position),
            "Chengyun-Signature": signature(secret, int(now().timestamp()), body),
        }
        answer = httpx.post(url, content=body, headers=headers, timeout=SECONDS, follow_redirects=False)
        if not answer.is_success:
            raise NotTaken

    return take
