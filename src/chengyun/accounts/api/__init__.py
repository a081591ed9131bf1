"""HTTP endpoints of the room: each parses, calls, returns."""

from ninja import Router

from chengyun.accounts.api.duties import holdings, owners, responsibilities, roster
from chengyun.accounts.api.login import router as login
from chengyun.accounts.api.notices import looks, notices
from chengyun.accounts.api.organisation import departments, posts, tenures
from chengyun.accounts.api.own import router as own
from chengyun.accounts.api.people import router as people
from chengyun.accounts.api.rights import grants, roles, tokens

router = Router(tags=["accounts"])
for path, part in {
    "": login,
    "/me": own,
    "/people": people,
    "/departments": departments,
    "/posts": posts,
    "/tenures": tenures,
    "/roles": roles,
    "/grants": grants,
    "/tokens": tokens,
    "/holdings": holdings,
    "/owners": owners,
    "/responsibilities": responsibilities,
    "/roster": roster,
    "/looks": looks,
    "/notices": notices,
}.items():
    router.add_router(path, part)
