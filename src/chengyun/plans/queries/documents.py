"""Documents: the list, one of them, its text with the items that stand in it, what differs between two versions."""

from typing import Any

from django.db.models import Count, Q

from chengyun.kernel.access import found, may
from chengyun.kernel.actor import Actor
from chengyun.kernel.paging import Page, page
from chengyun.kernel.refusal import Invalid
from chengyun.kernel.search import matches
from chengyun.plans import around
from chengyun.plans.flow_table import DOCUMENT_FLOW
from chengyun.plans.models import Document, Project, Question, Reading, Target, Task, Upstream
from chengyun.plans.queries.seen import documents_seen, projects_seen, targets_seen, tasks_seen
from chengyun.plans.queries.shown import projects_shown, stage_shown, targets_shown, tasks_shown

_HEAVY = ("text", "result", "lines", "difference")


def documents(actor: Actor, state: str = "", q: str = "", cursor: str | None = None, limit: int = 50) -> Page[Document]:
    """A page of documents, the latest first."""
    rows = documents_seen(actor)
    if state:
        rows = rows.filter(state__in=state.split(","))
    if q.strip():
        rows = rows.filter(uuid__in=matches("plan_document", q))
    return page(rows, ("-created_at", "-id"), cursor, limit)


def documents_shown(actor: Actor, rows: list[Document]) -> list[dict[str, Any]]:
    """Rows of documents, with how many tasks of each are in which state. Four queries."""
    keys = [row.pk for row in rows]
    tasks = _by_state(tasks_seen(actor).filter(document__in=keys))
    targets = _by_state(targets_seen(actor).filter(document__in=keys, kind="target"))
    latest = {r.document_id: r for r in Reading.objects.filter(document__in=keys).defer(*_HEAVY).order_by("number")}
    return [
        _document(actor, row) | {
            "tasks": tasks.get(row.pk, {}), "targets": targets.get(row.pk, {}),
            "reading": reading_shown(latest.get(row.pk)),
        }
        for row in rows
    ]  # fmt: skip


def _by_state(rows: Any) -> dict[int, dict[str, int]]:
    counted: dict[int, dict[str, int]] = {}
    for key, state, n in rows.order_by().values_list("document", "state").annotate(n=Count("pk", distinct=True)):
        counted.setdefault(key, {})[state] = n
    return counted


def _document(actor: Actor, row: Document) -> dict[str, Any]:
    plain = (
        "version", "title", "kind", "issuer", "number", "dated", "starts_on", "ends_on", "year", "state", "openness",
        "corrected", "created_at",
    )  # fmt: skip
    offered = [v for v in DOCUMENT_FLOW.offered(row.state) if may(actor, v.may, row)]
    return {name: getattr(row, name) for name in plain} | {
        "id": row.uuid,
        "verbs": [{"name": v.name, "needs": list(v.needs), "optional": list(v.optional)} for v in offered],
        "writes": may(actor, "plans.write", row),
    }


def reading_shown(reading: Reading | None) -> dict[str, Any] | None:
    """A reading without its text."""
    if reading is None:
        return None
    plain = ("number", "state", "error", "detail", "file", "file_name", "job", "counts", "compiler", "seconds",
             "made_at")  # fmt: skip
    return {name: getattr(reading, name) for name in plain} | {"id": reading.uuid}


def document_detail(actor: Actor, row: Document) -> dict[str, Any]:
    """One document with its readings, headings, stages, upstream documents and open matters. At most ten queries."""
    readings = row.readings.defer(*_HEAVY).order_by("-number")
    clauses = row.clauses.filter(reading=row.reading).order_by("number")
    seen = {d.pk for d in documents_seen(actor).filter(pk__in=row.upstream.values("above"))}
    return documents_shown(actor, [row])[0] | {
        "readings": [reading_shown(reading) for reading in readings],
        "clauses": [
            {"number": c.number, "level": c.level, "label": c.label, "title": c.title, "start": c.start, "end": c.end}
            for c in clauses
        ],
        "stages": [stage_shown(stage) for stage in row.stages.order_by("position")],
        "upstream": [_upstream(up, seen) for up in row.upstream.select_related("above").order_by("id")],
        "questions": row.questions.filter(state=Question.State.OPEN).count(),
    }


def _upstream(up: Upstream, seen: set[int]) -> dict[str, Any]:
    above = up.above if up.above_id in seen else None
    return {"title": up.title, "number": up.number, "document": above.uuid if above else None}


def reading_of(document: Document, number: int | None = None) -> Reading:
    """A reading that is done: the one in force, or the one with a number. Raises NotFound."""
    rows = document.readings.filter(state=Reading.State.DONE, number=number or document.reading)
    return found(rows.first(), "reading")


def text_page(actor: Actor, document: Document, first: int = 0, limit: int = 100) -> dict[str, Any]:
    """Paragraphs of a document's text from place `first` on, and every item that begins in them. Twelve queries.

    The last page holds the items without a place in the text too.
    """
    reading, limit = reading_of(document), max(1, min(limit, 400))
    total = len(reading.lines)
    if first < 0 or (first >= total and first):
        raise Invalid("plans.no_paragraph", f"first: 0 to {max(0, total - 1)}", field="first", params={"last": total})
    lines = reading.lines[first : first + limit]
    ahead = first + limit < total
    start = 0 if first == 0 else lines[0][0]
    end = reading.lines[first + limit][0] if ahead else None
    return {
        "reading": reading.number, "first": first, "total": total, "next": first + limit if ahead else None,
        "paragraphs": [
            {"n": first + n, "start": a, "end": b, "page": p, "text": reading.text[a:b]} for n, (a, b, p) in
            enumerate(lines)
        ],
        **items_between(actor, document, start, end),
    }  # fmt: skip


def items_between(actor: Actor, document: Document, start: int, end: int | None) -> dict[str, list[dict[str, Any]]]:
    """The items of a document that begin in a range of its text."""
    inside = Q(at__gte=start) & (Q(at__lt=end) if end is not None else Q())
    if end is None:
        inside |= Q(at=None)
    tasks = tasks_seen(actor).filter(inside, document=document).exclude(state="merged").order_by("at", "position", "id")
    targets = targets_seen(actor).filter(inside, document=document).exclude(state="merged").order_by("at", "id")
    projects = projects_seen(actor).filter(inside, document=document).order_by("at", "id")
    return {
        "tasks": tasks_shown(actor, list(tasks.select_related("document").prefetch_related("parties")), review=True),
        "targets": targets_shown(actor, list(targets.select_related("document", "task")), review=True),
        "projects": projects_shown(
            actor, list(projects.select_related("document").prefetch_related("stages")), review=True
        ),
    }


def difference(document: Document, number: int) -> dict[str, Any]:
    """What a reading changed against the one before: items added, removed, changed, moved, with values."""
    reading = reading_of(document, number)
    found_ids = {
        key
        for kind in reading.difference.values()
        for name in ("added", "removed", "changed", "moved")
        for one in kind.get(name, ())
        for key in [one["id"] if isinstance(one, dict) else one]
    }
    titles: dict[str, dict[str, Any]] = {}
    for model, name in ((Task, "title"), (Target, "object"), (Project, "name")):
        rows = model.objects.as_system("names of items in a difference").filter(document=document, uuid__in=found_ids)
        titles |= {str(uuid): {"title": words, "state": state} for uuid, words, state in
                   rows.values_list("uuid", name, "state")}  # fmt: skip
    return {"number": number, "difference": reading.difference, "items": titles}


def questions(
    actor: Actor, document: Document | None, state: str = "open", cursor: str | None = None
) -> Page[Question]:
    """Open matters, of one document or of all that the actor sees, oldest first."""
    of = Q(document=document) if document is not None else Q(document__in=documents_seen(actor).values("pk"))
    rows = Question.objects.filter(of).select_related("document", "task", "target")
    return page(rows.filter(state=state) if state else rows, ("id",), cursor, 100)


def question_shown(actor: Actor, row: Question, people: dict[str, str]) -> dict[str, Any]:
    """An open matter with what it is about."""
    plain = ("code", "detail", "words", "spans", "reading", "state", "answer", "answered_at")
    return {name: getattr(row, name) for name in plain} | {
        "id": row.uuid, "document": {"id": row.document.uuid, "title": row.document.title},
        "version": row.document.version,
        "task": {"id": row.task.uuid, "title": row.task.title} if row.task else None,
        "target": {"id": row.target.uuid, "title": row.target.object} if row.target else None,
        "answered_by": people.get(row.answered_by), "writes": may(actor, "plans.write", row.document),
    }  # fmt: skip


def questions_shown(actor: Actor, rows: list[Question]) -> list[dict[str, Any]]:
    """Open matters as they are sent."""
    people = around.names_of_people(row.answered_by for row in rows)
    return [question_shown(actor, row, people) for row in rows]


def one_question(actor: Actor, uuid: Any) -> Question:
    """An open matter of a document that the actor sees. Raises NotFound."""
    rows = Question.objects.filter(uuid=uuid, document__in=documents_seen(actor).values("pk"))
    return found(rows.select_related("document").first(), "question")
