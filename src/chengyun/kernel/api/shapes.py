"""Shapes that several of the kernel's endpoints share."""

from typing import Generic, TypeVar

from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from chengyun.kernel.actor import Actor

T = TypeVar("T")


class PageOut(Schema, Generic[T]):
    """One page of a list; `total` stops at 10,000, then `more` is true."""

    items: list[T]
    next: str | None
    total: int
    more: bool


class Expected(Schema):
    """The version that the caller saw."""

    expected: int = Field(ge=0)


def actor_of(request: HttpRequest) -> Actor:
    """Whom the authenticator found."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
