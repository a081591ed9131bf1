"""HTTP endpoints of the room: each parses, calls, returns."""

from chengyun.plans.api import documents, targets, tasks, ties
from chengyun.plans.api.router import router

__all__ = ["documents", "router", "targets", "tasks", "ties"]
