"""Paging by key: the next page starts after the last row seen, whatever was added meanwhile."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.db.models import F, Model, OrderBy, Q, QuerySet
from django.db.models.functions import Coalesce

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
    return page_of_parts(rows, [rows], order, cursor, limit)


def page_of_parts(
    whole: QuerySet[M],
    parts: Sequence[QuerySet[M]],
    order: Sequence[str],
    cursor: str | None = None,
    limit: int = 50,
    counted: Sequence[QuerySet[M]] | None = None,
) -> Page[M]:
    """A page of the union of `parts`, which may overlap: the first rows of each part, found by its own index.

    `whole` is the table as its rows shall be read (deferred columns, related rows); it may be one of the parts.
    `counted` are the same parts put in another way, where counting all asks for another plan than finding the first.
    """
    limit = max(1, min(limit, 200))
    ordering, values = [_ordering(whole, name) for name in order], _read(cursor, order) if cursor else None
    left = [part.filter(_after(whole, order, values)) for part in parts] if values is not None else list(parts)
    if not parts:
        return Page([], None, 0, False)
    total = _union(counted or parts)[: COUNT_LIMIT + 1].count()
    first = left[0] if parts[0] is whole else whole.filter(_first_of_each(left, ordering, limit + 1))
    items = list(first.order_by(*ordering)[: limit + 1])
    following = _write(items[limit - 1], order) if len(items) > limit else None
    return Page(items[:limit], following, min(total, COUNT_LIMIT), total > COUNT_LIMIT)


def _first_of_each(parts: Sequence[QuerySet[Any]], ordering: Sequence[OrderBy], count: int) -> Q:
    """The first `count` of every part by key: sorting keys alone is cheap, and an index may give them in order.

    Of several parts some may have no rows at all; there the order is written so that no database walks the whole table
    in that order looking for the first.
    """
    if len(parts) > 1:
        ordering = [_sorted_by(term) for term in ordering]
    found = Q(pk__in=[])
    for part in parts:
        found |= Q(pk__in=part.order_by(*ordering).values("pk")[:count])
    return found


def _sorted_by(term: OrderBy) -> OrderBy:
    """The same order by an expression, which no index gives."""
    return OrderBy(Coalesce(term.expression, term.expression), term.descending, term.nulls_first, term.nulls_last)


def _union(parts: Sequence[QuerySet[Any]]) -> QuerySet[Any, Any]:
    keys = [part.order_by().values("pk") for part in parts]
    return keys[0].union(*keys[1:]) if len(keys) > 1 else parts[0].order_by()


def _is_nullable(rows: QuerySet[Any], name: str) -> bool:
    """Whether a column of an order may be empty; what is not a plain column of the table may."""
    field = name.lstrip("-")
    if field in {"id", "pk"}:
        return False
    return next((f.null for f in rows.model._meta.concrete_fields if field in {f.name, f.attname}), True)


def _ordering(rows: QuerySet[Any], name: str) -> OrderBy:
    """Null last is only asked for where there is null: it would keep an index from giving the order."""
    field, last = F(name.lstrip("-")), _is_nullable(rows, name) or None
    return field.desc(nulls_last=last) if name.startswith("-") else field.asc(nulls_last=last)


def _after(rows: QuerySet[Any], order: Sequence[str], values: Sequence[Any]) -> Q:
    """Rows that come after `values`: (a > x) or (a = x and b > y) …, null counting as last."""
    after, same = Q(pk__in=[]), Q()
    for name, value in zip(order, values, strict=True):
        field = name.lstrip("-")
        if value is None:
            same &= Q(**{f"{field}__isnull": True})
            continue
        further = Q(**{f"{field}__{'lt' if name.startswith('-') else 'gt'}": value})
        if _is_nullable(rows, name):
            further |= Q(**{f"{field}__isnull": True})
        after |= same & further
        same &= Q(**{field: value})
    return after & _bound(rows, order[0], values[0])


def _bound(rows: QuerySet[Any], name: str, value: Any) -> Q:
    """What an index can use of the first column: no row before `value`."""
    if value is None or _is_nullable(rows, name):
        return Q()
    return Q(**{f"{name.lstrip('-')}__{'lte' if name.startswith('-') else 'gte'}": value})


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
