"""What the room can be asked. Every read starts at `within`."""

from chengyun.cases.queries.details import detail_of, history_of, one, one_approval, similar_to
from chengyun.cases.queries.figures import counts, per_day
from chengyun.cases.queries.lists import Filters, approvals, listed
from chengyun.cases.queries.maps import on_map
from chengyun.cases.queries.shown import shown

__all__ = [
    "Filters",
    "approvals",
    "counts",
    "detail_of",
    "history_of",
    "listed",
    "on_map",
    "one",
    "one_approval",
    "per_day",
    "shown",
    "similar_to",
]
