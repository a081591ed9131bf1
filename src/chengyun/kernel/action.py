"""The frame of every write: one transaction, one lock, no lost change."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, transaction

from chengyun.kernel.models.bases import Subject
from chengyun.kernel.refusal import Busy, Conflict, NotFound

P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S", bound=Subject)

_HELD = (
    "database is locked",
    "database table is locked",
    "lock timeout",
    "deadlock detected",
    "could not serialize",
    "canceling statement due to lock",
)


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Run a write in one transaction; a lock that is not had in time is the refusal Busy, never a 500."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            with transaction.atomic():
                return function(*args, **kwargs)
        except OperationalError as error:
            if is_held(error):
                raise Busy from error
            raise

    return run


def is_held(error: OperationalError) -> bool:
    """Whether the database refused because another write holds what this one needs."""
    return any(words in str(error) for words in _HELD)


def lock(row: S, expected: int | None) -> S:
    """The row as it stands now, held until the transaction ends.

    `expected` is the version that the caller saw; another one raises Conflict with the present state. None means that
    the caller's act does not depend on the version (a reaction, an offline verb, which carries a state instead).
    """
    fresh = type(row)._base_manager.select_for_update().filter(pk=row.pk).first()
    if fresh is None:
        raise NotFound("kernel.not_found", f"no such {row.subject_kind}", params={"what": row.subject_kind})
    if expected is not None and fresh.version != expected:
        raise Conflict(
            "kernel.stale",
            f"somebody changed it meanwhile: you saw version {expected}, it is now at {fresh.version}",
            field="expected",
            current=fresh.state_now(),
        )
    return fresh


def save(row: Subject) -> None:
    """Write a locked row as its next version."""
    row.version += 1
    row.save()
