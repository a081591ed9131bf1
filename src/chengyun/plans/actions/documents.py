"""Documents: files come in as first or new versions, what a document says of itself is corrected, its status moves."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Max

from chengyun.kernel.access import Where, require
from chengyun.kernel.action import action, lock, save
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.files.actions import attach
from chengyun.kernel.jobs import enqueue
from chengyun.kernel.journal.record import record
from chengyun.kernel.refusal import Conflict, Invalid, NotFound
from chengyun.plans import events
from chengyun.plans.actions.common import (
    EXECUTED,
    day_of,
    note_correction,
    one_of,
    read_changes,
    reason_of,
    text_up_to,
    verb_of,
)
from chengyun.plans.actions.issuing import issue_items
from chengyun.plans.flow_table import DOCUMENT_FLOW
from chengyun.plans.models import Document, Openness, Reading
from chengyun.plans.search import index_document

READ = "plans.read"
_FIELDS = {
    "title": text_up_to(300, needed=True), "kind": text_up_to(24), "issuer": text_up_to(300),
    "number": text_up_to(80), "dated": day_of, "starts_on": day_of, "ends_on": day_of,
    "openness": one_of(*Openness.values),
}  # fmt: skip


@dataclass(frozen=True)
class Sent:
    """A file that was uploaded, under which name, and of what openness its document is."""

    file: UUID
    name: str
    openness: str = Openness.INTERNAL


@action
def import_document(town: int, sent: Sent, *, actor: Actor) -> tuple[Document, Reading]:
    """Take a file in as a new document and queue its reading. Raises Invalid for a file that one did not send."""
    require(actor, "plans.write", at=Where(town=town))
    title = sent.name.rpartition(".")[0] or sent.name or "—"
    document = Document(town_id=town, title=title[:300], openness=sent.openness)
    document.save(force_insert=True)
    reading = _queue(document, sent, actor)
    index_document(document)
    record(_imported(reading), document, actor)
    return document, reading


@action
def import_version(document: Document, sent: Sent, *, actor: Actor, expected: int) -> Reading:
    """Take a new version of a document's file in: read anew, compared, what people corrected is kept."""
    document = lock(document, expected)
    require(actor, "plans.write", at=document)
    if document.state == "repealed":
        raise Conflict("plans.repealed", "a repealed document is not read again", current=document.state_now())
    if document.readings.filter(state=Reading.State.QUEUED).exists():
        raise Conflict("plans.reading_waits", "a version is being read already", current=document.state_now())
    reading = _queue(document, sent, actor)
    save(document)
    record(_imported(reading), document, actor)
    return reading


def _queue(document: Document, sent: Sent, actor: Actor) -> Reading:
    """The row of a reading and the job that does it, in the caller's transaction."""
    try:
        attach([sent.file], document, actor=actor)
    except NotFound as error:
        raise Invalid("plans.no_file", "file: send the file first, for the purpose import", field="file") from error
    last = document.readings.aggregate(last=Max("number"))["last"] or 0
    reading = Reading(
        document=document, number=last + 1, file=sent.file, file_name=sent.name[:200], made_at=now(),
        made_by=actor.actor_id,
    )  # fmt: skip
    job = enqueue(READ, {"reading": str(reading.uuid)}, actor, key=str(reading.uuid), town=document.town_id)
    reading.job = job.uuid
    reading.save(force_insert=True)
    return reading


def _imported(reading: Reading) -> events.DocumentImported:
    return events.DocumentImported(reading.number, str(reading.file), str(reading.job))


@action
def correct_document(document: Document, changes: Mapping[str, Any], *, actor: Actor, expected: int) -> Document:
    """Correct what a document says about itself. `changes` by field: title, kind, issuer, number, dates, openness."""
    document = lock(document, expected)
    require(actor, "plans.write", at=document)
    for name, value in read_changes(_FIELDS, changes).items():
        note_correction(document, name, value, actor)
    if document.starts_on and document.ends_on and document.ends_on < document.starts_on:
        raise Invalid("plans.period_backwards", "ends_on: before the plan starts", field="ends_on")
    save(document)
    index_document(document)
    record(events.DocumentCorrected(tuple(changes)), document, actor)
    return document


@action
def move_document(document: Document, verb: str, *, actor: Actor, expected: int, given: Mapping[str, Any]) -> Document:
    """Take a verb of a document's status 文件状态. Put in force, what was approved of it becomes live."""
    document = lock(document, expected)
    row = verb_of(DOCUMENT_FLOW, verb)
    require(actor, row.may, at=document)
    step = DOCUMENT_FLOW.apply(document, verb, given)
    document.state, on = step.state, day_of(given.get("date"), "given.date")
    document.dated = on or document.dated
    document.number = str(given.get("number") or document.number)[:80]
    save(document)
    issued = issue_items(document) if step.state in EXECUTED else 0
    told = events.DocumentMoved(verb, step.before, step.state, on, issued)
    record(told, document, actor, private={"reason": reason_of(given)})
    return document
