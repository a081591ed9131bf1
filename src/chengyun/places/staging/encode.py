"""Shapes as staged rows: checked one by one, problems kept beside the good rows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import shapely

from chengyun.places.shapes import (
    AreaShape,
    BuildingShape,
    CompoundShape,
    FacilityShape,
    GapShape,
    GroundShape,
    NameShape,
    PopulationShape,
    StreetShape,
    TownData,
)
from chengyun.places.staging.checks import Checker
from chengyun.places.staging.file import Staging, problem
from chengyun.places.staging.roads import road_names

# In the order in which they are applied: what others refer to comes first.
LAYERS = (
    "areas", "compounds", "gaps", "streets", "grounds", "buildings", "facilities", "populations", "names",
)  # fmt: skip

_GEOMETRY = {
    AreaShape: "polygon",
    GapShape: "polygon",
    FacilityShape: "point",
    BuildingShape: "footprint",
    StreetShape: "line",
    GroundShape: "shape",
    CompoundShape: "gates",
    NameShape: "point",
}
Progress = Callable[[int, str], None]
_EVERY = 5000
OTHERS = "_others"  # in a body: values that other rooms keep


def key_of(shape: Any) -> str:
    """The external id of a shape; made of what names it where it carries none."""
    if isinstance(shape, CompoundShape):
        return shape.area
    if isinstance(shape, GapShape):
        return f"{shape.scheme}:{shape.name}"
    if isinstance(shape, PopulationShape):
        open_end = "" if shape.age_to is None else shape.age_to
        return f"{shape.place_kind}:{shape.place}:{shape.basis}:{shape.age_from}-{open_end}:{shape.on}:{shape.source}"
    if isinstance(shape, NameShape) and not shape.key:
        at = f":{shape.point.x:.5f},{shape.point.y:.5f}" if shape.point is not None else f":{shape.refers}"
        return f"{shape.kind}:{shape.text}{at}"[:120]
    return str(shape.key)


def stage_town(staging: Staging, data: TownData, progress: Progress | None = None) -> None:
    """Stage every layer of a town."""
    checker = Checker(data)
    done = 0
    for layer in LAYERS:
        shapes: Iterable[Any] = getattr(data, layer)
        for shape in shapes:
            stage_shape(staging, layer, shape, checker)
            done += 1
            if progress and done % _EVERY == 0:
                progress(done, layer)
    for name in road_names(data.streets):
        stage_shape(staging, "names", name, checker)
    staging.flush()


@dataclass(frozen=True)
class Aside:
    """Where a row stood in its file, and values that other rooms keep of it, by their fields."""

    place: str = ""
    others: Mapping[str, str] = field(default_factory=dict)


def stage_shape(staging: Staging, layer: str, shape: Any, checker: Checker, aside: Aside | None = None) -> None:
    """Stage one shape, or keep what is wrong with it."""
    aside = aside or Aside()
    place = aside.place
    key = key_of(shape)
    wrong = checker.problems(layer, shape)
    for name, value, expected in wrong:
        staging.complain(problem(layer, place or key, name, value, expected))
    if not wrong:
        geometry, body = encode(shape)
        if aside.others:
            body[OTHERS] = dict(aside.others)
        elif getattr(shape, "owner", ""):
            body[OTHERS] = {"owner": shape.owner}
        staging.add(layer, key, geometry, body, place)


def encode(shape: Any) -> tuple[bytes | None, dict[str, Any]]:
    """A shape as WKB and a plain body; further geometries go into the body as hex."""
    main = _GEOMETRY.get(type(shape))
    body = {
        name: _plain(getattr(shape, name)) for name in type(shape).__dataclass_fields__ if name not in {main, "key"}
    }
    geometry = getattr(shape, main) if main else None
    return (None if geometry is None else bytes(shapely.to_wkb(geometry, byte_order=1))), body


def _plain(value: Any) -> Any:
    if isinstance(value, str | int | float | bool | None):
        return value
    if isinstance(value, shapely.Geometry):
        return shapely.to_wkb(value, hex=True, byte_order=1)
    return dict(value) if hasattr(value, "keys") else str(value)
