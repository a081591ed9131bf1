"""The survey of green cover: what trees, shrubs and lawns cover when one looks down, plots and street trees alike."""

from collections.abc import Iterable, Iterator

import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from chengyun.demo.town.drawing import Drawing
from chengyun.demo.town.parcels import parts_of
from chengyun.demo.town.works import Site

SMALLEST = 40.0  # square metres
BARE = frozenset({"farmland", "pond"})
# Metres kept free of green along the wall, around houses and beside ways; what is left is thinned at its edges.
ESTATE, YARD = (1.0, 3.5, 3.2, 0.8), (4.0, 9.0, 5.0, 5.0)
VERGE = {"primary": (14.0, 20.0), "secondary": (9.0, 13.0)}  # where the crowns of street trees begin and end


def survey(drawing: Drawing) -> list[MultiPolygon]:
    """The vegetation of each estate, site, field and block in the town's plane; some overlaps, as crowns and lawns do.

    Needs no random numbers.
    """
    found = [_between(h.wall, [x.shape for x in h.houses], [w.line for w in h.ways], ESTATE) for h in drawing.homes]
    found += [_of_site(site) for site in drawing.sites]
    found += [_pieces(shape) for kind, shape in drawing.country.fields if kind not in BARE]
    return [MultiPolygon(pieces) for pieces in (*found, *_verges(drawing)) if pieces]


def _of_site(site: Site) -> list[Polygon]:
    greens = [area for kind, area in site.grounds if kind.startswith("green/")]
    if greens:
        return [part for area in greens for part in _pieces(area)]
    return _between(site.parcel.shape, [h.shape for h in site.houses], [w.line for w in site.ways], YARD)


def _between(
    ground: BaseGeometry, houses: Iterable[BaseGeometry], ways: Iterable[BaseGeometry], free: tuple[float, ...]
) -> list[Polygon]:
    wall, house, way, edge = free
    solid = [_grown(h, house) for h in houses] + [_grown(w, way) for w in ways]
    left = _grown(ground, -wall).difference(shapely.union_all(solid)) if solid else _grown(ground, -wall)
    return _pieces(_grown(left, -edge))


def _verges(drawing: Drawing) -> Iterator[list[Polygon]]:
    """Two rows of crowns along the wide streets."""
    for level, (begin, end) in VERGE.items():
        lines = [e.line for e in drawing.edges if e.source.level == level and not e.bridge]
        street = shapely.union_all(lines)
        for block in drawing.ground.blocks:
            near = street.intersection(block.polygon.buffer(end))
            crowns = near.buffer(end, quad_segs=1, cap_style="flat").difference(near.buffer(begin, quad_segs=1))
            yield _pieces(crowns.intersection(block.polygon))


def _grown(shape: BaseGeometry, by: float) -> BaseGeometry:
    return shape.buffer(by, quad_segs=1, join_style="mitre", mitre_limit=2.0)


def _pieces(shape: BaseGeometry) -> list[Polygon]:
    parts = [part.simplify(0.4) for part in parts_of(shape) if isinstance(part, Polygon)]
    return [part for part in parts if part.area >= SMALLEST and part.is_valid]
