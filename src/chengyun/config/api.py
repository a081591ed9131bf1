"""/api/v1: the routers of the rooms under one roof, with one handler of refusals."""

from ninja import NinjaAPI

from chengyun import __doc__ as summary
from chengyun.accounts.api import router as accounts
from chengyun.accounts.authentication import SessionLogin, TokenLogin
from chengyun.cases.api import router as cases
from chengyun.indicators.api import router as indicators
from chengyun.kernel.api import router as kernel
from chengyun.kernel.http import PlainParser, install_handlers
from chengyun.places.api import router as places
from chengyun.plans.api import router as plans
from chengyun.services.api import router as services

api = NinjaAPI(
    title="Chengyun 城运",
    version="1",
    description=summary or "",
    auth=[SessionLogin(), TokenLogin()],
    urls_namespace="api",
    openapi_url="/openapi.json",
    docs_url=None,
    parser=PlainParser(),
)
install_handlers(api)
for path, router in {
    "/kernel": kernel,
    "/accounts": accounts,
    "/places": places,
    "/indicators": indicators,
    "/cases": cases,
    "/plans": plans,
    "/services": services,
}.items():
    api.add_router(path, router)
