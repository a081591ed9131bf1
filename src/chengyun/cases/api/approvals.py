"""What waits for a post to agree: 待审批."""

from typing import Any
from uuid import UUID

from chengyun.cases import actions, queries
from chengyun.cases.api import schemas as out
from chengyun.cases.api.router import router
from chengyun.cases.queries.inbox import inbox
from chengyun.kernel.http import ActorRequest


@router.get("/approvals", response=out.PageOut[out.ApprovalRow], by_alias=True, summary="What waits for my approval")
def listed(request: ActorRequest, cursor: str | None = None, limit: int = 50) -> Any:
    found = queries.approvals(request.actor, cursor, limit)
    return {"items": inbox(request.actor, found.items), "next": found.next, "total": found.total, "more": found.more}


@router.post("/approvals/{uuid:id}", response=out.CaseRow, by_alias=True, summary="Agree or refuse")
def decide(request: ActorRequest, id: UUID, given: out.DecideIn) -> Any:  # noqa: A002  the name in the address
    approval = queries.one_approval(request.actor, id)
    case = actions.decide(
        approval, actor=request.actor, expected=given.expected, approve=given.approve, reason=given.reason
    )
    return queries.shown(request.actor, [case])[0]


@router.post("/approvals/{uuid:id}/withdraw", response=out.CaseRow, by_alias=True, summary="Take back what one asked")
def withdraw(request: ActorRequest, id: UUID) -> Any:  # noqa: A002
    approval = queries.one_approval(request.actor, id)
    return queries.shown(request.actor, [actions.withdraw(approval, actor=request.actor, expected=None)])[0]
