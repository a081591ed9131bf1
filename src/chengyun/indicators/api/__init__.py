"""HTTP endpoints of the room: each parses, calls, returns."""

from chengyun.indicators.api import circle, editing, exports, gaps, reading, registers, siting
from chengyun.indicators.api.router import router

__all__ = ["circle", "editing", "exports", "gaps", "reading", "registers", "router", "siting"]
