"""What the room does by itself, and what it offers to the rooms below: files, search, live updates, jobs."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from chengyun.kernel.actor import Actor, System
from chengyun.kernel.clock import now
from chengyun.kernel.events import EntryView, listen
from chengyun.kernel.files.queries import files_of
from chengyun.kernel.jobs.registry import daily, every
from chengyun.kernel.jobs.run import Run
from chengyun.kernel.live.registry import expose
from chengyun.kernel.refusal import Busy
from chengyun.kernel.search import Hit, matches, register_search
from chengyun.plans import around, rounds, supervision_checks, telling, telling_supervision
from chengyun.plans.actions import Gap, compiling, lapse, lapse_adjustment, note_gap, raise_task
from chengyun.plans.actions.measuring import keep_live
from chengyun.plans.actions.raising import DAYS
from chengyun.plans.models import Adjustment, Party, Target, Task
from chengyun.plans.queries import documents_seen, tasks_seen
from chengyun.plans.queries.live import live_values

__all__ = [
    "compiling",
    "find_documents",
    "find_tasks",
    "lapse_silence",
    "raise_gap",
    "rounds",
    "supervision_checks",
    "telling",
    "telling_supervision",
]

PLATFORM = System("plans")


def _sees_document(actor: Actor, uuid: UUID) -> bool:
    return documents_seen(actor).filter(uuid=uuid).exists()


def _sees_task(actor: Actor, uuid: UUID) -> bool:
    return tasks_seen(actor).filter(uuid=uuid).exists()


files_of("plan_document", _sees_document)
files_of("plan_task", _sees_task)
for kind in ("plan_document", "plan_task", "plan_target", "plan_project", "plan_adjustment"):
    expose(kind, "plans.read")


def find_documents(actor: Actor, query: str, limit: int) -> Sequence[Hit]:
    """Documents for the search box of the shell, the latest first."""
    rows = documents_seen(actor).filter(uuid__in=matches("plan_document", query)).order_by("-id")[:limit]
    return [Hit("plan_document", str(d.uuid), d.title, d.number, f"/plans/documents/{d.uuid}") for d in rows]


def find_tasks(actor: Actor, query: str, limit: int) -> Sequence[Hit]:
    """Tasks for the search box of the shell, the latest first."""
    rows = tasks_seen(actor).filter(uuid__in=matches("plan_task", query)).exclude(state__in=("rejected", "merged"))
    listed = rows.select_related("document").order_by("-id")[:limit]
    return [
        Hit("plan_task", str(t.uuid), t.title, t.document.title if t.document else "", f"/plans/tasks/{t.uuid}")
        for t in listed
    ]


register_search("plan_document", find_documents, order=20)
register_search("plan_task", find_tasks, order=21)


@every("plans.consents", hours=1)
def lapse_silence(run: Run, params: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001  the form of every job
    """Take the silence of departments after their limit as no objection."""
    asked = Party.objects.filter(consent=Party.Consent.ASKED).values("task")
    tasks = Task.objects.as_system("whose departments were silent").filter(
        pk__in=asked, state="consulting", consent_due_at__lt=now()
    )
    changes = Adjustment.objects.as_system("whose departments were silent").filter(state="asked", due_at__lt=now())
    silent = 0
    for number, row in enumerate([*tasks.order_by("id"), *changes.order_by("id")]):
        run.progress(number)
        try:
            silent += lapse(row, actor=PLATFORM) if isinstance(row, Task) else lapse_adjustment(row, actor=PLATFORM)
        except Busy:
            break  # the next hour goes on
    return {"silent": silent}


@daily("plans.measure", "05:30")
def measure_bound(run: Run, params: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001  the form of every job
    """Keep what every bound target stands at today, in its own unit; what is not known is not kept."""
    rows = Target.objects.as_system("targets that indicators measure").filter(
        kind="target", binding="bound", state="live"
    )
    targets = list(rows.order_by("id"))
    live, changed = live_values(targets), 0
    for number, target in enumerate(targets):
        run.progress(number, len(targets))
        found = live.get((target.town_id, target.indicator_code))
        value = found.in_unit(target.unit) if found and not found.estimated else None  # an estimate is never scored
        if value is not None:
            changed += keep_live(target, value, actor=PLATFORM)
    return {"targets": len(targets), "changed": changed}


@listen(
    "indicators.gap_raised",
    name="plans.raise_gap",
    reads=("indicator", "zh", "mode", "area", "department", "deadline", "failing"),
)
def raise_gap(entry: EntryView) -> None:
    """A gap that is handed over as a task becomes one; heard twice, it is one."""
    facts = entry.facts
    if entry.town is None or facts["mode"] != "tasks":
        return
    raise_task(
        Gap(
            town=entry.town, key=entry.subject, indicator=facts["indicator"], name=facts["zh"], area=facts["area"],
            area_name=around.name_of_area(facts["area"]), subjects=facts["failing"], department=facts["department"],
            due_on=_due(facts["deadline"]),
        ),
        actor=PLATFORM,
    )  # fmt: skip


@listen(
    "indicators.gap_met", "indicators.gap_receded", "indicators.gap_closed", "indicators.gap_returned",
    name="plans.follow_gap", reads=("indicator", "value"),
)  # fmt: skip
def follow_gap(entry: EntryView) -> None:
    """The task of a gap says how its figure stands: whoever checks the task sees whether the gap is met."""
    rows = Task.objects.as_system("the task of a gap").filter(town_id=entry.town, gap__key=entry.subject)
    for task in rows.order_by("id"):
        note_gap(task, entry.event.rpartition("_")[2], entry.facts.get("value"), actor=PLATFORM)


def _due(written: Any) -> date:
    try:
        return date.fromisoformat(str(written)[:10])
    except ValueError:
        return around.today(now()) + timedelta(days=DAYS)
