"""HTTP endpoints of the room: each parses, calls, returns."""

from ninja import Router

from chengyun.places.api.addresses import router as addresses
from chengyun.places.api.areas import router as areas
from chengyun.places.api.facilities import router as facilities
from chengyun.places.api.imports import router as imports
from chengyun.places.api.maps import router as maps

router = Router(tags=["places"])
for part in (areas, facilities, addresses, maps, imports):
    router.add_router("", part)
