"""Paging by key: the next page starts after the last row seen, whatever was added meanwhile."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.db.models import F, Model, OrderBy, Q, QuerySet

from chengyun.kernel.refusal import Malformed

M = TypeVar("M", bound=Model)
COUNT_LIMIT = 10_000


@dataclass(frozen=True)
class Page(Generic[M]):
    """One page. `total` stops at 10,000, and `more` says that there are others beyond it."""

    items: list[M]
    next: str | None
    total: int
    more: bool


def page(rows: QuerySet[M], order: Sequence[str], cursor: str | None = None, limit: int = 50) -> Page[M]:
    """A page of `rows` in `order` (field names, "-" for descending; the last must be unique).

    Null sorts last in either direction. Raises Malformed on a cursor that was not handed out for this order.
    """
    limit = max(1, min(limit, 200))
    total = rows.order_by()[: COUNT_LIMIT + 1].count()
    ordered = rows.order_by(*(_ordering(name) for name in order))
    if cursor:
        ordered = ordered.filter(_after(order, _read(cursor, order)))
    items = list(ordered[: limit + 1])
    following = _write(items[limit - 1], order) if len(items) > limit else None
    return Page(items[:limit], following, min(total, COUNT_LIMIT), total > COUNT_LIMIT)


def _ordering(name: str) -> OrderBy:
    field = F(name.lstrip("-"))
    return field.desc(nulls_last=True) if name.startswith("-") else field.asc(nulls_last=True)


def _after(order: Sequence[str], values: Sequence[Any]) -> Q:
    """Rows that come after `values`: (a > x) or (a = x and b > y) …, null counting as last."""
    after, same = Q(pk__in=[]), Q()
    for name, value in zip(order, values, strict=True):
        field = name.lstrip("-")
        if value is None:
            same &= Q(**{f"{field}__isnull": True})
            continue
        further = Q(**{f"{field}__{'lt' if name.startswith('-') else 'gt'}": value})
        if field not in {"id", "pk"}:
            further |= Q(**{f"{field}__isnull": True})
        after |= same & further
        same &= Q(**{field: value})
    return after


def _write(row: Model, order: Sequence[str]) -> str:
    values = [getattr(row, name.lstrip("-")) for name in order]
    text = json.dumps([_tagged(v) for v in values])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _tagged(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"t": value.isoformat()}
    if isinstance(value, date):
        return {"d": value.isoformat()}
    return value


def _read(cursor: str, order: Sequence[str]) -> list[Any]:
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        read = [_untagged(v) for v in values]
        if len(read) != len(order):
            raise ValueError("wrong length")
    except (ValueError, KeyError, TypeError, AttributeError, binascii.Error, UnicodeDecodeError) as error:
        raise Malformed(
            "kernel.bad_cursor", "cursor: use the value of `next` of the page before", field="cursor"
        ) from error
    return read


def _untagged(value: Any) -> Any:
    if isinstance(value, dict):
        return datetime.fromisoformat(value["t"]) if "t" in value else date.fromisoformat(value["d"])
    if isinstance(value, list):
        raise ValueError("not a plain value")
    return value
