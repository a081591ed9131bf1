"""The manager that raises until somebody says for whom it reads."""

from collections.abc import Sequence
from typing import Any, Self, TypeVar

from django.db import models

from chengyun.kernel.access import branches_of, doors_of, filter_scope, scope_of
from chengyun.kernel.actor import Actor

M = TypeVar("M", bound=models.Model)


class Unscoped(RuntimeError):
    """A query that nobody scoped: a defect in the code, never an answer to a person."""


class ScopedQuerySet(models.QuerySet[M]):
    """Rows of a scoped table, once a door was passed."""

    def within(self, actor: Actor, permission: str) -> Self:
        """Only the rows that `actor` may reach with `permission`."""
        return filter_scope(self, doors_of(self.model), scope_of(actor, permission))  # type: ignore[return-value]

    def parts_within(self, actor: Actor, permission: str) -> list[Self]:
        """The same rows in parts that may overlap: for `page_of_parts`, which takes the first of each by its index."""
        return branches_of(self, doors_of(self.model), scope_of(actor, permission))  # type: ignore[return-value]


class ScopedManager(models.Manager[M]):
    """`objects` of a scoped table: `.within(actor, permission)` or `.as_system(reason)`, and nothing before them."""

    def get_queryset(self) -> models.QuerySet[M]:
        raise Unscoped(f"{self.model.__name__}.objects: say .within(actor, permission) or .as_system(reason) first")

    def within(self, actor: Actor, permission: str) -> ScopedQuerySet[M]:
        """Only the rows that `actor` may reach with `permission`."""
        return self._rows().within(actor, permission)

    def as_system(self, reason: str) -> ScopedQuerySet[M]:
        """Every row, for the platform's own work; the reason stands in the code for whoever reads it."""
        if not reason:
            raise Unscoped("as_system needs a reason")
        return self._rows()

    def create(self, **values: Any) -> M:
        """A new row: writing is guarded by `require` in the action."""
        return self._rows().create(**values)

    def add_many(self, rows: Sequence[M], batch_size: int = 500) -> list[M]:
        """New rows at once: writing is guarded by `require` in the action."""
        return self._rows().bulk_create(rows, batch_size=batch_size)

    def _rows(self) -> ScopedQuerySet[M]:
        return ScopedQuerySet(self.model, using=self._db)
