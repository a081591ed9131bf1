"""Calling addresses outside: what they are sent, how it is signed, and where it may go."""

import fnmatch
import hashlib
import hmac
import ipaddress
import json
import socket
from collections.abc import Callable
from typing import Any
from urllib.parse import SplitResult, urlsplit

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


def check_address(url: str) -> str:
    """The IP address that `url` leads to now. Raises Invalid unless it is one that the settings let us call."""
    parts = _parts(url)
    if not parts.hostname or parts.scheme not in {"http", "https"} or parts.username or parts.password:
        raise Invalid("kernel.webhook_address", "url is a plain http:// or https:// address", field="url")
    found = _addresses(parts.hostname)
    private = [each for each in found if not each.is_global]
    if any(each.is_link_local or each.is_multicast or each.is_unspecified for each in found):
        raise Invalid("kernel.webhook_private", "url leads where no receiver can live", field="url")
    if not settings.ENV.webhook_private and (private or not found):
        raise Invalid("kernel.webhook_private", "url leads into a private network, which is not allowed", field="url")
    return str(found[0]) if found else ""


def _parts(url: str) -> SplitResult:
    """The parts of an address; no parts of one that holds blanks or control characters, or a wrong port."""
    try:
        parts = urlsplit(url if url.isprintable() and " " not in url else "")
        _ = parts.port
    except ValueError:
        return urlsplit("")
    return parts


def _addresses(host: str) -> list[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    """Where a name leads; nowhere if it cannot be resolved. An IPv4 address in IPv6's clothes is an IPv4 address."""
    try:
        found = dict.fromkeys(str(info[4][0]).partition("%")[0] for info in socket.getaddrinfo(host, None))
    except (OSError, UnicodeError):
        return []
    every = [ipaddress.ip_address(text) for text in found]
    return [getattr(each, "ipv4_mapped", None) or each for each in every]


def _wants(hook: Webhook) -> Callable[[Entry], bool]:
    patterns, town = list(hook.events), hook.town_id

    def wants(entry: Entry) -> bool:
        at_home = town is None or entry.town_id == town
        return at_home and any(fnmatch.fnmatchcase(entry.event, pattern) for pattern in patterns)

    return wants


def _caller(hook: Webhook) -> Callable[[EntryView], None]:
    url, secret = hook.url, hook.secret

    def take(entry: EntryView) -> None:
        target, extensions = _pinned(url, check_address(url))  # again: a name may lead elsewhere today
        body = json.dumps(payload(entry), ensure_ascii=False, separators=(",", ":")).encode()
        headers = {
            "Host": urlsplit(url).netloc,
            "Content-Type": "application/json",
            "User-Agent": "Chengyun",
            "Chengyun-Event": entry.event,
            "Chengyun-Delivery": str(entry.position),
            "Chengyun-Signature": signature(secret, int(now().timestamp()), body),
        }
        with httpx.Client(timeout=SECONDS, follow_redirects=False) as client:
            answer = client.post(target, content=body, headers=headers, extensions=extensions)
        if not answer.is_success:
            raise NotTaken

    return take


def _pinned(url: str, address: str) -> tuple[httpx.URL, dict[str, Any]]:
    """The same request to the address that was checked, so that a second answer of the name server leads nowhere else.

    The certificate is still that of the name.
    """
    there = httpx.URL(url)
    return (there.copy_with(host=address), {"sni_hostname": there.host}) if address else (there, {})
