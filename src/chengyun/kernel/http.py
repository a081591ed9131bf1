"""The edge: one handler turns refusals into application/problem+json, and nothing a person does becomes a 5xx."""

import json
import logging
import math
from collections.abc import Callable
from typing import Any, NoReturn

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.db import DataError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import RawPostDataException
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, AuthorizationError, HttpError, ValidationError
from ninja.parser import Parser

from chengyun.kernel.action import is_held
from chengyun.kernel.actor import Actor
from chengyun.kernel.refusal import (
    Busy,
    Crashed,
    Forbidden,
    Invalid,
    Malformed,
    NotFound,
    Refusal,
    TooLarge,
    TooMany,
    Unauthenticated,
)

log = logging.getLogger(__name__)


class PlainParser(Parser):
    """Reads bodies and forms, and refuses what JSON or Python lets pass and no database holds.

    That is: NUL, half of a surrogate pair, NaN and the infinities.
    """

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """The JSON of a body. Raises ValueError, which ninja answers with 400."""
        body = request.body
        if b"\\u0000" in body or b"\0" in body:
            raise ValueError("NUL in a text")
        read: dict[str, Any] = json.loads(body, parse_constant=_no_number, parse_float=_finite)
        if b"\\ud" in body.lower():
            json.dumps(read, ensure_ascii=False).encode()
        return read

    def parse_querydict(self, data: Any, list_fields: list[str], request: HttpRequest) -> dict[str, Any]:
        """The values of a query or a form. Raises Malformed."""
        values = (value for key in data for value in data.getlist(key))
        if any(isinstance(value, str) and "\0" in value for value in values):  # the rest are files
            raise Malformed("kernel.unreadable", "a value holds the character NUL")
        return super().parse_querydict(data, list_fields, request)


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


def _finite(text: str) -> float:
    """1e999 is written as a number, and read as one that no JSON holds."""
    number = float(text)
    return number if math.isfinite(number) else _no_number(text)


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
    for kind in _REFUSED:
        api.add_exception_handler(kind, _answer)
    api.add_exception_handler(Exception, _crash)


_TOO_LARGE = TooLarge("kernel.body_too_large", "the request is larger than this server takes")
_CRASHED = Crashed("kernel.crashed", "the server failed; what happened is in its log")
_UNFIT = Invalid("kernel.value_unfit", "a value is too long, too large, or has characters that no text holds")
_REFUSED: dict[type[Exception], Callable[[Any], Refusal]] = {
    Refusal: lambda e: e,
    Http404: lambda _: NotFound("kernel.not_found", "there is nothing here"),
    AuthenticationError: lambda _: Unauthenticated("kernel.login_needed", "log in first"),
    AuthorizationError: lambda _: Forbidden("kernel.not_permitted", "this is not permitted"),
    HttpError: lambda e: Malformed("kernel.unreadable", str(e)),
    RequestDataTooBig: lambda _: _TOO_LARGE,
    TooManyFilesSent: lambda _: _TOO_LARGE,
    RawPostDataException: lambda _: Malformed("kernel.unreadable", "the body is not JSON: a form was sent"),
    ValidationError: lambda e: _invalid(e),
    OperationalError: lambda e: _held(e),
    DataError: lambda _: _UNFIT,
    OverflowError: lambda _: _UNFIT,
}


def _answer(_: HttpRequest, error: Any) -> HttpResponse:
    kind = next(k for k in type(error).__mro__ if k in _REFUSED)
    refusal = _REFUSED[kind](error)
    return problem(refusal, refusal.params.pop("errors", None))


def _crash(request: HttpRequest, error: Any) -> HttpResponse:
    """The answer to what nobody foresaw."""
    log.error("%s %s failed", request.method, request.path, exc_info=error)
    return problem(_CRASHED)


def _held(error: OperationalError) -> Refusal:
    if is_held(error):
        return Busy()
    log.error("the database failed", exc_info=error)
    return _CRASHED


def _invalid(error: ValidationError) -> Refusal:
    """Every field that did not fit, named by its path: `given.department`."""
    errors = [_field(e) for e in error.errors]
    first = errors[0] if errors else {"field": None, "message": "the input does not fit"}
    text = f"{first['field'] or 'body'}: {first['message']}"
    return Invalid("kernel.invalid_input", text, field=first["field"], params={"errors": errors})


_SOURCES = {"body", "query", "path", "form", "file", "header", "cookie"}


def _field(error: dict[str, Any]) -> dict[str, Any]:
    loc = [str(part) for part in error.get("loc", ())]
    inside = loc[1:] if loc and loc[0] in _SOURCES else loc
    path = [part for part in inside if part not in {"body", "payload"}]
    return {"field": ".".join(path) or None, "code": error.get("type", "invalid"), "message": error.get("msg", "")}
