"""Where new facilities help most."""

from typing import Any

from chengyun.indicators.api.router import router
from chengyun.indicators.api.schemas import circle as out
from chengyun.indicators.circle import proving
from chengyun.indicators.circle.siting import Wish
from chengyun.kernel.access import require
from chengyun.kernel.http import ActorRequest
from chengyun.places.queries import town_for


@router.post("/siting", response=out.SitingOut, summary="Where new facilities of a category help most")
def siting(request: ActorRequest, given: out.SitingIn, town: str | None = None) -> Any:
    """A first answer at once; the job's result (kernel/jobs) has the same shape, better or proven."""
    require(request.actor, "indicators.read")
    answer, job = proving.begin(town_for(request.actor, town), request.actor, Wish(**given.dict()))
    return {"answer": answer, "job": job.uuid if job else None}
