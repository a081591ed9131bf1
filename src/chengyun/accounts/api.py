"""HTTP endpoints of the room: each parses, calls, returns."""

from ninja import Router

router = Router(tags=["accounts"])
