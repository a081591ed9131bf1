"""What the compiler read becomes items that people review: the first time, and compared with the version before."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from chengyun.kernel.access import require
from chengyun.kernel.action import action, lock, save
from chengyun.kernel.actor import Actor
from chengyun.kernel.journal.record import record
from chengyun.plans import events
from chengyun.plans.actions.matching import Kind, Matched, fresh_row, match, update_matched
from chengyun.plans.actions.reading_meta import clauses_of, keep_questions, keep_stages, keep_upstream, settle_meta
from chengyun.plans.models import Document, Party, Project, Reading, Stage, Target, Task
from chengyun.plans.rules.items import Told
from chengyun.plans.rules.units import Register
from chengyun.plans.search import index_document, index_items

BATCH = 200


@dataclass
class Harvest:
    """Everything that a reading gave, ready to become rows. `posts` by the words of who leads; `points` by place."""

    result: dict[str, Any]
    tasks: Sequence[Told]
    targets: Sequence[Told]
    projects: Sequence[Told]
    units: Register
    areas: dict[int, int | None]
    posts: dict[str, int | None] = field(default_factory=dict)
    points: dict[str, tuple[float, float]] = field(default_factory=dict)

    def parties(self, task: Task, told: Told) -> list[Party]:
        """The units of a task with the departments meant; a second name of the same department is left out."""
        parties, used = [], set[int]()
        for place, owner in enumerate(told.owners):
            ids = () if owner.generic else self.units.find(owner.words)
            department = ids[0] if len(ids) == 1 else None
            if department is not None and department in used:
                continue
            if department is not None:
                used.add(department)
            unsure = "unit.ambiguous" if ids else "unit.unknown"
            parties.append(Party(
                task=task, department_id=department, area_id=self.areas.get(department or 0), words=owner.words,
                role=owner.role, inferred=owner.inferred, generic=owner.generic, spans=list(owner.spans),
                position=place, question="unit.generic" if owner.generic else "" if department else unsure,
            ))  # fmt: skip
        return parties


@action
def fail_reading(reading: Reading, code: str, detail: str, *, actor: Actor) -> Reading:
    """Keep why a file could not be read."""
    document = lock(reading.document, None)
    require(actor, "plans.write", at=document)
    reading.state, reading.error, reading.detail = Reading.State.FAILED, code[:40], detail[:300]
    reading.save()
    save(document)
    record(events.DocumentRead(reading.number, 0, 0, 0, 0, 0, 0, 0, code), document, actor)
    return reading


def stage_rows(document: Document, reading: Reading, harvest: Harvest) -> dict[str, Matched]:
    """Write what is new in batches that nobody sees yet (state "incoming"): no long hold of the write lock."""
    for model in (Task, Target, Project):
        model.objects.as_system("what a broken-off reading left").filter(document=document, state="incoming").delete()
    found = {}
    for kind, told in (("task", harvest.tasks), ("target", harvest.targets), ("project", harvest.projects)):
        matched = match(Kind.of(kind), document, told)
        added = matched.difference.added
        rows = [(place, fresh_row(document, reading, told[place], harvest, place)) for place in added]
        for first in range(0, len(rows), BATCH):
            with transaction.atomic():
                _insert(kind, rows[first : first + BATCH], told, harvest)
        matched.rows |= dict(rows)
        found[kind] = matched
    return found


def _insert(kind: str, rows: Sequence[tuple[int, Any]], told: Sequence[Told], harvest: Harvest) -> None:
    model = Kind.of(kind).model
    model.objects.add_many([row for _, row in rows])
    keys = {row.uuid: row.pk for row in model.objects.as_system("keys of fresh rows").filter(
        uuid__in=[row.uuid for _, row in rows])}  # fmt: skip
    for _, row in rows:
        row.pk = keys[row.uuid]
    if kind == "task":
        Party.objects.bulk_create(party for place, row in rows for party in harvest.parties(row, told[place]))
    elif kind == "project":
        Stage.objects.bulk_create(
            Stage(project=row, position=n, **stage) for place, row in rows for n, stage in enumerate(told[place].stages)
        )
    index_items(row for _, row in rows)


@action
def take_reading(reading: Reading, harvest: Harvest, found: dict[str, Matched], *, actor: Actor) -> Document:
    """Switch to a new reading: fresh items are proposed, known ones follow it where nobody corrected them."""
    document = lock(reading.document, None)
    require(actor, "plans.write", at=document)
    clauses = clauses_of(document, reading)
    for kind, told in (("task", harvest.tasks), ("target", harvest.targets), ("project", harvest.projects)):
        update_matched(Kind.of(kind), document, reading, told, found[kind], harvest)
    _tie(document, harvest, found, clauses)
    settle_meta(document, reading, harvest.result, actor)
    keep_upstream(document, harvest.result)
    keep_stages(document, harvest.result)
    questions = keep_questions(document, reading, harvest.result)
    reading.difference = {kind: matched.shown() for kind, matched in found.items()}
    reading.state = Reading.State.DONE
    reading.save()
    document.reading = reading.number
    save(document)
    index_document(document)
    record(_told(reading, harvest, found, questions), document, actor)
    return document


def _told(reading: Reading, harvest: Harvest, found: dict[str, Matched], questions: int) -> events.DocumentRead:
    added, changed, removed = (
        sum(len(getattr(m.difference, name)) for m in found.values()) for name in ("added", "changed", "removed")
    )
    sizes = (len(harvest.tasks), len(harvest.targets), len(harvest.projects))
    return events.DocumentRead(reading.number, *sizes, questions, added, changed, removed, "")


def _tie(document: Document, harvest: Harvest, found: dict[str, Matched], clauses: Sequence[Any]) -> None:
    """Fresh items become proposals; targets know their task and project, and every item its clause."""
    tasks, targets, projects = (found[kind].rows for kind in ("task", "target", "project"))
    named = {told.fields["name"]: projects[place] for place, told in enumerate(harvest.projects) if place in projects}
    changed = []
    for place, told in enumerate(harvest.targets):
        row = targets.get(place)
        if row is None:
            continue
        row.task = tasks.get(told.task) if told.task is not None else None
        row.project = named.get(told.project)
        row.same_as = targets.get(told.same_as) if told.same_as is not None else None
        if row.task is not None and "department" not in row.corrected:
            row.department_id = row.task.department_id
        changed.append(row)
    Target.objects.as_system("ties between items").bulk_update(
        changed, ["task", "project", "same_as", "department_id"], batch_size=BATCH
    )
    for rows, model in ((tasks, Task), (targets, Target), (projects, Project)):
        for row in rows.values():
            row.clause = _clause_at(clauses, row.spans)
        every = model.objects.as_system("the clause of each, and fresh ones to be reviewed")
        every.bulk_update(list(rows.values()), ["clause"], batch_size=BATCH)
        every.filter(document=document, state="incoming").update(state="proposed")


def _clause_at(clauses: Sequence[Any], spans: Sequence[Any]) -> Any:
    """The last heading before an item's words."""
    if not spans:
        return None
    before = [clause for clause in clauses if clause.start <= spans[0][0]]
    return before[-1] if before else None
