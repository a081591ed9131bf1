"""HTTP endpoints of the room: each parses, calls, returns."""

from chengyun.plans.api import (
    assessments,
    documents,
    evaluations,
    meetings,
    reports,
    supervision,
    targets,
    tasks,
    ties,
    titles,
)

# Last: its addresses are the most general ones.
from chengyun.plans.api import moving  # isort: skip
from chengyun.plans.api.router import router

__all__ = [
    "assessments",
    "documents",
    "evaluations",
    "meetings",
    "moving",
    "reports",
    "router",
    "supervision",
    "targets",
    "tasks",
    "ties",
    "titles",
]
