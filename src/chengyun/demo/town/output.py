"""Hands the drawn town over in the shapes of the room places, in WGS 84."""

from datetime import date

import shapely
from shapely import MultiPoint, Point
from shapely.geometry.base import BaseGeometry

from chengyun.demo.town.admin import GAPS, Group
from chengyun.demo.town.drawing import Drawing, draw_town
from chengyun.demo.town.estates import Compound, House
from chengyun.demo.town.fixtures import Fixture
from chengyun.demo.town.names import OTHER_TOWNS
from chengyun.demo.town.parcels import parts_of
from chengyun.demo.town.plane import Plane
from chengyun.demo.town.streets import Edge
from chengyun.demo.town.vegetation import survey
from chengyun.demo.town.works import Site
from chengyun.places.shapes import (
    COMMUNITY_SCHEME,
    GRID_SCHEME,
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

SEED = 20261
SOURCE = "chengyun-synthetic"
SYNTHETIC = "合成数据（虚构城镇）"
AS_OF = date(2026, 6, 30)
MIDDLE = (121.2, 31.4)  # degrees; the first town's middle, the others stand around it
APART = 9_500.0  # metres from town to town
SPEEDS = {"motorway": 80, "link": 40, "primary": 50, "frontage": 40, "secondary": 40, "tertiary": 30, "residential": 30,
          "service": 15, "footway": 5}  # fmt: skip
LANES = {"motorway": 3, "primary": 6, "secondary": 4, "tertiary": 2, "frontage": 2}
CODES = ("YA", "CH", "QT", "LX", "WT", "JP", "LD", "GZ", "LW", "YB")


def make_town(seed: int = SEED, index: int = 0) -> TownData:
    """A synthetic town; `index` gives its name and its place in the district."""
    name, english = OTHER_TOWNS[index % len(OTHER_TOWNS)]
    drawing = draw_town(seed + 101 * index, name.removesuffix("镇"))
    column, row = _spiral(index)
    scale = Plane(*MIDDLE)
    plane = Plane(*scale.point(column * APART, row * APART))
    return _Handover(drawing, plane, code_of(index)).town(name, english)


def code_of(index: int) -> str:
    """The code of the town of that number: it begins plates and case numbers."""
    return CODES[index % len(CODES)] + (str(index // len(CODES)) if index >= len(CODES) else "")


def _spiral(index: int) -> tuple[int, int]:
    """Squares around the middle: 0 is (0, 0), then one ring after the other."""
    x = y = 0
    dx, dy = 1, 0
    length, walked, turns = 1, 0, 0
    for _ in range(index):
        x, y, walked = x + dx, y + dy, walked + 1
        if walked == length:
            dx, dy, walked, turns = -dy, dx, 0, turns + 1
            length += turns % 2 == 0
    return x, y


class _Handover:
    def __init__(self, drawing: Drawing, plane: Plane, code: str) -> None:
        self.drawing, self.plane, self.code = drawing, plane, code
        self.stem = ""
        self.blocks = [plane.to_wgs84(b.polygon) for b in drawing.ground.blocks]

    def town(self, name: str, english: str) -> TownData:
        d = self.drawing
        self.stem = name.removesuffix("镇")
        data = TownData(self.code, name, english, shapely.union_all(self.blocks), SOURCE, district="云川区（虚构）")
        data.schemes = [GRID_SCHEME, COMMUNITY_SCHEME]
        data.areas = [*self._grid_areas(), *self._communities()]
        data.compounds = [self._compound(c) for c in d.homes]
        data.gaps = [
            GapShape("community", g.name, self._union(g), GAPS[g.kind][1].format(self.stem)) for g in d.admin.gaps
        ]
        data.buildings = [self._building(n, h) for n, h in enumerate(d.houses)]
        data.facilities = [self._facility(n, f) for n, f in enumerate(d.fixtures)]
        data.streets = [self._street(n, e) for n, e in enumerate(d.edges)]
        data.grounds = self._grounds()
        data.populations = [self._population(n) for n in range(len(d.people))]
        data.names = self._names()
        return data

    def _union(self, group: Group) -> BaseGeometry:
        return shapely.union_all([self.blocks[n] for n in group.blocks])

    def _grid_areas(self) -> list[AreaShape]:
        admin, found = self.drawing.admin, []
        for level, groups, above in (
            ("sector", admin.sectors, ""),
            ("grid", admin.grids, "sector"),
            ("cell", admin.cells, "grid"),
        ):
            for g in groups:
                parent = f"{above}-{g.above + 1}" if above else ""
                code = f"{level[0].upper()}{g.number + 1:02d}"
                found.append(AreaShape(f"{level}-{g.number + 1}", "grid", level, code, g.name, self._union(g), parent))
        return found

    def _communities(self) -> list[AreaShape]:
        found = []
        inside: dict[int, list[Compound]] = {}
        for home in self.drawing.homes:
            inside.setdefault(home.parcel.block.community, []).append(home)
        for g in self.drawing.admin.communities:
            key = f"community-{g.number + 1}"
            found.append(AreaShape(key, "community", "community", f"J{g.number + 1:02d}", g.name, self._union(g)))
            for number, homes in enumerate(_micro_grids(inside.get(g.number, [])), 1):
                above = f"micro-{g.number + 1}-{number}"
                hull = shapely.union_all([self.plane.to_wgs84(h.wall) for h in homes])
                name = f"{g.name}第{number}微网格"
                found.append(
                    AreaShape(above, "community", "micro_grid", f"W{g.number + 1:02d}{number:02d}", name, hull, key)
                )
                found += [
                    AreaShape(f"compound-{h.number + 1}", "community", "compound", f"X{h.number + 1:03d}", h.name,
                              self.plane.to_wgs84(h.wall), above)
                    for h in homes
                ]  # fmt: skip
        return found

    def _compound(self, home: Compound) -> CompoundShape:
        gates = MultiPoint([self._point(g) for g in home.gates]) if home.gates else None
        village = home.kind == "village"
        manager = "" if village else f"{home.name[:2]}物业服务站（虚构）"
        households = sum(h.households for h in home.houses)
        return CompoundShape(f"compound-{home.number + 1}", home.kind, home.year, households, manager, gates)

    def _point(self, point: Point) -> Point:
        return Point(self.plane.point(point.x, point.y))

    def _building(self, number: int, house: House) -> BuildingShape:
        return BuildingShape(
            f"building-{number + 1}",
            self.plane.to_wgs84(house.shape),
            house.use,
            house.floors,
            house.height,
            house.households or None,
            house.year,
            house.lift,
            house.name,
            house.road,
            house.lane,
            house.number,
            house.building,
            f"compound-{house.compound + 1}" if house.compound >= 0 else "",
        )

    def _facility(self, number: int, f: Fixture) -> FacilityShape:
        return FacilityShape(
            key=f"facility-{number + 1}",
            category=f.category,
            name=f.name,
            point=self._point(f.point),
            address=f.address,
            capacity=f.capacity,
            floor_area=f.floor_area,
            state=f.state,
            plate=f"{self.code}{number + 1:06d}",
            owner=f.owner,
            outline=self.plane.to_wgs84(f.outline) if f.outline is not None else None,
            entrances=MultiPoint([self._point(p) for p in f.entrances.geoms]) if f.entrances is not None else None,
            facts=f.facts,
        )

    def _street(self, number: int, edge: Edge) -> StreetShape:
        level = edge.source.level
        fast = level in {"motorway", "link"}
        walk = edge.source.foot_only
        return StreetShape(
            key=f"street-{number + 1}",
            start=edge.start,
            end=edge.end,
            line=self.plane.to_wgs84(edge.line),
            kind={"link": "motorway", "frontage": "secondary"}.get(level, level),
            name=edge.source.name,
            link=level == "link",
            oneway=int(edge.source.oneway),
            speed=float(SPEEDS[level]),
            foot=not fast,
            car=not walk,
            bike=not fast,
            bridge=edge.bridge,
            layer=1 if fast else 0,
            lanes=LANES.get(level),
        )

    def _grounds(self) -> list[GroundShape]:
        d, found = self.drawing, []
        near = d.ground.boundary.buffer(250)
        for number, (river, name) in enumerate(zip(d.ground.mesh.rivers, d.river_names, strict=True), 1):
            for part, shape in enumerate(parts_of(river.water.intersection(near))):
                sub = "river" if river.main else "canal"
                found.append(GroundShape(f"water-{number}-{part}", "water", sub, self.plane.to_wgs84(shape), name))
        for number, (kind, shape) in enumerate(d.country.fields):
            group = "water" if kind == "pond" else "green"
            found.append(GroundShape(f"field-{number}", group, kind, self.plane.to_wgs84(shape), public=False))
        found += [g for site in d.sites for g in self._site_grounds(site)]
        for home in d.homes:
            shape = self.plane.to_wgs84(home.wall)
            found.append(GroundShape(f"home-{home.number + 1}", "land", "residential", shape, home.name, public=False))
        for number, green in enumerate(survey(d), 1):
            shape = self.plane.to_wgs84(green)
            found.append(GroundShape(f"vegetation-{number}", "green", "vegetation", shape, public=False))
        found.append(GroundShape("metro", "rail", "subway", self.plane.to_wgs84(d.metro), "轨道交通（虚构线）"))
        return found

    def _site_grounds(self, site: Site) -> list[GroundShape]:
        found, use = [], site.parcel.use
        if use not in {"park", "pocket_park", "green"}:
            sub = "institution" if use in _INSTITUTIONS else _LAND.get(use, "commercial")
            shape = self.plane.to_wgs84(site.parcel.shape)
            found.append(GroundShape(f"land-{site.parcel.number}", "land", sub, shape, site.name))
        for n, (kind, area) in enumerate(site.grounds):
            group, sub = kind.split("/")
            if group != "land":
                key = f"ground-{site.parcel.number}-{n}"
                found.append(GroundShape(key, group, sub, self.plane.to_wgs84(area), site.name if n == 0 else ""))
        return found

    def _population(self, number: int) -> PopulationShape:
        row = self.drawing.people[number]
        place = self.code if row.level == "town" else f"{row.level}-{row.place + 1}"
        return PopulationShape("area", place, row.basis, row.people, AS_OF, SYNTHETIC, row.age_from, row.age_to)

    def _names(self) -> list[NameShape]:
        found = [
            NameShape(home.name[:-2], "alias", refers=f"areas:compound-{home.number + 1}")
            for home in self.drawing.homes
            if home.kind == "estate" and home.name.endswith(("花园", "公寓", "小区", "新村"))
        ]
        for number, f in enumerate(self.drawing.fixtures):
            if f.category in {"service_hall", "metro_station", "hospital"}:
                found.append(NameShape(f.name, "landmark", self._point(f.point), f"facilities:facility-{number + 1}"))
        return found


_LAND = {"works": "industrial", "logistics": "industrial", "vacant": "construction"}
_INSTITUTIONS = {"primary_school", "middle_school", "kindergarten", "college", "hospital", "health_centre", "care_home",
                 "town_hall", "culture", "community_centre"}  # fmt: skip


def _micro_grids(homes: list[Compound]) -> list[list[Compound]]:
    """Groups of neighbouring compounds with about 400 households or more each."""
    groups: list[list[Compound]] = []
    load = 400
    for home in sorted(homes, key=lambda h: (round(h.wall.centroid.x / 300), h.wall.centroid.y)):
        if load >= 400:
            groups.append([])
            load = 0
        groups[-1].append(home)
        load += sum(h.households for h in home.houses)
    return groups
