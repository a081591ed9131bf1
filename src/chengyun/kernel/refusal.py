"""Saying no by type. The domain raises a Refusal; one handler at the edge makes application/problem+json of it."""

from collections.abc import Mapping
from typing import Any, ClassVar


class Refusal(Exception):
    """A request that the domain does not carry out, and why.

    `code` is stable ("cases.text_missing"; the web translates it), `detail` an English sentence that names the field
    and says what would be right, `params` the values a translated text needs, `current` the present state of a thing
    that changed meanwhile.
    """

    status: ClassVar[int] = 422

    def __init__(
        self,
        code: str,
        detail: str,
        *,
        field: str | None = None,
        params: Mapping[str, Any] | None = None,
        current: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.field = field
        self.params = dict(params or {})
        self.current = dict(current) if current is not None else None

    def __reduce__(self) -> tuple[Any, ...]:
        """Through a process pool, too: what was refused there is refused here."""
        return _again, (type(self), self.detail, self.__dict__)

    def problem(self) -> dict[str, Any]:
        """The body of application/problem+json (RFC 9457)."""
        body: dict[str, Any] = {
            "type": f"urn:chengyun:{self.code}",
            "title": type(self).__name__,
            "status": self.status,
            "code": self.code,
            "detail": self.detail,
            "field": self.field,
            "params": self.params,
            "errors": [],
        }
        if self.current is not None:
            body["current"] = self.current
        return body


def _again(kind: type[Refusal], detail: str, values: dict[str, Any]) -> Refusal:
    refusal = kind.__new__(kind, detail)
    refusal.__dict__.update(values)
    return refusal


class Invalid(Refusal):
    """The input is not right; `field` says which part."""

    status = 422


class Malformed(Refusal):
    """The request itself cannot be read."""

    status = 400


class Unauthenticated(Refusal):
    """Nobody is logged in, or the login is not accepted."""

    status = 401


class Forbidden(Refusal):
    """The person may see the thing, and may not do this to it."""

    status = 403


class NotFound(Refusal):
    """The thing does not exist, or is not for this person to know of: the answer is the same."""

    status = 404


class Conflict(Refusal):
    """The thing changed meanwhile, or its state does not allow the act; `current` is how it stands now."""

    status = 409


class Busy(Conflict):
    """The database is held by another write; the same call may be tried again after `retry_after` seconds."""

    retry_after: ClassVar[int] = 1

    def __init__(self) -> None:
        super().__init__("kernel.busy", "the database is busy: try the same call again in a second")


class TooLarge(Refusal):
    """More bytes, rows or pixels than the limit in the message."""

    status = 413


class Unsupported(Refusal):
    """A kind of content that is not taken here."""

    status = 415


class Crashed(Refusal):
    """A fault of ours, which the log has whole; the answer says nothing of it."""

    status = 500


class TooMany(Refusal):
    """Too many calls; `params["retry_after"]` says in how many seconds to come back."""

    status = 429
