"""HTTP endpoints of the room: each parses, calls, returns."""

from chengyun.cases.api import approvals, cases, exports, standards
from chengyun.cases.api.router import router

__all__ = ["approvals", "cases", "exports", "router", "standards"]
