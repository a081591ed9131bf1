"""Rows by the thousand: one prepared statement, values converted by their fields."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection, models

from chengyun.kernel.models import Subject

_COMPLEX = (models.UUIDField, models.JSONField, models.DateTimeField, models.DateField)


def insert_rows(model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows given as values in the order of `columns` (attribute names of fields)."""
    if not rows:
        return
    names = ", ".join(_quoted(model, column) for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    sql = f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608 (names of fields)
    with connection.cursor() as cursor:
        cursor.executemany(sql, _prepared(model, columns, rows))


def update_rows(model: type[models.Model], columns: Sequence[str], rows: Sequence[tuple[int, Sequence[Any]]]) -> None:
    """Update rows given as (id, values in the order of `columns`); a subject's version rises."""
    extra = ["version = version + 1"] if issubclass(model, Subject) else []
    _update(model, columns, rows, extra)


def place_rows(model: type[models.Model], columns: Sequence[str], rows: Sequence[tuple[int, Sequence[Any]]]) -> None:
    """Update columns that follow from elsewhere: nobody's change to the thing, so its version stays."""
    _update(model, columns, rows, [])


def _update(
    model: type[models.Model], columns: Sequence[str], rows: Sequence[tuple[int, Sequence[Any]]], extra: list[str]
) -> None:
    if not rows:
        return
    sets = [f"{_quoted(model, column)} = %s" for column in columns] + extra
    table = connection.ops.quote_name(model._meta.db_table)
    sql = f"UPDATE {table} SET {', '.join(sets)} WHERE id = %s"  # noqa: S608 (names of fields)
    values = _prepared(model, columns, [row for _, row in rows])
    with connection.cursor() as cursor:
        cursor.executemany(sql, [(*row, key) for row, (key, _) in zip(values, rows, strict=True)])


def _quoted(model: type[models.Model], column: str) -> str:
    return connection.ops.quote_name(_field(model, column).column)


def _field(model: type[models.Model], column: str) -> Any:
    return next(field for field in model._meta.concrete_fields if field.attname == column)


def _prepared(
    model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> list[tuple[Any, ...]]:
    """Values as the database takes them; only fields that need it are asked, for speed."""
    converters: list[tuple[int, Callable[[Any], Any]]] = []
    for index, column in enumerate(columns):
        field = _field(model, column)
        if isinstance(field, _COMPLEX):
            converters.append((index, _converter(field)))
    out = []
    for row in rows:
        values = list(row)
        for index, convert in converters:
            values[index] = convert(values[index])
        out.append(tuple(values))
    return out


def _converter(field: Any) -> Callable[[Any], Any]:
    return lambda value: field.get_db_prep_save(value, connection)
