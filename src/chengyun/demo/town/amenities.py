"""Facilities in compounds, communities, shops and sites; spread so that some places go without."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from shapely import MultiPoint, Point
from shapely.geometry.base import BaseGeometry

from chengyun.demo.town.admin import Admin, Group
from chengyun.demo.town.estates import Compound, House
from chengyun.demo.town.fixtures import Fact, Fixture
from chengyun.demo.town.names import FIRST, SECOND
from chengyun.demo.town.plane import generator, pick
from chengyun.demo.town.works import Site
from chengyun.demo.town.zoning import Ground


@dataclass(frozen=True)
class Offer:
    """What a kind of place has: category, name, owner, chance of having it, capacity range, floor area range."""

    category: str
    name: str
    owner: str
    chance: float
    capacity: tuple[float, float] | None = None
    floor: tuple[float, float] | None = None


def _offers() -> dict[str, tuple[Offer, ...]]:
    """What places have, by kind of place, from the table beside this file."""
    found: dict[str, tuple[Offer, ...]] = {}
    with (Path(__file__).parent / "data" / "offers.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            offer = Offer(
                row["category"],
                row["name"],
                row["owner"],
                float(row["chance"]),
                _span(row["capacity_from"], row["capacity_to"]),
                _span(row["floor_from"], row["floor_to"]),
            )
            found[row["place"]] = (*found.get(row["place"], ()), offer)
    return found


def _span(low: str, high: str) -> tuple[float, float] | None:
    return (float(low), float(high)) if low else None


OFFERS = _offers()
SHOPS = (  # category, names after the invented stem, owner, share
    ("restaurant", ("面馆", "小吃", "饭庄", "食府", "饺子馆", "咖啡"), "market", 0.27),
    ("convenience", ("便利店", "烟杂店"), "market", 0.12),
    ("shop", ("服饰", "五金", "文具", "眼镜", "家电", "水果店", "花店"), "market", 0.26),
    ("repair", ("电器维修", "洗衣", "理发", "家政", "配钥匙"), "market", 0.14),
    ("pharmacy", ("药房", "大药房"), "market", 0.05),
    ("clinic", ("口腔诊所", "中医诊所", "门诊部"), "social", 0.03),
    ("bank", ("银行网点",), "economy", 0.03),
    ("post", ("快递驿站",), "economy", 0.05),
    ("supermarket", ("生鲜超市",), "market", 0.03),
    ("childcare", ("托育园",), "social", 0.006),
)


def in_compounds(compounds: list[Compound], hamlets: list[Compound], seed: int) -> list[Fixture]:
    """What stands inside the walls; every gate has its guard, every house with a lift one lift a stair."""
    found: list[Fixture] = []
    for compound in compounds:
        rng = generator(seed, "inside", str(compound.number))
        where = f"{compound.main_road}{compound.lane}弄{compound.name}"
        found.extend(_inside_walls(compound, where, rng))
        for number, gate in enumerate(compound.gates, 1):
            smart = bool(rng.random() < 0.55)
            found.append(
                Fixture(
                    "guard_post", f"{compound.name}{number}号门", gate, "housing", where, facts={"smart_gate": smart}
                )
            )
            if rng.random() < 0.85:
                found.append(
                    Fixture(
                        "camera", f"{compound.name}{number}号门视频", Point(gate.x + 2, gate.y + 2), "police", where
                    )
                )
        found.extend(_hydrants(compound, where, rng))
        found.extend(_in_houses(compound, where, rng))
    for hamlet in hamlets:
        rng = generator(seed, "inside", str(hamlet.number))
        found.extend(
            _made(o, hamlet.name + o.name, _spot(hamlet, rng), hamlet.name, rng)
            for o in OFFERS["hamlet"]
            if rng.random() < o.chance
        )
    return found


def _inside_walls(compound: Compound, where: str, rng: np.random.Generator) -> list[Fixture]:
    large = compound.wall.area > 45_000
    wanted = [(o, n) for o in OFFERS["compound"] for n in range(1 + int(large and o.category == "bin_room"))]
    return [
        _made(offer, f"{compound.name}{offer.name}{number + 1 if number else ''}", _spot(compound, rng), where, rng)
        for offer, number in wanted
        if rng.random() < offer.chance
    ]


def _spot(compound: Compound, rng: np.random.Generator) -> Point:
    """A place beside a lane, a few metres from it."""
    lanes = [w.line for w in compound.ways if w.line.length > 15]
    if not lanes:
        return compound.houses[0].shape.buffer(2).representative_point() if compound.houses else compound.wall.centroid
    lane = lanes[int(rng.integers(len(lanes)))]
    here = lane.interpolate(rng.uniform(0.15, 0.85), normalized=True)
    spot = Point(here.x + rng.uniform(-3.5, 3.5), here.y - 3.0)
    return spot if compound.wall.contains(spot) else here


def _made(offer: Offer, name: str, point: Point, where: str, rng: np.random.Generator) -> Fixture:
    made = Fixture(offer.category, name, point, offer.owner, where)
    if offer.capacity:
        made.capacity = float(round(rng.uniform(*offer.capacity)))
    if offer.floor:
        made.floor_area = float(round(rng.uniform(*offer.floor)))
    if offer.category == "bin_room":
        made.facts = {"model": bool(rng.random() < 0.08), "sorted": bool(rng.random() < 0.93)}
    elif offer.category == "ebike_charging":
        made.facts = {"sprinkler": bool(rng.random() < 0.7), "smoke_alarm": bool(rng.random() < 0.75)}
    elif rng.random() < 0.01:
        made.state = "out_of_service"
    return made


def _hydrants(compound: Compound, where: str, rng: np.random.Generator) -> list[Fixture]:
    """Inside most walls a hydrant each hectare and a half; some older compounds have none."""
    if rng.random() < (0.3 if compound.style == "old" else 0.1):
        return []
    count = max(1, round(compound.wall.area / 15_000))
    return [
        Fixture("hydrant", f"{compound.name}消火栓{n + 1}", _spot(compound, rng), "safety", where,
                state="in_service" if rng.random() < 0.96 else "out_of_service",
                facts={"pressure_mpa": round(float(rng.normal(0.28, 0.06)), 2)})
        for n in range(count)
    ]  # fmt: skip


def _in_houses(compound: Compound, where: str, rng: np.random.Generator) -> list[Fixture]:
    found = []
    for house in compound.houses:
        if house.use != "residential" or house.floors < 7:
            continue
        door = Point(house.shape.centroid.x, house.shape.bounds[3])
        at, label = f"{where}{house.number}号", f"{compound.name}{house.number}号"
        if house.lift:
            count = 1 if house.floors < 12 else 2
            facts: dict[str, Fact] = {"year": house.year, "floors": house.floors}
            found.append(Fixture("lift", f"{label}电梯", door, "market", at, capacity=float(count), facts=facts))
        if house.floors >= 11:
            found.append(Fixture("fire_pump", f"{label}消防水泵", Point(door.x + 4, door.y), "safety", at))
        if rng.random() < 0.5:
            found.append(Fixture("water_tank", f"{label}水箱", door, "water", at, float(round(rng.uniform(12, 40)))))
    return found


def in_communities(admin: Admin, homes: dict[int, list[Compound]], seed: int) -> list[Fixture]:
    """The committee and what stands with it; each community lacks something."""
    found = []
    for community in admin.communities:
        rng = generator(seed, "community", str(community.number))
        places = homes.get(community.number, [])
        if not places:
            continue
        base = max(places, key=lambda c: sum(h.households for h in c.houses))
        for offer in OFFERS["community"]:
            if rng.random() < offer.chance:
                host = base if rng.random() < 0.6 else places[int(rng.integers(len(places)))]
                where = f"{host.main_road}{host.lane}弄" if host.lane else host.name
                found.append(_made(offer, _title(community, offer), _spot(host, rng), where, rng))
    return found


def _title(community: Group, offer: Offer) -> str:
    if offer.category == "committee":
        return f"{community.name}村民委员会" if community.kind == "village" else f"{community.name[:-3]}居民委员会"
    return f"{community.name}{offer.name}"


def in_shops(houses: list[House], seed: int) -> list[Fixture]:
    """Shops in the rows along the streets, one each seven metres or so, some standing empty."""
    rng = generator(seed, "shops")
    found = []
    weights = [s[3] for s in SHOPS]
    for house in houses:
        if house.use != "commercial" or not house.road or house.lift:
            continue
        units = max(1, round(house.shape.length / 2 / 13))
        for unit in range(units):
            if rng.random() < 0.1:
                continue
            category, kinds, owner, _ = pick(rng, SHOPS, weights)
            name = pick(rng, FIRST) + pick(rng, SECOND) + pick(rng, kinds)
            made = Fixture(
                category, name, _inside(house.shape, (unit + 0.5) / units), owner, f"{house.road}{house.number}号"
            )
            if category == "childcare":
                made.capacity = float(rng.integers(24, 70))
            elif category == "restaurant":
                made.capacity = float(rng.integers(12, 90))
            found.append(made)
    return found


def _inside(shape: BaseGeometry, share: float) -> Point:
    corners = np.array(shape.exterior.coords)
    a, b = (corners[0] + corners[3]) / 2, (corners[1] + corners[2]) / 2
    point = Point(*(a + (b - a) * share))
    return point if shape.contains(point) else shape.representative_point()


def at_sites(sites: list[Site], seed: int) -> list[Fixture]:
    """What schools, parks, malls and works are, as facilities with gates and outline."""
    found = []
    for site in sites:
        rng = generator(seed, "siteoffers", str(site.parcel.number))
        for number, offer in enumerate(OFFERS.get(site.parcel.use, ())):
            if rng.random() >= offer.chance:
                continue
            where = f"{site.road}{site.number}号"
            middle = site.parcel.shape.representative_point()
            point = middle if number == 0 else Point(middle.x + 9 * number, middle.y - 6)
            made = _made(offer, site.name + offer.name, point, where, rng)
            if number == 0:
                made.outline = site.parcel.shape
                made.entrances = MultiPoint(site.gates) if site.gates else None
            if offer.category in {"park", "pocket_park"}:
                made.capacity = float(round(site.parcel.shape.area))
            found.append(made)
    return found


def in_grids(ground: Ground, admin: Admin, homes: Callable[[Group], list[Compound]], seed: int) -> list[Fixture]:
    """A grid office for each grid, telecom masts and spots that flood over the whole town."""
    rng = generator(seed, "grids")
    found = []
    for grid in admin.grids:
        places = homes(grid)
        point = _spot(places[0], rng) if places else ground.blocks[grid.blocks[0]].polygon.representative_point()
        where = f"{places[0].main_road}{places[0].lane}弄" if places else ""
        found.append(Fixture("grid_office", f"{grid.name}工作站", point, "operations", where))
    for block in ground.blocks:
        if rng.random() < 0.5:
            spot = block.polygon.representative_point()
            found.append(Fixture("telecom_base", f"通信基站{block.number + 1}", Point(spot.x + 20, spot.y), "economy"))
        if rng.random() < 0.16:
            corner = Point(block.polygon.exterior.coords[0])
            found.append(
                Fixture(
                    "flood_point",
                    f"积水点{block.number + 1}",
                    corner,
                    "water",
                    facts={"depth_cm": int(rng.integers(10, 45))},
                )
            )
    return found
