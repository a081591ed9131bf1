"""Which blocks belong to the town, and what each is for: centre, estates, works, villages, parks."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely import Point, Polygon
from shapely.geometry.base import BaseGeometry

from chengyun.demo.town.grouping import components
from chengyun.demo.town.mesh import WIDTHS, Mesh, shared_borders
from chengyun.demo.town.plane import generator

TOWN_AREA = 40e6  # square metres
# Area of each kind of land, square metres; estates take what is left.
SHARES = {"centre": 1.2e6, "works": 6.3e6, "logistics": 1.5e6, "park": 0.9e6, "campus": 0.7e6, "village": 9.8e6}


@dataclass
class Block:
    """Land between main streets and rivers. `polygon` reaches to their centre lines, `net` is what can be built on."""

    number: int
    polygon: Polygon
    net: BaseGeometry
    use: str = "estate"
    distance: float = 0.0  # metres from the middle of the town
    cell: int = -1
    community: int = -1  # -1: none answers for it (a gap of the community scheme)


@dataclass
class Ground:
    """The town's land: its blocks, their shared borders, and the water that runs through."""

    mesh: Mesh
    blocks: list[Block]
    borders: dict[frozenset[int], float]
    boundary: Polygon
    water: BaseGeometry

    def touching(self) -> dict[int, dict[int, float]]:
        """For each block the blocks beside it, with the metres that they share."""
        beside: dict[int, dict[int, float]] = {b.number: {} for b in self.blocks}
        for pair, metres in self.borders.items():
            a, b = sorted(pair)
            beside[a][b] = metres
            beside[b][a] = metres
        return beside


def lay_out(mesh: Mesh, seed: int) -> Ground:
    """Choose the town's blocks (a blob of about 40 km² whose edge follows streets and rivers) and their uses."""
    polygons = _swallow_slivers(mesh)
    chosen = _blob(polygons, seed)
    polygons = [polygons[n] for n in chosen]
    water = shapely.union_all([r.water for r in mesh.rivers])
    roads = shapely.union_all(
        [a.line.buffer(WIDTHS[a.level] / 2, quad_segs=2) for a in mesh.axes]
        + [mesh.expressway.buffer(WIDTHS["expressway"] / 2, quad_segs=2)]
    )
    taken = shapely.union_all([roads, water.buffer(7, quad_segs=2)])
    blocks = [
        Block(n, p, p.difference(taken), distance=float(np.hypot(*p.centroid.coords[0])))
        for n, p in enumerate(polygons)
    ]
    boundary = shapely.union_all(polygons)
    ground = Ground(mesh, blocks, shared_borders(polygons), boundary, water)
    _assign_uses(ground, seed)
    return ground


def _swallow_slivers(mesh: Mesh) -> list[Polygon]:
    """Joins every block under 4 ha to the neighbour with which it shares most border."""
    polygons: dict[int, Polygon] = {n: p for n, p in enumerate(mesh.blocks) if p.area > 1}
    while True:
        small = min(polygons, key=lambda n: polygons[n].area)
        if polygons[small].area > 4e4:
            return [polygons[n] for n in sorted(polygons)]
        numbers = sorted(polygons)
        shared = shared_borders([polygons[n] for n in numbers])
        own = numbers.index(small)
        options = [(metres, numbers[next(iter(p - {own}))]) for p, metres in shared.items() if own in p]
        lost = polygons.pop(small)
        if options:
            taker = max(options)[1]
            polygons[taker] = shapely.union_all([polygons[taker], lost])


def _blob(polygons: list[Polygon], seed: int) -> list[int]:
    """The connected blocks inside a dented oval whose size is fitted to the town's area."""
    rng = generator(seed, "blob")
    phase, dents = rng.uniform(0, 2 * np.pi, 4), rng.uniform(0.03, 0.11, 4)
    middles = np.array([p.representative_point().coords[0] for p in polygons])
    angle = np.arctan2(middles[:, 1], middles[:, 0])
    shape = 1 + sum(d * np.sin((k + 2) * angle + f) for k, (d, f) in enumerate(zip(dents, phase, strict=True)))
    relative = np.hypot(middles[:, 0] / 1.1, middles[:, 1] / 0.96) / shape
    order = np.argsort(relative, kind="stable")
    areas = np.cumsum([polygons[n].area for n in order])
    chosen = {int(n) for n in order[: int(np.searchsorted(areas, TOWN_AREA)) + 1]}
    beside: dict[int, dict[int, float]] = {n: {} for n in range(len(polygons))}
    for pair, metres in shared_borders(polygons).items():
        a, b = sorted(pair)
        if metres > 30:
            beside[a][b] = beside[b][a] = metres
    town = components(chosen, beside)[0]
    outside = set(range(len(polygons))) - set(town)
    edge = _edge(polygons)
    holes = [part for part in components(outside, beside) if not edge & set(part)]
    return sorted({*town, *(n for part in holes for n in part)})


def _edge(polygons: list[Polygon]) -> set[int]:
    """Blocks on the rim of the drawn plan: a part of the outside without one is a hole in the town.

    The plan may be of several pieces, where a sliver between blocks found no neighbour to join.
    """
    plan = shapely.union_all(polygons)
    rim = shapely.union_all([part.exterior for part in shapely.get_parts(plan)]).buffer(1)
    return {n for n, p in enumerate(polygons) if p.intersects(rim)}


def _assign_uses(ground: Ground, seed: int) -> None:
    rng = generator(seed, "uses")
    free = {b.number for b in ground.blocks}
    turn = rng.uniform(0, 2 * np.pi)
    anchors = {
        "centre": np.zeros(2),
        "works": _polar(turn, 3_200),
        "park": _polar(turn + 2.1, 1_350),
        "logistics": _polar(turn + 4.2, 3_000),
        "campus": _polar(turn + 1.2, 1_900),
    }
    for use, anchor in anchors.items():
        _claim(ground, free, use, anchor)
    noise = rng.uniform(0, 900, len(ground.blocks))
    away = _polar(turn + np.pi, 900)
    order = sorted(free, key=lambda n: -_from(ground.blocks[n], -away) - noise[n])
    total = 0.0
    for number in order:
        if total > SHARES["village"]:
            break
        ground.blocks[number].use = "village"
        total += ground.blocks[number].polygon.area


def _polar(angle: float, radius: float) -> np.ndarray:
    return np.array([np.cos(angle), np.sin(angle)]) * radius


def _from(block: Block, anchor: np.ndarray) -> float:
    return float(block.polygon.centroid.distance(Point(*anchor)))


def _claim(ground: Ground, free: set[int], use: str, anchor: np.ndarray) -> None:
    """The free blocks nearest to the anchor become `use` until its share is full; they stay connected."""
    beside = ground.touching()
    claimed: list[int] = []
    total = 0.0
    while total < SHARES[use]:
        edge = {n for c in claimed for n, metres in beside[c].items() if n in free and metres > 60} or free
        nearest = min(edge, key=lambda n: (_from(ground.blocks[n], anchor), n))
        free.discard(nearest)
        claimed.append(nearest)
        ground.blocks[nearest].use = use
        total += ground.blocks[nearest].polygon.area
