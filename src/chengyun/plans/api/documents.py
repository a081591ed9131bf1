"""Documents: import, review, status, text, difference, open matters."""

from typing import Any
from uuid import UUID

from ninja import Field, Query, Schema, Status

from chengyun.kernel.api.shapes import PageOut
from chengyun.kernel.http import ActorRequest
from chengyun.kernel.idempotency.keys import idempotent
from chengyun.plans import actions, queries
from chengyun.plans.api import schemas as out
from chengyun.plans.api.reading import paged, town_for
from chengyun.plans.api.router import router
from chengyun.plans.models import Document
from chengyun.plans.queries.documents import reading_shown


class DocumentQuery(Schema):
    """Which documents."""

    state: str = Field("", max_length=80)
    q: str = Field("", max_length=100)
    cursor: str | None = Field(None, max_length=400)
    limit: int = Field(50, ge=1, le=200)


@router.get("/documents", response=PageOut[out.DocumentRow], summary="Plan documents")
def documents(request: ActorRequest, asked: Query[DocumentQuery]) -> Any:
    found = queries.documents(request.actor, asked.state, asked.q, asked.cursor, asked.limit)
    return paged(found, queries.documents_shown(request.actor, found.items))


@router.post("/documents", response={201: out.ImportedOut}, summary="Import a file; it is read by a job")
@idempotent
def import_document(request: ActorRequest, given: out.DocumentIn) -> Any:
    sent = actions.Sent(given.file, given.name, given.openness)
    town = town_for(given.town, request.actor)
    document, reading = actions.import_document(town.pk, sent, actor=request.actor)
    return Status(201, {"document": _row(request, document), "reading": reading_shown(reading)})


@router.get("/documents/{uuid:id}", response=out.DocumentDetail, summary="A document")
def document(request: ActorRequest, id: UUID) -> Any:  # noqa: A002  the name in the address
    return queries.document_detail(request.actor, queries.document(request.actor, id))


@router.patch("/documents/{uuid:id}", response=out.DocumentRow, summary="Correct what it says about itself")
def correct_document(request: ActorRequest, id: UUID, given: out.ChangesIn) -> Any:  # noqa: A002
    row = queries.document(request.actor, id)
    return _row(request, actions.correct_document(row, given.changes, actor=request.actor, expected=given.expected))


@router.post("/documents/{uuid:id}/versions", response={201: out.DocumentReading}, summary="Import a new version")
@idempotent
def import_version(request: ActorRequest, id: UUID, given: out.VersionIn) -> Any:  # noqa: A002
    row, sent = queries.document(request.actor, id), actions.Sent(given.file, given.name)
    return Status(
        201,
        reading_shown(actions.import_version(row, sent, actor=request.actor, expected=given.expected)),
    )


@router.post("/documents/{uuid:id}/verbs/{verb}", response=out.DocumentRow, summary="Move its status")
@idempotent
def move_document(request: ActorRequest, id: UUID, verb: str, given: out.PlanVerbIn) -> Any:  # noqa: A002
    row = queries.document(request.actor, id)
    moved = actions.move_document(row, verb, actor=request.actor, expected=given.expected, given=given.given)
    return _row(request, moved)


@router.post("/documents/{uuid:id}/accept", response=out.ChangedCount, summary="Accept everything that is proposed")
def accept_many(request: ActorRequest, id: UUID, given: out.AcceptIn) -> Any:  # noqa: A002
    row = queries.document(request.actor, id)
    count = actions.accept_many(row, actor=request.actor, expected=given.expected, least=given.least, kinds=given.kinds)
    return {"count": count}


@router.get("/documents/{uuid:id}/text", response=out.TextOut, summary="Its paragraphs with the items in them")
def text(request: ActorRequest, id: UUID, first: int = 0, limit: int = 100) -> Any:  # noqa: A002
    return queries.text_page(request.actor, queries.document(request.actor, id), first, limit)


@router.get(
    "/documents/{uuid:id}/readings/{number}/difference", response=out.DifferenceOut, summary="What a version changed"
)
def difference(request: ActorRequest, id: UUID, number: int) -> Any:  # noqa: A002
    return queries.difference(queries.document(request.actor, id), number)


@router.get("/documents/{uuid:id}/questions", response=PageOut[out.QuestionOut], summary="Its open matters")
def document_questions(request: ActorRequest, id: UUID, state: str = "open", cursor: str | None = None) -> Any:  # noqa: A002
    found = queries.questions(request.actor, queries.document(request.actor, id), state, cursor)
    return paged(found, queries.questions_shown(request.actor, found.items))


@router.get("/questions", response=PageOut[out.QuestionOut], summary="Open matters of all documents")
def questions(request: ActorRequest, state: str = "open", cursor: str | None = None) -> Any:
    found = queries.questions(request.actor, None, state, cursor)
    return paged(found, queries.questions_shown(request.actor, found.items))


@router.post("/questions/{uuid:id}", response=out.QuestionOut, summary="Settle an open matter, or put it aside")
def answer(request: ActorRequest, id: UUID, given: out.AnswerIn) -> Any:  # noqa: A002
    row = queries.one_question(request.actor, id)
    actions.answer_question(
        row, actor=request.actor, expected=given.expected, answer=given.answer, dismiss=given.dismiss
    )
    return queries.questions_shown(request.actor, [queries.one_question(request.actor, id)])[0]


@router.get("/units", response=list[out.UnitOut], summary="What units are called in documents")
def units(request: ActorRequest, town: str | None = None) -> Any:
    return queries.unit_names(request.actor, town_for(town, request.actor))


@router.post("/units", response=out.UnitOut, summary="Settle whom a name means")
def name_unit(request: ActorRequest, given: out.UnitIn) -> Any:
    town = town_for(given.town, request.actor)
    row = actions.name_unit(town, given.name, given.kind, given.departments, actor=request.actor)
    return next(one for one in queries.unit_names(request.actor, town) if one["id"] == row.uuid)


@router.delete("/units/{uuid:id}", response={204: None}, summary="Take a settled name back")
def forget_unit(request: ActorRequest, id: UUID, town: str | None = None) -> Any:  # noqa: A002
    of = town_for(town, request.actor)
    actions.forget_unit(of, queries.unit_name(request.actor, of, id), actor=request.actor)
    return Status(204, None)


@router.get("/units/derived", response=list[out.DerivedOut], summary="Names that departments have by themselves")
def derived_names(request: ActorRequest, town: str | None = None) -> Any:
    return queries.derived_names(request.actor, town_for(town, request.actor))


def _row(request: ActorRequest, row: Document) -> Any:
    return queries.documents_shown(request.actor, [row])[0]
