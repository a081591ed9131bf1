"""HTTP endpoints of the room: each parses, calls, returns."""

from chengyun.indicators.api import editing, exports, gaps, reading, registers
from chengyun.indicators.api.router import router

__all__ = ["editing", "exports", "gaps", "reading", "registers", "router"]
