"""对齐与冲突: which item serves which of a document above, and which targets are stated twice or contradict."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from chengyun.kernel.access import found
from chengyun.kernel.actor import Actor
from chengyun.plans.models import Alignment, Document, Target, Task
from chengyun.plans.queries.seen import documents_seen, targets_seen, tasks_seen
from chengyun.plans.queries.shown import targets_shown
from chengyun.plans.rules.alignment import Promise, clashes

MOST = 2_000
_PASSED = ("rejected", "merged", "withdrawn", "incoming")


def alignments(actor: Actor, document: Document) -> dict[str, Any]:
    """The tree around a document: what its items serve above, and what serves them below. Four queries."""
    tasks = tasks_seen(actor).order_by().values("pk")
    targets = targets_seen(actor).order_by().values("pk")
    rows = Alignment.objects.exclude(state="refused").select_related(
        "lower_task__document", "upper_task__document", "lower_target__document", "upper_target__document"
    )
    seen = Q(lower_task__in=tasks, upper_task__in=tasks) | Q(lower_target__in=targets, upper_target__in=targets)
    up = rows.filter(seen, Q(lower_task__document=document) | Q(lower_target__document=document)).order_by("id")
    down = rows.filter(seen, Q(upper_task__document=document) | Q(upper_target__document=document)).order_by("id")
    mine = tasks_seen(actor).filter(document=document).exclude(state__in=_PASSED)
    tied = {row.lower_task_id for row in up if row.state == "confirmed"}
    loose = [t for t in mine.order_by("position", "id") if t.pk not in tied]
    return {
        "up": [_tie(row) for row in up[:MOST]], "down": [_tie(row) for row in down[:MOST]],
        "unserved": [{"id": task.uuid, "title": task.title, "version": task.version} for task in loose[:MOST]],
    }  # fmt: skip


def _tie(row: Alignment) -> dict[str, Any]:
    lower, upper = row.lower_task or row.lower_target, row.upper_task or row.upper_target
    return {
        "id": row.uuid, "kind": "task" if row.lower_task_id else "target", "state": row.state, "score": row.score,
        "lower": _end(lower), "upper": _end(upper),
    }  # fmt: skip


def _end(item: Task | Target | None) -> dict[str, Any] | None:
    if item is None:
        return None
    document = item.document
    return {
        "id": item.uuid, "version": item.version, "title": item.title if isinstance(item, Task) else item.object,
        "text": item.text, "state": item.state,
        "document": {"id": document.uuid, "title": document.title} if document else None,
    }  # fmt: skip


def alignment(actor: Actor, uuid: UUID) -> Alignment:
    """A tie between items that the actor sees. Raises NotFound."""
    tasks, targets = tasks_seen(actor).order_by().values("pk"), targets_seen(actor).order_by().values("pk")
    seen = Q(lower_task__in=tasks) | Q(lower_target__in=targets)
    rows = Alignment.objects.filter(seen, uuid=uuid)
    return found(rows.select_related("lower_task", "upper_task", "lower_target", "upper_target").first(), "alignment")


def conflicts(actor: Actor, document: Document | None = None) -> list[dict[str, Any]]:
    """Targets of the same thing by the same day: stated twice, or with different numbers. Documents in force count."""
    rows = targets_seen(actor).filter(kind="target").exclude(norm_value=None).exclude(state__in=_PASSED)
    rows = rows.exclude(document__state="repealed").select_related("document", "task").order_by("id")
    listed = list(rows[:MOST])
    by_key = {target.pk: target for target in listed}
    pairs = clashes([_promise(target) for target in listed])
    if document is not None:
        pairs = [p for p in pairs if document.pk in (by_key[p.one].document_id, by_key[p.other].document_id)]
    used = list(dict.fromkeys(key for pair in pairs for key in (pair.one, pair.other)))
    shown = dict(zip(used, targets_shown(actor, [by_key[key] for key in used]), strict=True))
    return [{"kind": pair.kind, "one": shown[pair.one], "other": shown[pair.other]} for pair in pairs]


def _promise(target: Target) -> Promise:
    return Promise(
        target.pk, target.document_id, target.object, target.norm_unit, target.comparator, target.norm_value or 0.0,
        target.norm_max, target.by_on, target.recurrence, target.town_id,
    )  # fmt: skip


def documents_above(actor: Actor, document: Document) -> Sequence[Document]:
    """Documents that this one names as its ground and that are here."""
    return list(documents_seen(actor).filter(pk__in=document.upstream.values("above")))
