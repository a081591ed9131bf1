"""The header Idempotency-Key: the same call sent twice is done once and answered twice."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from ninja.decorators import decorate_view

from chengyun.kernel.clock import now
from chengyun.kernel.idempotency.models import Answer
from chengyun.kernel.refusal import Invalid, Malformed

HEADER = "Idempotency-Key"
NOBODY = ("", "")


def _answered_once(run: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    operation: Any = run.__self__  # type: ignore[attr-defined]  # ninja hands over the operation's own method

    @wraps(run)
    def view(request: HttpRequest, **path: Any) -> HttpResponse:
        if HEADER not in request.headers:
            return run(request, **path)
        try:
            # Whose key it is must be known before anything is looked up; the authenticators remember what they found.
            refused = operation._run_authentication(request) if operation.auth_callbacks else None
            return refused or _answer(request, lambda: run(request, **path))
        except Exception as error:  # noqa: BLE001  the same door as for errors inside of the operation
            answered: HttpResponse = operation.api.on_exception(request, error)
            return answered

    return view


idempotent = decorate_view(_answered_once)
"""Put under `@router.post(…)`: with the header, the answer (2xx) is stored with the act and given again for 90 days.

The same key with other content is 422 (kernel.key_reused). A refusal is not stored: the call may be sent again.
"""


def _answer(request: HttpRequest, act: Callable[[], HttpResponse]) -> HttpResponse:
    key, digest, who = _key(request), _digest(request), _who(request)
    with transaction.atomic():
        _alone(who, key)
        given = Answer.objects.filter(actor_kind=who[0], actor_id=who[1], key=key).first()
        if given is not None:
            return _again(given, digest)
        response = act()
        if 200 <= response.status_code < 300:
            Answer.objects.create(
                actor_kind=who[0],
                actor_id=who[1],
                key=key,
                digest=digest,
                status=response.status_code,
                body=response.content,
                given_at=now(),
            )
        return response


def _again(given: Answer, digest: str) -> HttpResponse:
    if given.digest != digest:
        raise Invalid("kernel.key_reused", "this Idempotency-Key was used for another call", field=HEADER)
    response = HttpResponse(bytes(given.body), status=given.status, content_type="application/json; charset=utf-8")
    response["Idempotency-Replayed"] = "true"
    return response


def _alone(who: tuple[str, str], key: UUID) -> None:
    """Hold back the same call sent at the same moment; SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        number = int.from_bytes(hashlib.sha256(f"{who}{key}".encode()).digest()[:8], "big", signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.headers[HEADER])
    except ValueError as error:
        raise Malformed("kernel.bad_key", "Idempotency-Key is a UUID", field=HEADER) from error


def _who(request: HttpRequest) -> tuple[str, str]:
    actor = getattr(request, "actor", None)
    return (actor.actor_kind, actor.actor_id) if actor is not None else NOBODY


def _digest(request: HttpRequest) -> str:
    """What was asked. A form is sent with another boundary each time, so its parts count and not its bytes."""
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if not (request.content_type or "").startswith("multipart/"):
        digest.update(request.body)
        return digest.hexdigest()
    for name, values in sorted(request.POST.lists()):
        digest.update(repr((name, values)).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            digest.update(repr((name, file.size)).encode())
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
    return digest.hexdigest()
