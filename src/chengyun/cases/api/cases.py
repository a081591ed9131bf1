"""Cases: lists, map, one case, reporting, verbs."""

from typing import Any
from uuid import UUID

from ninja import Query, Status

from chengyun.cases import actions, queries
from chengyun.cases.api import schemas as out
from chengyun.cases.api.reading import CountQuery, ListQuery, MapQuery, draft_of
from chengyun.cases.api.router import router
from chengyun.cases.models import Approval, Case
from chengyun.cases.queries.details import approval_out
from chengyun.kernel.http import ActorRequest
from chengyun.kernel.idempotency.keys import idempotent
from chengyun.kernel.refusal import Invalid


@router.get("", response=out.PageOut[out.CaseRow], by_alias=True, summary="Cases")
def listed(request: ActorRequest, asked: Query[ListQuery]) -> Any:
    found = queries.listed(request.actor, asked.filters(), asked.order, asked.cursor, asked.limit)
    return {
        "items": queries.shown(request.actor, found.items),
        "next": found.next,
        "total": found.total,
        "more": found.more,
    }


@router.get("/counts", response=out.CountsOut, summary="How many, by state and in each view")
def counts(request: ActorRequest, asked: Query[CountQuery]) -> Any:
    return queries.counts(request.actor, asked.filters(), asked.beside())


@router.get("/days", response=list[out.DayFigures], summary="How many were reported each day, and are done by now")
def days(request: ActorRequest, asked: Query[MapQuery]) -> Any:
    return queries.per_day(request.actor, asked.filters())


@router.get("/map", response=out.FeaturesOut, summary="Cases as GeoJSON, clustered where there are many")
def on_map(request: ActorRequest, asked: Query[MapQuery]) -> Any:
    return queries.on_map(request.actor, asked.filters())


@router.post("", response={201: out.CaseRow}, by_alias=True, summary="Report")
@idempotent
def report(request: ActorRequest, given: out.ReportIn) -> Any:
    draft = draft_of(given, request.actor)
    if given.order:
        return Status(201, _row(request, actions.receive_order(draft, actor=request.actor)))
    if given.settled:
        after, text = [str(f) for f in given.settled.after], given.settled.text
        sent = actions.Sent(captured_at=given.captured_at)
        case = actions.report_settled(draft, actor=request.actor, after=after, text=text, sent=sent)
        return Status(201, _row(request, case))
    return Status(201, _row(request, actions.report(draft, actor=request.actor)))


@router.get("/{uuid:id}", response=out.CaseDetail, by_alias=True, summary="A case")
def detail(request: ActorRequest, id: UUID) -> Any:  # noqa: A002  the name in the address
    return queries.detail_of(request.actor, queries.one(request.actor, id))


@router.get("/{uuid:id}/timeline", response=list[out.MomentOut], summary="Everything that happened to it")
def timeline(request: ActorRequest, id: UUID) -> Any:  # noqa: A002
    return queries.history_of(request.actor, queries.one(request.actor, id))


@router.get("/{uuid:id}/similar", response=list[out.SimilarOut], by_alias=True, summary="What may be the same thing")
def similar(request: ActorRequest, id: UUID) -> Any:  # noqa: A002
    alike = queries.similar_to(request.actor, queries.one(request.actor, id))
    rows = queries.shown(request.actor, [case for case, _ in alike])
    return [{"case": row} | vars(likeness) for row, (_, likeness) in zip(rows, alike, strict=True)]


@router.post("/{uuid:id}/reporter", response=list[out.ReporterSeen], summary="Who reported it: logged, with a reason")
def reporter(request: ActorRequest, id: UUID, given: out.LookIn) -> Any:  # noqa: A002
    return actions.see_reporter(queries.one(request.actor, id), actor=request.actor, reason=given.reason)


@router.post(
    "/{uuid:id}/verbs/{verb}", response={200: out.CaseRow, 202: out.AskedOut}, by_alias=True, summary="Take a verb"
)
@idempotent
def take(request: ActorRequest, id: UUID, verb: str, given: out.TakeIn) -> Any:  # noqa: A002
    case = queries.one(request.actor, id)
    sent = actions.Sent(given.from_state, given.captured_at)
    done = actions.take(case, verb, actor=request.actor, expected=given.expected, given=given.given, sent=sent)
    if isinstance(done, Approval):
        return Status(202, {"approval": approval_out(done), "case": _row(request, done.case)})
    return Status(200, _row(request, done))


@router.post("/{uuid:id}/above/{verb}", response=out.CaseRow, by_alias=True, summary="What was decided above")
@idempotent
def above(request: ActorRequest, id: UUID, verb: str, given: out.TakeIn) -> Any:  # noqa: A002
    case = queries.one(request.actor, id)
    if not case.is_order:
        raise Invalid("cases.not_an_order", "only an order of an upper platform is decided above", field="id")
    return _row(request, actions.hear_above(case, f"upper_{verb}", actor=request.actor, given=given.given))


def _row(request: ActorRequest, case: Case) -> Any:
    return queries.shown(request.actor, [case])[0]
