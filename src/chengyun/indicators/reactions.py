"""What the room does by itself, and what it offers to the rooms below: search and live updates."""

from collections.abc import Sequence

from chengyun.indicators import jobs, telling
from chengyun.indicators.circle import proving
from chengyun.indicators.models import Indicator
from chengyun.kernel.access import may
from chengyun.kernel.actor import Actor
from chengyun.kernel.live.registry import expose
from chengyun.kernel.search import Hit, register_search

__all__ = ["find_indicators", "jobs", "proving", "telling"]

expose("indicator", "indicators.read")
expose("gap", "indicators.read")


def find_indicators(actor: Actor, query: str, limit: int) -> Sequence[Hit]:
    """Indicators by a part of their name, or by their code."""
    if not may(actor, "indicators.read"):
        return []
    rows = Indicator.objects.within(actor, "indicators.read").filter(retired_at=None)
    found = (rows.filter(zh__icontains=query) | rows.filter(en__icontains=query) | rows.filter(code=query))[:limit]
    return [Hit("indicator", str(one.uuid), one.zh, one.code, f"/indicators/{one.uuid}") for one in found]


register_search("indicator", find_indicators, order=30)
