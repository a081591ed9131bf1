"""Review: a task is split, items are added by hand, many are accepted at once."""

from collections.abc import Mapping, Sequence
from typing import Any

from chengyun.kernel.access import Where, require
from chengyun.kernel.action import action, lock, save
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.journal.record import record
from chengyun.kernel.refusal import Invalid
from chengyun.plans import around, events
from chengyun.plans.actions.common import in_review, keep_before, words
from chengyun.plans.actions.correcting import set_project, set_target, set_task
from chengyun.plans.actions.issuing import moved
from chengyun.plans.flow_table import TASK_FLOW
from chengyun.plans.models import Document, Party, Project, Target, Task
from chengyun.plans.rights import FLOWS
from chengyun.plans.rules.items import title_of
from chengyun.plans.search import index_items

Changes = Mapping[str, Any]
LONGEST = 20_000_000
"""No text of a document has so many characters."""
_COPIED = (
    "town_id", "document_id", "clause_id", "label", "number", "path", "lead_words", "lead_post_id", "starts_on",
    "due_on", "due_rule", "due_words", "due_dates", "due_event", "due_months", "recurrence", "before_issue", "reading",
    "page", "department_id", "grid_id", "community_id", "local_day", "evidence",
)  # fmt: skip


@action
def split_task(task: Task, parts: Sequence[str], *, actor: Actor, expected: int) -> list[Task]:
    """Make several tasks of one: each part is words of it. The first part stays the task, the others are new."""
    task = lock(task, expected)
    require(actor, "plans.write", at=task)
    in_review(task)
    pieces = [words(part, "parts", 20_000, needed=True) for part in parts]
    if not 2 <= len(pieces) <= 20:
        raise Invalid("plans.parts_wrong", "parts: 2 to 20 texts", field="parts")
    others = [_piece(task, text) for text in pieces[1:]]
    keep_before(task, "text", task.text, actor)
    keep_before(task, "title", task.title, actor)
    if not pieces[0].startswith(task.title):
        task.title = title_of(pieces[0])
    task.spans = spans_in(task, pieces[0])
    task.text, task.at = pieces[0], first_of(task.spans)
    save(task)
    for other in others:
        _copy_parties(task, other)
        _hand_over_targets(task, other)
    index_items([task, *others])
    record(events.ItemSplit(tuple(str(other.uuid) for other in others)), task, actor)
    for other in others:
        record(events.ItemAdded("task", str(task.document.uuid) if task.document else None), other, actor)
    return [task, *others]


def _piece(task: Task, text: str) -> Task:
    values = {name: getattr(task, name) for name in _COPIED}
    piece = Task(
        **values, text=text, title=title_of(text), spans=spans_in(task, text), position=task.position, origin="split",
        split_from=task, confidence=task.confidence,
    )  # fmt: skip
    piece.at = first_of(piece.spans)
    if task.geometry is not None:
        piece.locate(task.geometry)
    piece.save(force_insert=True)
    return piece


def _hand_over_targets(task: Task, piece: Task) -> None:
    """Targets whose words stand in a piece are the piece's from now on."""
    if len(piece.spans) != 1 or piece.spans == task.spans:
        return
    start, end = piece.spans[0]
    targets = Target.objects.as_system("targets go with the words that they stand in").filter(task=task)
    inside = [one.pk for one in targets if one.spans and start <= one.spans[0][0] and one.spans[-1][1] <= end]
    targets.filter(pk__in=inside).update(task=piece)


def spans_in(task: Task, text: str) -> list[Any]:
    """Where the words of a part stand, if they stand in one piece of the task's own range."""
    if not task.spans or text == task.text:
        return list(task.spans)
    at = task.text.find(text)
    start, end = task.spans[0][0], task.spans[-1][1]
    if at < 0 or end - start != len(task.text):
        return list(task.spans)  # healed text: the range of the whole
    return [[start + at, start + at + len(text)]]


def _copy_parties(task: Task, other: Task) -> None:
    Party.objects.bulk_create(
        Party(
            task=other, department_id=p.department_id, area_id=p.area_id, words=p.words, role=p.role,
            inferred=p.inferred, generic=p.generic, question=p.question, spans=p.spans, position=p.position,
        )
        for p in task.parties.all()
    )  # fmt: skip


@action
def add_task(town: int, document: Document | None, values: Changes, *, actor: Actor) -> Task:
    """Add a task by hand: to a document, or (without one) to the town itself. It is reviewed like all others."""
    require(actor, "plans.write", at=Where(town=town))
    text = words(values.get("text"), "text", 20_000, needed=True)
    task = Task(
        town_id=town, document=document, text=text, title=title_of(str(values.get("title") or text)), origin="added",
        local_day=around.today(now()), reading=document.reading if document else 0, **marked(values),
        due_rule="absolute" if values.get("due_on") else "none", position=1_000_000,
    )  # fmt: skip
    task.save(force_insert=True)
    set_task(task, {k: v for k, v in values.items() if k not in ("text", "title", "spans")}, actor)
    task.corrected = {}
    task.save()
    index_items([task])
    record(_added("task", document), task, actor)
    return task


@action
def add_target(town: int, document: Document | None, values: Changes, *, actor: Actor) -> Target:
    """Add a target by hand. `task` ties it to a task of the same document."""
    require(actor, "plans.write", at=Where(town=town))
    name = words(values.get("object"), "object", 200, needed=True)
    task = _task(document, values.get("task"))
    target = Target(
        town_id=town, document=document, object=name, indicator=name, text=str(values.get("text") or name)[:20_000],
        origin="added", task=task, department_id=task.department_id if task else None,
        **marked(values),
        reading=document.reading if document else 0, position=1_000_000,
    )  # fmt: skip
    set_target(target, {k: v for k, v in values.items() if k not in ("text", "object", "task", "spans")}, actor)
    target.corrected = {}
    target.save(force_insert=True)
    index_items([target])
    record(_added("target", document), target, actor)
    return target


def _task(document: Document | None, key: Any) -> Task | None:
    if not key:
        return None
    rows = Task.objects.as_system("the task that a target is added to").filter(document=document)
    found: Task | None = rows.filter(uuid=key).first() if around.is_uuid(str(key)) else None
    if found is None:
        raise Invalid("plans.no_task", "task: no such task in this document", field="task")
    return found


@action
def add_project(town: int, document: Document | None, values: Changes, *, actor: Actor) -> Project:
    """Add a project by hand, with its stages."""
    require(actor, "plans.write", at=Where(town=town))
    name = words(values.get("name"), "name", 200, needed=True)
    project = Project(
        town_id=town, document=document, name=name, origin="added", local_day=around.today(now()), position=1_000_000,
        reading=document.reading if document else 0, **marked(values),
    )  # fmt: skip
    project.save(force_insert=True)
    set_project(project, {k: v for k, v in values.items() if k not in ("name", "spans")}, actor)
    project.corrected = {}
    project.save()
    index_items([project])
    record(_added("project", document), project, actor)
    return project


def _added(item: str, document: Document | None) -> events.ItemAdded:
    return events.ItemAdded(item, str(document.uuid) if document else None)


def marked(values: Changes) -> dict[str, Any]:
    """Where a reviewer marked the words of what he adds, as fields of the row."""
    spans = ranges(values.get("spans"))
    return {"spans": spans, "at": first_of(spans)}


def first_of(spans: Sequence[Any]) -> int | None:
    """Where the first range begins."""
    return spans[0][0] if spans else None


def ranges(value: Any) -> list[list[int]]:
    """Ranges of the text that a reviewer marked. Raises Invalid."""
    if value is None:
        return []
    good = isinstance(value, list) and len(value) <= 50
    if not good or not all(isinstance(r, list) and len(r) == 2 and all(isinstance(n, int) for n in r) for r in value):
        raise Invalid("plans.spans_wrong", "spans: ranges [start, end] of the text", field="spans")
    if not all(0 <= start < end <= LONGEST for start, end in value):
        raise Invalid("plans.spans_wrong", "spans: ranges [start, end] of the text", field="spans")
    return [[int(start), int(end)] for start, end in value]


@action
def accept_many(document: Document, *, actor: Actor, expected: int, least: float = 0.0, kinds: Sequence[str]) -> int:
    """Accept the proposed items of a document that a person looked through. Returns how many.

    `least`: only items of at least this confidence. `kinds`: task, target, project.
    """
    document = lock(document, expected)
    require(actor, "plans.write", at=document)
    save(document)
    count = 0
    for kind, model in (("task", Task), ("target", Target), ("project", Project)):
        if kind in kinds:
            rows = model.objects.as_system("items of a document that was looked through")
            for row in rows.filter(document=document, state="proposed", confidence__gte=least).select_for_update():
                _accept_row(row, actor)
                count += 1
    return count


def _accept_row(row: Task | Target | Project, actor: Actor) -> None:
    step = FLOWS.get(row.subject_kind, TASK_FLOW).apply(row, "accept", {})
    row.state, row.accepted_by, row.accepted_at = step.state, actor.actor_id, now()
    save(row)
    told = moved(row, "accept", step.before) if isinstance(row, Task) else None
    record(told or events.ItemMoved(row.subject_kind, "accept", step.before, step.state), row, actor)
