"""Texts to places: the gazetteer of a town in memory, resolving and suggesting."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from chengyun.places.address import Finding, Gazetteer, Row, Suggestion, resolve, suggest
from chengyun.places.address.writing import address_text
from chengyun.places.memory import keep
from chengyun.places.models import Area, Building, Facility, Name
from chengyun.places.queries.points import Spot, resolve_point
from chengyun.places.queries.visible import shown
from chengyun.places.shapes import COMPOUND

_WEIGHTS = {"area": 100, "compound": 60, "road": 50, "lane": 30, "facility": 20, "shop": 15, "landmark": 40}
_MIDDLE = ("minx", "miny", "maxx", "maxy")


@dataclass(frozen=True)
class Located:
    """A place that a text may mean, with the areas there."""

    finding: Finding
    spot: Spot


def locate_address(town: int, text: str, limit: int = 5) -> list[Located]:
    """Places that `text` may mean in a town, surest first; see `Finding` for confidence and reasons."""
    found = resolve(_gazetteers.of(town), text, limit)
    return [Located(finding, resolve_point(town, finding.lng, finding.lat)) for finding in found]


def suggest_addresses(town: int, typed: str, limit: int = 10) -> list[Suggestion]:
    """Names and addresses that begin with, hold, or resemble what was typed. From memory."""
    return suggest(_gazetteers.of(town), typed, limit)


def _load(town: int) -> Gazetteer:
    compounds = _names_of_areas(town)
    buildings = list(_building_rows(town, compounds))
    return Gazetteer(
        [*_named(town), *_area_rows(town), *_lanes(buildings), *buildings, *_facility_rows(town)],
    )


def _named(town: int) -> Iterator[Row]:
    for name in shown(Name.objects.filter(town_id=town)).iterator():
        refers = (name.refers_layer, name.refers_id) if name.refers_id is not None else None
        yield Row(
            name.text, name.kind, name.lng, name.lat, road=name.road, number=name.number, refers=refers,
            weight=_WEIGHTS.get(name.kind, 10), spread=name.spread,
        )  # fmt: skip


def _names_of_areas(town: int) -> dict[int, str]:
    rows = shown(Area.objects.as_system("names of a town's compounds").filter(town_id=town, level__role=COMPOUND))
    return dict(rows.values_list("id", "name"))


def _area_rows(town: int) -> Iterator[Row]:
    rows = shown(Area.objects.as_system("names of a town's areas").filter(town_id=town)).exclude(minx=None)
    for row in rows.values("id", "name", "level__role", *_MIDDLE):
        kind = "compound" if row["level__role"] == COMPOUND else "area"
        lng, lat = _middle(row)
        yield Row(row["name"], kind, lng, lat, refers=("areas", row["id"]), weight=_WEIGHTS[kind], spread=_reach(row))


def _building_rows(town: int, compounds: dict[int, str]) -> Iterator[Row]:
    rows = shown(Building.objects.as_system("addresses of a town").filter(town_id=town)).exclude(minx=None)
    fields = ("id", "name", "road", "lane", "number", "building", "compound_id", *_MIDDLE)
    for row in rows.exclude(road="", name="", building="", number="").values(*fields).iterator(2000):
        lng, lat = _middle(row)
        parts = {part: row[part] for part in ("road", "lane", "number", "building")}
        compound = compounds.get(row["compound_id"], "")
        text = address_text(**parts) if row["road"] else compound + address_text(**parts)
        refers = ("buildings", row["id"])
        if text:
            yield Row(text, "building", lng, lat, **parts, compound=compound, refers=refers, weight=10)
        if row["name"]:
            yield Row(row["name"], "building", lng, lat, refers=refers, weight=20)


def _lanes(buildings: Iterable[Row]) -> Iterator[Row]:
    """One row for each lane, in the middle of its buildings."""
    lanes: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in buildings:
        if row.road and row.lane:
            lanes[(row.road, row.lane)].append(row)
    for (road, lane), rows in lanes.items():
        lng, lat = sum(r.lng for r in rows) / len(rows), sum(r.lat for r in rows) / len(rows)
        text = address_text(road, lane)
        yield Row(text, "lane", lng, lat, road, lane, weight=_WEIGHTS["lane"], spread=100.0)


def _facility_rows(town: int) -> Iterator[Row]:
    rows = shown(Facility.objects.as_system("names of a town's facilities").filter(town_id=town))
    named = rows.exclude(name="").exclude(state="removed").exclude(minx=None)
    for row in named.values("id", "name", "category__group", *_MIDDLE).iterator(2000):
        kind = "shop" if row["category__group"] == "shop" else "facility"
        lng, lat = _middle(row)
        yield Row(row["name"], kind, lng, lat, refers=("facilities", row["id"]), weight=_WEIGHTS[kind])


def _middle(row: dict[str, Any]) -> tuple[float, float]:
    return (row["minx"] + row["maxx"]) / 2, (row["miny"] + row["maxy"]) / 2


def _reach(row: dict[str, Any]) -> float:
    """Half the height of a box in metres: how far off its middle a place in it may be."""
    return float((row["maxy"] - row["miny"]) * 111_195 / 2)


_gazetteers = keep(_load)
