"""Which imported rows readers see: those of runs that were switched on, and that no later run retired."""

from typing import TypeVar

from django.db.models import Model, QuerySet

from chengyun.places.models import ImportRun

M = TypeVar("M", bound=Model)
HIDDEN = ("staged", "applying", "cancelled")


def hidden_runs() -> list[int]:
    """Ids of the runs whose rows nobody may see yet; usually none."""
    return list(ImportRun._base_manager.filter(state__in=HIDDEN).values_list("id", flat=True))


def shown(rows: QuerySet[M], run: int | None = None) -> QuerySet[M]:
    """The rows of an imported table that readers see, with those of `run`. One small query beside its own."""
    hidden = [hidden for hidden in hidden_runs() if hidden != run]
    rows = rows.filter(retired_at=None)
    return rows.exclude(run_id__in=hidden) if hidden else rows
