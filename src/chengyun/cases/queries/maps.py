"""Cases on the map: points, or clusters by H3 cell where there are too many."""

from typing import Any

import h3
from django.db.models import Avg, Count, Q

from chengyun.cases.around import standards
from chengyun.cases.queries.lists import Filters, seen_by
from chengyun.cases.rules.clocks import light
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now

MOST_POINTS = 5_000
_COLUMNS = (
    "uuid",
    "number",
    "title",
    "state",
    "class_code",
    "channel",
    "minx",
    "miny",
    "due_at",
    "amber_at",
    "is_open",
)


def on_map(actor: Actor, filters: Filters, most: int = MOST_POINTS) -> dict[str, Any]:
    """GeoJSON of the cases that the filters leave: points up to `most`, else one feature for each H3 cell (res 9)."""
    placed = seen_by(actor, filters).filter(minx__isnull=False).order_by()
    rows = list(placed.values_list(*_COLUMNS)[: most + 1])
    features = _clusters(placed) if len(rows) > most else [_point(row) for row in rows]
    return {"type": "FeatureCollection", "clustered": len(rows) > most, "features": features}


def _point(row: tuple[Any, ...]) -> dict[str, Any]:
    uuid, number, title, state, code, channel, lng, lat, due, amber, _ = row
    kind = standards().book.classes.get(code)
    return {
        "type": "Feature",
        "id": str(uuid),
        "geometry": {"type": "Point", "coordinates": [lng, lat]},
        "properties": {
            "number": number, "title": title, "state": state, "channel": channel, "class": code,
            "class_name": kind.zh if kind else code, "light": light(state, due, amber, now()),
        },
    }  # fmt: skip


def _clusters(placed: Any) -> list[dict[str, Any]]:
    """One feature for each cell: how many, how many open and late, at the middle of its cases."""
    moment = now()
    cells = placed.values("h3").annotate(
        n=Count("pk"), open=Count("pk", filter=Q(is_open=True)),
        late=Count("pk", filter=Q(is_open=True, due_at__lt=moment)), lng=Avg("minx"), lat=Avg("miny"),
    )  # fmt: skip
    return [
        {
            "type": "Feature",
            "id": h3.int_to_str(cell["h3"]),
            "geometry": {"type": "Point", "coordinates": [round(cell["lng"], 6), round(cell["lat"], 6)]},
            "properties": {"count": cell["n"], "open": cell["open"], "late": cell["late"]},
        }
        for cell in cells
    ]
