"""What the room does by itself, and what it offers to the rooms below: files, search, notices, due times."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from chengyun.cases import gaps, telling
from chengyun.cases.actions import Sent, mark_overdue, recompute_due, take
from chengyun.cases.around import today
from chengyun.cases.models import Case, Clock
from chengyun.cases.queries.details import sees
from chengyun.cases.queries.lists import Filters, seen_by
from chengyun.kernel.actor import Actor, System
from chengyun.kernel.calendar.recompute import Change, on_calendar_change
from chengyun.kernel.clock import now
from chengyun.kernel.files.queries import files_of
from chengyun.kernel.jobs.registry import daily, every
from chengyun.kernel.jobs.run import Run
from chengyun.kernel.live.registry import expose
from chengyun.kernel.refusal import Busy
from chengyun.kernel.search import Hit, register_search

__all__ = ["find_cases", "gaps", "look_at_what_is_suspended", "mark_what_is_late", "reckon_again", "telling"]

BATCH = 500
PLATFORM = System("cases")

files_of("case", sees)
expose("case", "cases.read")
expose("approval", "cases.read")


def find_cases(actor: Actor, query: str, limit: int) -> Sequence[Hit]:
    """Cases for the search box of the shell, the newest first."""
    rows = seen_by(actor, Filters(q=query)).order_by("-reported_at")[:limit]
    return [Hit("case", str(c.uuid), c.title, f"{c.number} {c.address}".strip(), f"/cases/{c.uuid}") for c in rows]


register_search("case", find_cases, order=10)


@every("cases.overdue", minutes=1)
def mark_what_is_late(run: Run, params: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001  the form of every job
    """Mark every running clock that ran out, once: the journal tells it, and with it notices and screens."""
    late = Clock.objects.filter(stopped_at=None, paused_at=None, overdue_at=None, due_at__lt=now())
    cases = Case.objects.as_system("marking what is late").filter(pk__in=late.values("case"), is_open=True)
    marked = 0
    for number, case in enumerate(cases.order_by("id")[:BATCH]):
        run.progress(number)
        try:
            stages = mark_overdue(case, actor=PLATFORM)
            if {"sign", "handle"} & set(stages):
                _urge(case)
        except Busy:
            break  # the next minute goes on
        marked += len(stages)
    return {"marked": marked}


@daily("cases.review", "08:00")
def look_at_what_is_suspended(run: Run, params: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001  the form of every job
    """Urge what was suspended until today: whoever suspended it says whether it goes on. Once on its day."""
    rows = Case.objects.as_system("suspended until today").filter(state="suspended", review_on=today(now()))
    urged = 0
    for number, case in enumerate(rows.order_by("id")):
        run.progress(number)
        _urge(case)
        urged += 1
    return {"urged": urged}


def _urge(case: Case) -> None:
    """Urge by the platform itself: the journal tells the department, and whoever handles the case."""
    take(case, "urge", actor=PLATFORM, expected=None, given={}, sent=Sent(from_state=None, automatic=True))


def reckon_again(run: Run, change: Change) -> int:
    """Reckon the running clocks that the changed calendar may touch: those due in its year or later."""
    running = Clock.objects.filter(stopped_at=None, part=None, due_at__isnull=False)
    if change.town is not None:
        running = running.filter(case__town_id=change.town)
    if change.year is not None:
        running = running.filter(due_at__gte=datetime(change.year, 1, 1, tzinfo=UTC) - timedelta(days=1))
    ids = list(running.values_list("case", flat=True).distinct().order_by("case"))
    moved = 0
    for number, pk in enumerate(ids):
        run.progress(number)
        case = Case.objects.as_system("due times under a new calendar").get(pk=pk)
        moved += bool(recompute_due(case, actor=PLATFORM))
    return moved


on_calendar_change("cases", reckon_again)
