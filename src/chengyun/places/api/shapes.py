"""GeoJSON in, GeoJSON out."""

import json
from typing import Any

import shapely
from shapely.geometry import mapping

from chengyun.kernel.actor import Actor
from chengyun.kernel.refusal import Invalid
from chengyun.places import queries
from chengyun.places.actions import AreaGiven
from chengyun.places.api.schemas import AreaIn
from chengyun.places.queries.checks import AreaReport


def geojson_shape(value: dict[str, Any], field: str = "polygon") -> Any:
    """A geometry from GeoJSON. Raises Invalid."""
    try:
        shape = shapely.from_geojson(json.dumps(value))
    except (shapely.GEOSException, ValueError, TypeError) as error:
        raise Invalid("places.not_geojson", f"{field}: not a GeoJSON geometry", field=field) from error
    west, south, east, north = shape.bounds if not shape.is_empty else (0, 0, 0, 0)
    if shape.is_empty or not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise Invalid("places.not_geojson", f"{field}: longitude and latitude in degrees", field=field)
    return shapely.force_2d(shape)


def area_given(actor: Actor, given: AreaIn) -> AreaGiven:
    """An area as drawn on the screen."""
    parent = queries.area_of(actor, given.parent) if given.parent else None
    return AreaGiven(given.code, given.name, geojson_shape(given.polygon), parent, given.english)


def checks_out(report: AreaReport) -> dict[str, Any]:
    """A report of checks as the endpoint gives it: ids become those for outside."""
    ids = report.ids
    return {
        "tolerance": report.tolerance,
        "errors": len(report.errors) + len(report.problems),
        "flaws": [
            {
                "kind": flaw.kind,
                "scheme": flaw.scheme,
                "level": flaw.level,
                "areas": [ids[area] for area in flaw.areas if area in ids],
                "square_metres": round(flaw.square_metres, 1),
                "polygon": mapping(flaw.polygon),
            }
            for flaw in report.flaws
        ],
        "problems": [
            {"area": ids.get(p.area) if p.area else None, "code": p.code, "params": dict(p.params)}
            for p in report.problems
        ],
        "gaps": [queries.gap_row(gap) for gap in report.gaps],
    }
