"""HTTP endpoints of the room: each parses, calls, returns."""

from ninja import Router

from chengyun.accounts.api.login import router as login

router = Router(tags=["accounts"])
router.add_router("", login)
