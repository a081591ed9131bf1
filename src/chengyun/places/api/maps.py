"""What the map client needs to draw the ground."""

from typing import Any

from ninja import Router

from chengyun.kernel.http import ActorRequest
from chengyun.places import queries
from chengyun.places.api import schemas

router = Router()


@router.get("/base.json", response=schemas.BaseOut, auth=None, summary="Where the base map's tiles are")
def base(request: ActorRequest, town: str | None = None) -> Any:
    own = getattr(request.user, "town", None)  # whoever is logged in sees the own town; a resident names it
    return queries.base_map(town or (own.code if own else None))
