"""The edge: one handler turns refusals into application/problem+json, and nothing a person does becomes a 5xx."""

import json
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, AuthorizationError, HttpError, ValidationError

from chengyun.kernel.action import is_held
from chengyun.kernel.actor import Actor
from chengyun.kernel.refusal import (
    Busy,
    Forbidden,
    Invalid,
    Malformed,
    NotFound,
    Refusal,
    TooLarge,
    TooMany,
    Unauthenticated,
)


class ActorRequest(HttpRequest):
    """A request whose actor an authenticator has found."""

    actor: Actor


def problem(refusal: Refusal, errors: list[dict[str, Any]] | None = None) -> HttpResponse:
    """The answer to a refused request."""
    body = refusal.problem()
    if errors:
        body["errors"] = errors
    text = json.dumps(body, ensure_ascii=False, default=str)
    response = HttpResponse(text, status=refusal.status, content_type="application/problem+json; charset=utf-8")
    if isinstance(refusal, Busy):
        response["Retry-After"] = str(refusal.retry_after)
    if isinstance(refusal, TooMany):
        response["Retry-After"] = str(refusal.params.get("retry_after", 60))
    return response


def install_handlers(api: NinjaAPI) -> None:
    """Give `api` the handlers of every refusal."""
    api.add_exception_handler(Refusal, lambda _, e: problem(e))
    api.add_exception_handler(ValidationError, lambda _, e: _invalid(e))
    api.add_exception_handler(Http404, lambda _, e: problem(NotFound("kernel.not_found", "there is nothing here")))
    api.add_exception_handler(
        AuthenticationError, lambda _, e: problem(Unauthenticated("kernel.login_needed", "log in first"))
    )
    api.add_exception_handler(
        AuthorizationError, lambda _, e: problem(Forbidden("kernel.not_permitted", "this is not permitted"))
    )
    api.add_exception_handler(HttpError, lambda _, e: problem(Malformed("kernel.unreadable", str(e))))
    api.add_exception_handler(RequestDataTooBig, lambda _, e: problem(_too_large()))
    api.add_exception_handler(TooManyFilesSent, lambda _, e: problem(_too_large()))
    api.add_exception_handler(OperationalError, _database)


def _too_large() -> Refusal:
    return TooLarge("kernel.body_too_large", "the request is larger than this server takes")


def _database(_: HttpRequest, error: Exception) -> HttpResponse:
    if isinstance(error, OperationalError) and is_held(error):
        return problem(Busy())
    raise error


def _invalid(error: ValidationError) -> HttpResponse:
    """Every field that did not fit, named by its path: `body.given.department`."""
    errors = [_field(e) for e in error.errors]
    first = errors[0] if errors else {"field": None, "message": "the input does not fit"}
    refusal = Invalid("kernel.invalid_input", f"{first['field']}: {first['message']}", field=first["field"])
    return problem(refusal, errors)


def _field(error: dict[str, Any]) -> dict[str, Any]:
    path = [str(part) for part in error.get("loc", ()) if str(part) not in {"body", "query", "path", "payload"}]
    return {"field": ".".join(path) or None, "code": error.get("type", "invalid"), "message": error.get("msg", "")}
