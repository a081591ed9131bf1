"""Gives the drawn town its names and numbers: streets, lanes 弄, doors 号, compounds, communities."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from shapely import LineString, Point

from chengyun.demo.town.admin import GAPS, Admin, Group
from chengyun.demo.town.estates import Compound, Frontage, House
from chengyun.demo.town.mesh import Axis, Mesh
from chengyun.demo.town.names import Namer, numeral
from chengyun.demo.town.parcels import Way, parts_of
from chengyun.demo.town.plane import generator, pick
from chengyun.demo.town.works import Site
from chengyun.demo.town.zoning import Ground

METRES_PER_NUMBER = 5.0  # a door number for every so many metres of street, odd on one side, even on the other
TAILS = {
    "primary_school": "小学", "middle_school": "中学", "kindergarten": "幼儿园",
    "works": "科技园", "logistics": "物流中心", "mall": "广场",
    "retail": "商业中心", "market": "菜市场", "hotel": "酒店",
    "office": "商务楼", "tower_office": "大厦", "research": "研发园",
    "community_centre": "邻里中心", "care_home": "养护院", "substation": "变电站",
    "pocket_park": "口袋公园",
}  # fmt: skip


@dataclass
class Roll:
    """House numbers already given, by street; and where each street begins and which way it runs."""

    starts: dict[str, np.ndarray]
    headings: dict[str, np.ndarray]
    given: dict[str, set[int]] = field(default_factory=dict)

    def number(self, road: str, point: Point, side: Point) -> int:
        """A free number at `point` of a street, on the side on which `side` lies."""
        away = np.array(point.coords[0]) - self.starts[road]
        heading = self.headings[road]
        off = np.array(side.coords[0]) - np.array(point.coords[0])
        odd = int(heading[0] * off[1] - heading[1] * off[0] > 0)
        number = 2 * int(max(0.0, float(away @ heading)) / (2 * METRES_PER_NUMBER)) + 2 - odd
        taken = self.given.setdefault(road, set())
        while number in taken:
            number += 2
        taken.add(number)
        return number


def name_axes(mesh: Mesh, ground: Ground, namer: Namer) -> list[Way]:
    """Main streets as named ways: those that cross the middle of the town are called east and west, north and south."""
    stems = namer.stems("axes")
    middle = {"ew": _heart(mesh.axes, "ns"), "ns": _heart(mesh.axes, "ew")}
    names: dict[tuple[str, int], str] = {}
    boulevard = min((a for a in mesh.axes if a.runs == "ew" and a.level == "primary"),
                    key=lambda a: a.line.distance(Point(0, 0)))  # fmt: skip
    town = ground.boundary.buffer(4)
    ways = []
    for axis in sorted(mesh.axes, key=lambda a: (a.runs, a.number)):
        stem = names.setdefault((axis.runs, axis.number), next(stems))
        for part in parts_of(axis.line.intersection(town).difference(middle[axis.runs].line.buffer(0.002))):
            if not isinstance(part, LineString) or part.length < 25:
                continue
            if axis.number == boulevard.number and axis.runs == "ew":
                ways.append(Way(part, axis.level, namer.town + "大道"))
            else:
                ways.append(Way(part, axis.level, stem + _side(axis, part, middle[axis.runs]) + "路"))
    return ways


def _heart(axes: list[Axis], runs: str) -> Axis:
    return min((a for a in axes if a.runs == runs and a.level == "primary"), key=lambda a: a.line.distance(Point(0, 0)))


def _side(axis: Axis, part: LineString, middle: Axis) -> str:
    """东 or 西 for a street that runs east and west, 南 or 北 for the others: by the side of the middle street."""
    here = part.interpolate(0.5, normalized=True)
    there = middle.line.interpolate(middle.line.project(here))
    if axis.runs == "ew":
        return "东" if here.x > there.x else "西"
    return "北" if here.y > there.y else "南"


def name_ways(ways: list[Way], purpose: str, namer: Namer) -> None:
    """Names for the smaller public streets."""
    rng = generator(namer.seed, "waynames", purpose)
    stems = namer.stems(purpose)
    for way in ways:
        way.name = next(stems) + ("路" if way.level == "tertiary" or rng.random() < 0.75 else "街")


def roll_of(ways: Iterable[Way]) -> Roll:
    """Where numbers start on each street: in the west or the south, or at the middle of the town for half streets."""
    lines: dict[str, list[LineString]] = {}
    for way in ways:
        lines.setdefault(way.name, []).append(way.line)
    starts, headings = {}, {}
    for name, pieces in lines.items():
        points = np.array([c for g in pieces for c in (g.coords[0], g.coords[-1])])
        spread = points.max(axis=0) - points.min(axis=0)
        column = int(spread[1] > spread[0])
        backwards = "西" in name[2:] or "南" in name[2:]
        order = np.argsort(points[:, column], kind="stable")
        first, last = points[order[-1 if backwards else 0]], points[order[0 if backwards else -1]]
        starts[name] = first
        headings[name] = (last - first) / (np.hypot(*(last - first)) + 1e-9)
    return Roll(starts, headings)


def address_compounds(compounds: list[Compound], streets: Frontage, roll: Roll, namer: Namer) -> None:
    """Lane numbers at the main gate, door numbers from south to north, shops by the street, and a name."""
    rng = generator(namer.seed, "compounds")
    stems = namer.stems("compounds")
    for compound in compounds:
        gate = compound.gates[0] if compound.gates else compound.wall.representative_point()
        street = streets.nearest(gate, 400.0)
        if street is not None:
            at = street.line.interpolate(street.line.project(gate))
            compound.main_road = street.name
            compound.lane = str(roll.number(street.name, at, compound.wall.centroid))
        stem = street.name[:2] if street is not None and rng.random() < 0.35 else next(stems)
        compound.name = namer.estate(compound.style, stem, rng)
        number = 0
        for house in in_order(compound.houses):
            if house.use == "residential":
                number += 1
                house.number, house.road, house.lane = str(number), compound.main_road, compound.lane
            else:
                address_house(house, streets, roll)


def in_order(houses: list[House]) -> list[House]:
    """South to north in rows of 22 m, west to east inside a row: the order in which doors are numbered."""
    return sorted(houses, key=lambda h: (round(h.shape.centroid.y / 22), h.shape.centroid.x))


def address_house(house: House, streets: Frontage, roll: Roll) -> None:
    """A number on the nearest street."""
    middle = house.shape.centroid
    street = streets.nearest(middle, 250.0)
    if street is None:
        return
    at = street.line.interpolate(street.line.project(middle))
    house.road, house.number = street.name, str(roll.number(street.name, at, middle))


def address_sites(sites: list[Site], streets: Frontage, roll: Roll, namer: Namer) -> None:
    """One number at the gate of each site; its houses are counted 幢."""
    stems = namer.stems("sites")
    count: dict[str, int] = {}
    for site in sites:
        gate = site.gates[0] if site.gates else site.parcel.shape.representative_point()
        street = streets.nearest(gate, 300.0)
        if street is not None:
            at = street.line.interpolate(street.line.project(gate))
            site.road, site.number = street.name, str(roll.number(street.name, at, site.parcel.shape.centroid))
        use = site.parcel.use
        count[use] = count.get(use, 0) + 1
        site.name = _site_name(site, next(stems), count[use], namer.town)
        for number, house in enumerate(in_order(site.houses), 1):
            house.road, house.number = site.road, site.number
            house.building = str(number) if len(site.houses) > 1 else ""
            house.name = site.name


def _site_name(site: Site, stem: str, number: int, town: str) -> str:
    use, road = site.parcel.use, site.road
    site_names = {
        "town_hall": f"{town}镇人民政府",
        "culture": f"{town}镇文化活动中心",
        "hospital": f"{town}第{numeral(number % 10)}医院",
        "health_centre": f"{town}镇{stem}社区卫生服务中心",
        "park": f"{town}湖公园{'东西南北'[(number - 1) % 4]}园",
        "green": f"{road[:4]}绿地",
        "vacant": f"{road}待建地块",
        "college": f"{town}{stem}学院",
    }
    return site_names.get(use, stem + TAILS.get(use, ""))


def name_areas(admin: Admin, compounds: list[Compound], hamlets: list[Compound], namer: Namer) -> None:
    """Names for sectors, grids, cells, communities and hamlets; communities are called after a compound inside."""
    rng = generator(namer.seed, "areas")
    _name_grids(admin)
    homes: dict[int, list[Compound]] = {}
    for compound in compounds:
        homes.setdefault(compound.parcel.block.community, []).append(compound)
    for community in admin.communities:
        if community.kind == "village":
            community.name = namer.village(rng) + "村"
        else:
            community.name = _neighbourhood_name(community, homes.get(community.number, []), namer, rng)
    for gap in admin.gaps:
        gap.name = GAPS[gap.kind][0].format(namer.town)
    for hamlet in hamlets:
        hamlet.name = namer.hamlet(rng)
        for number, house in enumerate(in_order(hamlet.houses), 1):
            house.number = str(number)


def _name_grids(admin: Admin) -> None:
    for sector in admin.sectors:
        sector.name = f"第{numeral(sector.number + 1)}片区"
    for grid in admin.grids:
        grid.name = f"{numeral(grid.number + 1)}号网格"
    for cell in admin.cells:
        cell.name = f"第{cell.number + 1:02d}责任单元"


def _neighbourhood_name(community: Group, homes: list[Compound], namer: Namer, rng: np.random.Generator) -> str:
    largest = max(homes, key=lambda c: sum(h.households for h in c.houses), default=None)
    name = (largest.name if largest else f"{namer.town}{numeral(community.number + 1)}") + "居民区"
    if name in namer.used:
        name = f"{name[:-3]}{pick(rng, '东西南北')}居民区"
    namer.used.add(name)
    return name
