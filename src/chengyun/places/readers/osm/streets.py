"""Ways as edges of the street network: split where ways meet, with hierarchy, direction, speed and who may use them.

Ways marked private count as open to foot and car: inside a compound its residents walk and drive there.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

from chengyun.places.readers.osm.rules import StreetRule
from chengyun.places.shapes import StreetShape

_YES = {"yes", "designated", "permissive", "destination", "official"}
_NO = {"no", "use_sidepath"}


@dataclass(frozen=True)
class Way:
    """A highway as read: node numbers and coordinates (n, 2) in order, and its tags."""

    id: int
    refs: NDArray[np.int64]
    coords: NDArray[np.float64]
    tags: Mapping[str, str]


@dataclass(frozen=True)
class _Use:
    car: bool
    bike: bool
    foot: bool


def split_ways(ways: list[Way], rules: Mapping[str, StreetRule]) -> Iterator[StreetShape]:
    """Edges between the nodes where ways meet or end."""
    if not ways:
        return
    refs, counts = np.unique(np.concatenate([way.refs for way in ways]), return_counts=True)
    shared = refs[counts > 1]
    for way in ways:
        yield from _edges(way, shared, rules)


def _edges(way: Way, shared: NDArray[np.int64], rules: Mapping[str, StreetRule]) -> Iterator[StreetShape]:
    highway = way.tags["highway"]
    link = highway.endswith("_link")
    rule = rules[highway.removesuffix("_link")]
    place = np.searchsorted(shared, way.refs)
    meets = shared[np.minimum(place, len(shared) - 1)] == way.refs if len(shared) else np.zeros(len(way.refs), bool)
    meets[0] = meets[-1] = True
    cuts = np.flatnonzero(meets)
    use, oneway, speed = _use(way.tags, rule), _oneway(way.tags, rule), _speed(way.tags, rule)
    for index, (start, end) in enumerate(pairwise(cuts.tolist())):
        yield StreetShape(
            key=f"w{way.id}:{index}",
            start=int(way.refs[start]),
            end=int(way.refs[end]),
            line=shapely.linestrings(way.coords[start : end + 1]),
            kind=rule.kind,
            name=way.tags.get("name", "")[:120],
            link=link,
            oneway=oneway,
            speed=speed,
            foot=use.foot,
            car=use.car,
            bike=use.bike,
            bridge=way.tags.get("bridge", "no") != "no",
            tunnel=way.tags.get("tunnel", "no") not in {"no", "building_passage"},
            layer=_integer(way.tags.get("layer")) or 0,
            lanes=_integer(way.tags.get("lanes")),
        )


def _use(tags: Mapping[str, str], rule: StreetRule) -> _Use:
    closed = tags.get("access") in _NO
    motor = tags.get("motorcar") or tags.get("motor_vehicle") or tags.get("vehicle")
    return _Use(
        car=_allowed(motor, rule.car and not closed),
        bike=_allowed(tags.get("bicycle"), rule.bike and not closed),
        foot=_allowed(tags.get("foot"), rule.foot and not closed and tags.get("motorroad") != "yes"),
    )


def _allowed(value: str | None, otherwise: bool) -> bool:
    if value in _YES:
        return True
    return False if value in _NO else otherwise


def _oneway(tags: Mapping[str, str], rule: StreetRule) -> int:
    value = tags.get("oneway")
    if value in {"yes", "1", "true"}:
        return 1
    if value in {"-1", "reverse"}:
        return -1
    ring = tags.get("junction") in {"roundabout", "circular"}
    return 1 if value is None and (ring or rule.kind == "motorway") else 0


def _speed(tags: Mapping[str, str], rule: StreetRule) -> float:
    found = re.match(r"(\d+(?:\.\d+)?)\s*(mph)?", tags.get("maxspeed", ""))
    if not found:
        return rule.speed
    return round(float(found.group(1)) * (1.609344 if found.group(2) else 1.0), 1) or rule.speed


def _integer(text: str | None) -> int | None:
    found = re.match(r"-?\d+", text or "")
    return int(found.group()) if found else None
