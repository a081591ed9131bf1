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
from chengyun.plans.actions.by_hand import stand_in
from chengyun.plans.actions.matching import Kind, Matched, drop_removed, fresh_row, match, update_matched
from chengyun.plans.actions.reading_meta import clauses_of, keep_questions, keep_stages, keep_upstream, settle_meta
from chengyun.plans.models import Clause, Document, Party, Project, Reading, Stage, Target, Task
from chengyun.plans.rules.items import Told
from chengyun.plans.rules.units import Register
from chengyun.plans.search import index_document, index_items

BATCH = 100


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
    clauses: Sequence[Clause] = ()

    def of(self, kind: str) -> Sequence[Told]:
        """The items of a kind."""
        return {"task": self.tasks, "target": self.targets, "project": self.projects}[kind]

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
    """Write what is new, which nobody sees yet (state "incoming"), and let known items follow the new words.

    In small transactions: a long document holds the write lock for no long time. Done again it does the same.
    """
    for model in (Task, Target, Project):
        model.objects.as_system("what a broken-off reading left").filter(document=document, state="incoming").delete()
    harvest.clauses = clauses_of(document, reading)
    found: dict[str, Matched] = {}
    for kind, told in (("task", harvest.tasks), ("project", harvest.projects), ("target", harvest.targets)):
        found[kind] = match(Kind.of(kind), document, told)
        _write(found, kind, document, reading, harvest)
    _same(found["target"], harvest)
    return found


def _write(found: dict[str, Matched], kind: str, document: Document, reading: Reading, harvest: Harvest) -> None:
    """The rows of one kind, fresh and known, in batches."""
    matched, told = found[kind], harvest.of(kind)
    named = _named(found, harvest)
    rows = []
    for place in matched.difference.added:
        row = matched.rows[place] = fresh_row(document, reading, told[place], harvest, place)
        rows.append((place, row))
        if kind == "target":
            _tie(row, told[place], found["task"].rows, named)
    for first in range(0, len(rows), BATCH):
        with transaction.atomic():
            _insert(kind, rows[first : first + BATCH], told, harvest)
    for first in range(0, len(matched.difference.same), BATCH):
        with transaction.atomic():
            part = matched.difference.same[first : first + BATCH]
            update_matched(Kind.of(kind), reading, told, matched, harvest, part)
    with transaction.atomic():
        drop_removed(Kind.of(kind), reading, matched)


def _named(found: dict[str, Matched], harvest: Harvest) -> dict[str, Any]:
    """The projects by their names, once they are written."""
    if "project" not in found:
        return {}
    rows = found["project"].rows
    return {told.fields["name"]: rows[place] for place, told in enumerate(harvest.projects) if place in rows}


def _tie(row: Target, told: Told, tasks: dict[int, Any], projects: dict[str, Any]) -> None:
    """A target knows the task that it stands in, its project, and who answers for it."""
    row.task = tasks.get(told.task) if told.task is not None else None
    row.project = projects.get(told.project)
    row.department_id = row.task.department_id if row.task is not None else None


def _same(matched: Matched, harvest: Harvest) -> None:
    """Targets that the document states twice."""
    again = []
    for place in matched.difference.added:
        first = harvest.targets[place].same_as
        if first is not None and first in matched.rows:
            matched.rows[place].same_as = matched.rows[first]
            again.append(matched.rows[place])
    Target.objects.as_system("targets that are stated twice").bulk_update(again, ["same_as"], batch_size=BATCH)


def _insert(kind: str, rows: Sequence[tuple[int, Any]], told: Sequence[Told], harvest: Harvest) -> None:
    model = Kind.of(kind).model
    model.objects.add_many([row for _, row in rows])
    fresh = model.objects.as_system("keys of fresh rows").filter(uuid__in=[row.uuid for _, row in rows])
    keys = dict(fresh.values_list("uuid", "pk"))
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
    """Switch a document to a new reading: what is fresh is proposed, title, stages and open matters follow."""
    document = lock(reading.document, None)
    require(actor, "plans.write", at=document)
    for model in (Task, Target, Project):
        fresh = model.objects.as_system("fresh items are to be reviewed now").filter(document=document)
        fresh.filter(state="incoming").update(state="proposed")
    settle_meta(document, reading, harvest.result, actor)
    keep_upstream(document, harvest.result)
    keep_stages(document, harvest.result)
    questions = keep_questions(document, reading, harvest.result)
    stand_in(document, reading)
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
