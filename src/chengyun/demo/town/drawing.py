"""Draws one whole town in metres: the order in which its parts are made."""

from dataclasses import dataclass

import shapely

from chengyun.demo.town.admin import Admin, Group, organise
from chengyun.demo.town.amenities import at_sites, in_communities, in_compounds, in_grids, in_shops
from chengyun.demo.town.census import Count, count_people
from chengyun.demo.town.country import Country, settle
from chengyun.demo.town.estates import Compound, Frontage, House, build_estate
from chengyun.demo.town.fixtures import Fixture, along_streets, at_crossings, at_water, in_transit
from chengyun.demo.town.labels import (
    Roll,
    address_compounds,
    address_sites,
    name_areas,
    name_axes,
    name_ways,
    roll_of,
)
from chengyun.demo.town.mesh import make_mesh
from chengyun.demo.town.names import CREEKS, RIVERS, Namer
from chengyun.demo.town.parcels import Parcel, Way, divide
from chengyun.demo.town.plane import generator
from chengyun.demo.town.streets import Edge, Line, build_network
from chengyun.demo.town.transit import Expressway, Station, build_expressway, build_metro
from chengyun.demo.town.works import Site, build_site
from chengyun.demo.town.zoning import Ground, lay_out


@dataclass
class Drawing:
    """A town in metres on its plane. `homes` are compounds and hamlets; `sheds` small buildings inside the walls."""

    seed: int
    ground: Ground
    admin: Admin
    homes: list[Compound]
    country: Country
    sites: list[Site]
    sheds: list[House]
    edges: list[Edge]
    fixtures: list[Fixture]
    people: list[Count]
    metro: shapely.LineString
    stations: list[Station]
    expressway: Expressway
    river_names: list[str]

    @property
    def houses(self) -> list[House]:
        """Every building of the town."""
        inside = [h for c in self.homes for h in c.houses]
        return inside + [h for s in self.sites for h in s.houses] + self.sheds


@dataclass
class _Built:
    estates: list[Compound]
    country: Country
    sites: list[Site]
    streets: list[Way]


def draw_town(seed: int, town: str) -> Drawing:
    """The town of one seed, called after the stem `town`: the same on every machine."""
    mesh = make_mesh(seed)
    ground = lay_out(mesh, seed)
    namer = Namer(seed, town)
    parcels, inner = divide(ground, seed)
    axes = name_axes(mesh, ground, namer)
    built = _build(ground, parcels, axes + inner, seed)
    homes = built.estates + built.country.hamlets
    admin = organise(ground, _households(homes))
    streets, roll = _label(built, axes, inner, admin, namer)
    road = build_expressway(mesh, ground)
    metro, stations = build_metro(mesh, ground, generator(seed, "metro"))
    edges = build_network(_lines(streets, built, road, town), ground.water)
    names = _river_names(ground, namer)
    sheds = _sheds(built.estates)
    fixtures = _fixtures(ground, built, streets, roll, seed)
    fixtures += at_crossings(edges, seed) + at_water(ground, names, seed)
    fixtures += in_transit(stations, road.ramps, [w for w in streets if w.level in _MAIN], roll, namer)
    fixtures = _in_town(fixtures + _in_areas(ground, admin, homes, seed), ground)
    people = count_people(homes, admin.communities, seed)
    return Drawing(seed, ground, admin, homes, built.country, built.sites, sheds, edges, fixtures, people, metro,
                   stations, road, names)  # fmt: skip


_MAIN = {"primary", "secondary", "tertiary"}


def _build(ground: Ground, parcels: list[Parcel], streets: list[Way], seed: int) -> _Built:
    frontage = Frontage(streets)
    estates: list[Compound] = []
    for parcel in parcels:
        if parcel.use == "estate":
            made = build_estate(len(estates), parcel, frontage, seed)
            if made.gates and len(made.houses) > 2:
                estates.append(made)
            else:
                parcel.use = "green"
    country = settle(ground, parcels, frontage, seed, len(estates))
    sites = [build_site(p, frontage, seed) for p in parcels if p.use not in {"estate", "village"}]
    return _Built(_renumbered(estates), country, sites, streets)


def _renumbered(estates: list[Compound]) -> list[Compound]:
    for number, estate in enumerate(estates):
        estate.number = number
        for house in estate.houses:
            house.compound = number
    return estates


def _households(homes: list[Compound]) -> dict[int, int]:
    found: dict[int, int] = {}
    for home in homes:
        block = home.parcel.block.number
        found[block] = found.get(block, 0) + sum(h.households for h in home.houses)
    return found


def _label(built: _Built, axes: list[Way], inner: list[Way], admin: Admin, namer: Namer) -> tuple[list[Way], Roll]:
    """Names all streets, then gives addresses along them; returns the named streets and the roll of numbers."""
    name_ways(inner, "inner", namer)
    name_ways(built.country.lanes, "lanes", namer)
    streets = axes + inner + built.country.lanes
    roll = roll_of(streets)
    frontage = Frontage(streets)
    address_compounds(built.estates, frontage, roll, namer)
    address_sites(built.sites, frontage, roll, namer)
    name_areas(admin, built.estates, built.country.hamlets, namer)
    return streets, roll


def _lines(streets: list[Way], built: _Built, road: Expressway, town: str) -> list[Line]:
    lines = [Line(w.line, w.level, w.name) for w in streets]
    for estate in built.estates:
        lines += [Line(w.line, w.level, w.name, foot_only=w.foot_only) for w in estate.ways]
    for site in built.sites:
        lines += [Line(w.line, w.level, w.name, foot_only=w.foot_only) for w in site.ways]
    for track in road.tracks:
        name = f"{town}高架路" if track.upper else f"{town}高架辅路"
        lines.append(Line(track.line, track.level, name, int(track.upper), oneway=True))
    return lines


def _river_names(ground: Ground, namer: Namer) -> list[str]:
    rng = generator(namer.seed, "creeknames")
    stems = namer.stems("creeks")
    names = [(next(stems)[:1] + namer.town[-1] if n else namer.town) + tail for n, tail in enumerate(RIVERS)]
    while len(names) < len(ground.mesh.rivers):
        names.append(next(stems)[0] + next(stems)[1] + CREEKS[int(rng.integers(len(CREEKS)))])
    return names


def _sheds(estates: list[Compound]) -> list[House]:
    """Gatehouses, bicycle sheds and bin rooms: small buildings that every compound has, where room is left."""
    sheds: list[House] = []
    for estate in estates:
        rng = generator(estate.number, "sheds")
        solid = shapely.STRtree([h.shape for h in estate.houses] + [w.line.buffer(2.2) for w in estate.ways])
        spots = [
            (g.x + dx, g.y + dy, 5.0, 4.0) for g in estate.gates for dx, dy in ((6, 5), (-6, 5), (6, -6), (-6, -6))
        ]
        ring = shapely.simplify(estate.wall.buffer(-5), 2)
        edge = ring.exterior if isinstance(ring, shapely.Polygon) else estate.wall.exterior
        spots += [(p.x, p.y, 9.0, 4.5) for p in (edge.interpolate(s, normalized=True) for s in rng.random(7))]
        placed = 0
        for x, y, wide, deep in spots:
            shape = shapely.box(x - wide / 2, y - deep / 2, x + wide / 2, y + deep / 2)
            if (
                placed < 4
                and estate.wall.covers(shape)
                and not len(solid.query(shape.buffer(1), predicate="intersects"))
            ):
                placed += 1
                sheds.append(House(shape, "garage" if wide > 6 else "public", 1, estate.year, compound=estate.number,
                                   parcel=estate.parcel.number, road=estate.main_road, lane=estate.lane))  # fmt: skip
    return _apart(sheds)


def _apart(sheds: list[House]) -> list[House]:
    tree = shapely.STRtree([s.shape for s in sheds])
    left, right = tree.query([s.shape for s in sheds], predicate="intersects")
    later = {b for a, b in zip(left.tolist(), right.tolist(), strict=True) if a < b}
    return [s for n, s in enumerate(sheds) if n not in later]


def _fixtures(ground: Ground, built: _Built, streets: list[Way], roll: Roll, seed: int) -> list[Fixture]:
    shops = [h for c in built.estates for h in c.houses]
    return [
        *along_streets(streets, ground, roll, seed),
        *in_compounds(built.estates, built.country.hamlets, seed),
        *in_shops(shops, seed),
        *at_sites(built.sites, seed),
    ]


def _in_town(fixtures: list[Fixture], ground: Ground) -> list[Fixture]:
    """Without what stands on the far pavement of a border street: that is the neighbour's."""
    inner = ground.boundary.buffer(-0.5)
    inside = shapely.contains_xy(inner, [(f.point.x, f.point.y) for f in fixtures])
    return [f for f, stays in zip(fixtures, inside, strict=True) if stays]


def _in_areas(ground: Ground, admin: Admin, homes: list[Compound], seed: int) -> list[Fixture]:
    by_community: dict[int, list[Compound]] = {}
    by_cell: dict[int, list[Compound]] = {}
    for home in homes:
        by_community.setdefault(home.parcel.block.community, []).append(home)
        by_cell.setdefault(home.parcel.block.cell, []).append(home)

    def homes_of(grid: Group) -> list[Compound]:
        cells = [c.number for c in admin.cells if c.above == grid.number]
        return [h for c in cells for h in by_cell.get(c, [])]

    return in_communities(admin, by_community, seed) + in_grids(ground, admin, homes_of, seed)
