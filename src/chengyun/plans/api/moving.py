"""One endpoint takes the verbs of everything in execution and supervision, one tells what happened to it."""

from typing import Any
from uuid import UUID

from chengyun.kernel.http import ActorRequest
from chengyun.kernel.idempotency.keys import idempotent
from chengyun.kernel.refusal import NotFound
from chengyun.plans import queries
from chengyun.plans.actions.moving import move
from chengyun.plans.api.router import router
from chengyun.plans.api.schemas import PlanMoment, PlanVerbIn
from chengyun.plans.api.schemas.execution import MovedOut
from chengyun.plans.queries.execution import VIEWS, one, shown

_MOVING = frozenset(VIEWS) - {"reminders", "light_books", "figures"}


@router.post("/{things}/{uuid:id}/verbs/{verb}", response=MovedOut, summary="Take a verb of execution or supervision")
@idempotent
def take(request: ActorRequest, things: str, id: UUID, verb: str, given: PlanVerbIn) -> Any:  # noqa: A002
    thing = one(request.actor, _known(things), id)
    moved = move(thing, verb, actor=request.actor, expected=given.expected, given=given.given)
    return shown(request.actor, things, [moved])[0]


@router.get("/{things}/{uuid:id}/timeline", response=list[PlanMoment], summary="Everything that happened to it")
def timeline(request: ActorRequest, things: str, id: UUID) -> Any:  # noqa: A002
    return queries.history(one(request.actor, _known(things), id))


def _known(things: str) -> str:
    if things not in _MOVING:
        raise NotFound("kernel.not_found", f"nothing is called {things} here", params={"what": things})
    return things
