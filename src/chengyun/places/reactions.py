"""What the room does when something happened to its own areas, and what it offers to the shell."""

from datetime import timedelta

from chengyun.kernel.actor import System
from chengyun.kernel.clock import now
from chengyun.kernel.events import EntryView, listen
from chengyun.kernel.jobs import enqueue
from chengyun.kernel.live.registry import expose
from chengyun.kernel.search import register_search
from chengyun.places.jobs import BASE_MAP, PLACE_AGAIN
from chengyun.places.queries.search import find_addresses, find_facilities

for _kind in ("area", "area_gap", "facility", "building", "base_map"):
    expose(_kind, "places.read")
expose("import", "places.import")
register_search("facility", find_facilities, order=30)
register_search("address", find_addresses, order=40)

_CALM = timedelta(seconds=30)  # somebody who draws draws several areas: one job for all of them


@listen("places.area_drawn", "places.area_retired", name="places.areas_changed")
def follow_areas(entry: EntryView) -> None:
    """Things lie in other areas now, and the map shows other outlines."""
    if entry.town is None:
        return
    worker, soon = System("worker"), now() + _CALM
    params = {"town": entry.town}
    for kind in (PLACE_AGAIN, BASE_MAP):
        enqueue(kind, params, worker, key=str(entry.town), town=entry.town, run_at=soon)
