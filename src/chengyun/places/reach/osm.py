"""A network straight from an OpenStreetMap extract, for notebooks: every node of a street is a node."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import osmium

from chengyun.places.coordinates import Metric
from chengyun.places.reach.network import Network
from chengyun.places.reach.units import Doubles, Ints, Longs

NOT_WALKED = {"motorway", "motorway_link", "trunk", "trunk_link", "construction", "proposed", "raceway", "bus_guideway"}
KMH = {
    "motorway": 100, "motorway_link": 60, "trunk": 80, "trunk_link": 50, "primary": 60, "primary_link": 40,
    "secondary": 50, "secondary_link": 40, "tertiary": 40, "tertiary_link": 30, "unclassified": 40, "residential": 30,
    "living_street": 15, "service": 20, "road": 30,
}  # fmt: skip
SHUT = {"no", "private"}


@dataclass(frozen=True)
class OsmStreets:
    """Nodes in WGS 84 and in metres, and edges with their length; one row each way where `directed`."""

    osm_node: Longs
    lnglat: Doubles
    x: Doubles
    y: Doubles
    edges: Ints
    metres: Doubles
    seconds: Doubles
    directed: bool

    def network(self, timed: bool = False) -> Network:
        """The network in metres, or in seconds at the speed of each street."""
        cost = self.seconds if timed else self.metres
        return Network.from_edges(self.x, self.y, self.edges, cost, self.directed)


def read_streets(path: Path | str, drive: bool = False) -> OsmStreets:
    """The streets of an extract (pbf, osm) for walkers, or for cars with their one-way rules and speeds.

    Raises RuntimeError if the file is none.
    """
    tail: list[int] = []
    head: list[int] = []
    speed: list[float] = []
    places: dict[int, tuple[float, float]] = {}
    for way in osmium.FileProcessor(str(path)).with_locations().with_filter(osmium.filter.KeyFilter("highway")):
        if not isinstance(way, osmium.osm.Way):
            continue
        allowed = _car(way.tags) if drive else _foot(way.tags)
        if allowed is None:
            continue
        refs = [n.ref for n in way.nodes if n.location.valid()]
        places |= {n.ref: (n.lon, n.lat) for n in way.nodes if n.location.valid()}
        for ahead in allowed[1]:
            line = refs if ahead else refs[::-1]
            tail += line[:-1]
            head += line[1:]
            speed += [allowed[0]] * max(len(line) - 1, 0)
    return _numbered(places, np.array([tail, head], dtype=np.int64).reshape(2, -1), np.array(speed), drive)


def _foot(tags: osmium.osm.TagList) -> tuple[float, list[bool]] | None:
    if tags["highway"] in NOT_WALKED or tags.get("foot") in SHUT or tags.get("area") == "yes":
        return None
    return (4.32, [True]) if tags.get("access") not in SHUT or tags.get("foot") else None


def _car(tags: osmium.osm.TagList) -> tuple[float, list[bool]] | None:
    kind = tags["highway"]
    if kind not in KMH or SHUT & {tags.get("access"), tags.get("motor_vehicle"), tags.get("motorcar")}:
        return None
    posted = tags.get("maxspeed") or ""
    oneway = tags.get("oneway") or ("yes" if kind == "motorway" or tags.get("junction") == "roundabout" else "no")
    ways = {"-1": [False], "yes": [True], "true": [True], "1": [True]}.get(oneway, [True, False])
    return float(posted) if posted.isdigit() and int(posted) > 0 else float(KMH[kind]), ways


def _numbered(places: dict[int, tuple[float, float]], ends: Longs, speed: Doubles, directed: bool) -> OsmStreets:
    osm_node = np.array(sorted(places), dtype=np.int64)
    lnglat = np.array([places[n] for n in osm_node.tolist()], dtype=np.float64).reshape(-1, 2)
    xy = Metric(*np.round(lnglat.mean(axis=0), 6).tolist()).xy(lnglat) if len(lnglat) else lnglat
    edges = np.searchsorted(osm_node, ends.T).astype(np.int32)
    metres = np.hypot(*(xy[edges[:, 0]] - xy[edges[:, 1]]).T)
    x, y = np.ascontiguousarray(xy[:, 0]), np.ascontiguousarray(xy[:, 1])
    return OsmStreets(osm_node, lnglat, x, y, edges, metres, metres / (speed / 3.6), directed)
