"""Where things happen and who works: the loaded town as plain lists, read once, handed to the processes that reckon."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import shapely
from django.db.models import F

from chengyun.accounts.models import Department, Grant, Holding, Tenure
from chengyun.accounts.queries.duties import Table
from chengyun.cases.classes import ClassBook
from chengyun.demo.town.plane import generator
from chengyun.places.models import Area, Building, Facility, Ground, Town
from chengyun.places.queries import resolve_many

FACILITY_PLACES = {
    "street": ("street_lamp", "litter_bin"),
    "crossing": ("traffic_light",),
    "shop": ("restaurant", "shop", "convenience", "repair", "pharmacy"),
    "market": ("market", "supermarket"),
    "mall": ("supermarket", "hotel", "office_building"),
    "river": ("river_gauge", "pump_station", "bridge"),
    "park": ("park", "pocket_park"),
    "school": ("kindergarten", "primary_school", "middle_school"),
    "hospital": ("hospital", "health_centre", "health_station"),
    "office": ("service_hall", "committee", "office_building"),
    "metro": ("metro_entrance", "bus_stop"),
}
DESK_ROLES = ("operator", "hotline_clerk", "duty_officer", "centre_head", "leader", "supervisor")
AT_DEPARTMENT = {"liaison": ("liaison", "posted_force"), "handler": ("handler", "posted_force")}


@dataclass(frozen=True, slots=True)
class Spot:
    """A place where something can be reported: where it is, how people call it, which areas it lies in."""

    lng: float
    lat: float
    address: str
    name: str
    facility: int | None
    grid: int | None
    cell: int | None
    community: int | None
    compound: int | None
    h3: int | None


@dataclass(frozen=True)
class Crew:
    """Who may act, by uuid: at the desk by role, in departments by department, in the field by grid."""

    desk: dict[str, list[str]]
    liaisons: dict[int, list[str]]
    suspenders: dict[int, list[str]]  # posted forces and neighbourhoods may not: the duty officer does it for them
    handlers: dict[int, list[str]]
    workers: dict[int, list[str]]
    departments: dict[str, int]
    committees: dict[int, int]  # community → its committee, a department


@dataclass(frozen=True)
class Scene:
    """A town as its history needs it. `spots` by kind of place; `weights` of each spot: some places are sore."""

    town: int
    code: str
    spots: dict[str, list[Spot]]
    weights: dict[str, list[float]]
    crew: Crew
    routing: dict[str, tuple[str, int, dict[str, Any]]]  # class → department's code, id, and why

    @cached_property
    def routing_codes(self) -> frozenset[str]:
        """Codes of the departments that answer for some class."""
        return frozenset(code for code, _, _ in self.routing.values())

    def pick(self, kind: str, luck: random.Random) -> Spot:
        """A spot of a kind, sore ones more often; a street where the kind has none."""
        kind = kind if self.spots.get(kind) else "street"
        return luck.choices(self.spots[kind], cum_weights=self.weights[kind])[0]


def read_scene(town: Town, book: ClassBook, seed: int) -> Scene:
    """Read the loaded and staffed town. About twenty queries."""
    spots = {kind: _facilities(town, categories) for kind, categories in FACILITY_PLACES.items()}
    spots |= _buildings(town)
    spots["site"] = _sites(town)
    for kind in book.classes.values():
        if kind.facilities:
            spots[f"facility:{kind.code}"] = _facilities(town, kind.facilities)
    weights = {}
    for kind_name, listed in spots.items():
        rng = generator(seed, "sore", kind_name)
        weights[kind_name] = rng.lognormal(0, 1.1, len(listed)).cumsum().tolist()
    return Scene(town.id, town.code, spots, weights, _crew(town), _routing(town, book))


def _routing(town: Town, book: ClassBook) -> dict[str, tuple[str, int, dict[str, Any]]]:
    """Who answers for each class by the responsibility table, and the reason as it is stored with a case."""
    table = Table(town.id)
    answers = {code: table.find(code, [], {}) for code in book.classes}
    return {
        code: (answer.department.code, answer.department.id, {"by": "responsibility"} | answer.reason.parts())
        for code, answer in answers.items()
        if answer is not None
    }


def _facilities(town: Town, categories: Sequence[str]) -> list[Spot]:
    rows = Facility.objects.as_system("where history happens").filter(
        town=town, category__code__in=categories, state="in_service"
    )
    listed = rows.order_by("id").values_list(
        "minx", "miny", "address", "name", "id", "grid_id", "cell_id", "community_id", "compound_id", "h3"
    )
    return [Spot(lng, lat, address or f"{name}附近", name, *areas) for lng, lat, address, name, *areas in listed]


def _buildings(town: Town) -> dict[str, list[Spot]]:
    compounds = dict(
        Area.objects.as_system("names of compounds").filter(town=town, level__role="compound").values_list("id", "name")
    )
    rows = Building.objects.as_system("where history happens").filter(town=town).order_by("id")
    listed = rows.values_list(
        (F("minx") + F("maxx")) / 2, (F("miny") + F("maxy")) / 2, "road", "lane", "number", "name", "use", "floors",
        "grid_id", "cell_id", "community_id", "compound_id", "h3",
    )  # fmt: skip
    found: dict[str, list[Spot]] = {"compound": [], "tower": [], "village": [], "works": []}
    for lng, lat, road, lane, number, name, use, floors, grid, cell, community, compound, h3 in listed:
        home = compounds.get(compound, "")
        door = f"{number}号" if number else ""
        address = f"{road}{lane}弄{home}{door}" if lane else f"{home}{door}" if home else f"{road}{door}{name}"
        spot = Spot(lng, lat, address, home or name, None, grid, cell, community, compound, h3)
        if use == "residential" and number:
            found["compound" if lane else "village"].append(spot)
            if (floors or 0) >= 11:
                found["tower"].append(spot)
        elif use == "industrial":
            found["works"].append(spot)
    return found


def _sites(town: Town) -> list[Spot]:
    """Building sites; streets about them are where their noise and dust are reported."""
    rows = list(Ground.objects.filter(town=town, sub="construction"))
    points = [row.geometry.representative_point() for row in rows]
    areas = resolve_many(town.id, shapely.points([(p.x, p.y) for p in points])) if points else []
    return [
        Spot(p.x, p.y, row.name, row.name, None, a.grid, a.cell, a.community, a.compound, row.h3)
        for row, p, a in zip(rows, points, areas, strict=True)
    ]


def _crew(town: Town) -> Crew:
    holders = _holders(town)
    departments = Department.objects.as_system("who handles").filter(town=town)
    return Crew(
        desk={role: holders.get(role, {}).get(None, []) for role in DESK_ROLES},
        liaisons=_merged(holders, (*AT_DEPARTMENT["liaison"], "contractor", "neighbourhood")),
        suspenders=_merged(holders, ("liaison",)),
        handlers=_merged(holders, (*AT_DEPARTMENT["handler"], "contractor", "neighbourhood")),
        workers=_workers(town),
        departments=dict(departments.values_list("code", "id")),
        committees=dict(departments.exclude(area=None).values_list("area_id", "id")),
    )


def _holders(town: Town) -> dict[str, dict[int | None, list[str]]]:
    """Who holds the posts of each role, by department; desk roles are listed under None too."""
    people = dict(
        Tenure.objects.as_system("who holds what")
        .filter(post__town=town, ends_at=None)
        .values_list("post_id", "person__uuid")
    )
    grants = Grant.objects.as_system("roles of the posts").filter(post__town=town).order_by("id")
    found: dict[str, dict[int | None, list[str]]] = {}
    for role, post, department in grants.values_list("role__code", "post_id", "post__department_id"):
        if post in people:
            by_department = found.setdefault(role, {})
            by_department.setdefault(department, []).append(str(people[post]))
            by_department.setdefault(None, []).append(str(people[post]))
    return found


def _merged(holders: dict[str, dict[int | None, list[str]]], roles: Iterable[str]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for role in roles:
        for department, people in holders.get(role, {}).items():
            if department is not None:
                found.setdefault(department, []).extend(people)
    return found


def _workers(town: Town) -> dict[int, list[str]]:
    """The grid workers of each grid."""
    rows = Holding.objects.as_system("who patrols where").filter(town=town, area__level__role="grid", duty="worker")
    posts: dict[int, list[int]] = {}
    for area, post in rows.order_by("id").values_list("area_id", "post_id"):
        posts.setdefault(area, []).append(post)
    people = dict(
        Tenure.objects.as_system("who patrols")
        .filter(post__town=town, ends_at=None)
        .values_list("post_id", "person__uuid")
    )
    return {area: [str(people[p]) for p in held if p in people] for area, held in posts.items()}
