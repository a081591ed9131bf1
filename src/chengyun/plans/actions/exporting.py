"""Taking plans out as a file or on paper: what one may see and nothing more; who took what is recorded."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from chengyun.kernel.access import require
from chengyun.kernel.action import action
from chengyun.kernel.actor import Actor
from chengyun.kernel.journal.record import record
from chengyun.kernel.refusal import Invalid
from chengyun.plans import events
from chengyun.plans.actions.evaluating import word_of
from chengyun.plans.models import Assessment, Evaluation, Export
from chengyun.plans.queries.exporting import scores_workbook, tasks_workbook
from chengyun.plans.queries.shown import tasks_shown
from chengyun.plans.queries.supervised import assessment_detail
from chengyun.plans.queries.tasks import Filters, filtered

MOST = 5_000


def export_tasks(filters: Filters, *, actor: Actor) -> bytes:
    """The tasks of a list that the actor may see, as an Excel file. Raises Invalid for more than MOST."""
    require(actor, "plans.read")
    rows = filtered(actor, filters).select_related("document").prefetch_related("parties").order_by("due_on", "id")
    found = list(rows[: MOST + 1])
    if len(found) > MOST:
        raise Invalid(
            "plans.export_large", f"more than {MOST} tasks: narrow the list", field="q", params={"most": MOST}
        )
    note_export(Export(what="tasks", format="xlsx", rows=len(found), filters=_asked(filters)), actor=actor)
    return tasks_workbook(tasks_shown(actor, found))


def export_scores(assessment: Assessment, *, actor: Actor) -> bytes:
    """The scores of an assessment that the actor may see, as an Excel file."""
    detail = assessment_detail(actor, assessment)
    rows = len(detail["scores"])
    note_export(Export(what="scores", format="xlsx", rows=rows, of=assessment.uuid), actor=actor)
    return scores_workbook(detail)


def export_evaluation(evaluation: Evaluation, *, actor: Actor) -> bytes:
    """The report of an evaluation as it stands, as a Word file."""
    note_export(Export(what="evaluation", format="docx", rows=1, of=evaluation.uuid), actor=actor)
    return word_of(evaluation)


def note_print(filters: Filters, *, actor: Actor) -> int:
    """That the wall map was printed. Returns how many tasks stood on it."""
    require(actor, "plans.read")
    rows = filtered(actor, filters).exclude(minx=None).count()
    note_export(Export(what="wall", format="paper", rows=rows, filters=_asked(filters)), actor=actor)
    return rows


@action
def note_export(export: Export, *, actor: Actor) -> Export:
    """Apart from making the file, which takes longer than a lock may be held."""
    require(actor, "plans.read")
    export.by(actor)
    export.save(force_insert=True)
    told = events.TakenOut(export.what, export.format, export.rows, str(export.of) if export.of else None,
                           export.filters)  # fmt: skip
    record(told, export, actor)
    return export


def _asked(filters: Filters) -> dict[str, str]:
    """The filters that were set; words that were searched for may name somebody and stay out of the journal."""
    set_ones: Mapping[str, Any] = {name: value for name, value in asdict(filters).items() if value}
    return {name: str(value) for name, value in set_ones.items()} | ({"q": "*"} if filters.q.strip() else {})
