"""Real streets, where they are at hand: the same answers as scipy in every cell; and the examples of the guide."""

from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from chengyun.places.coordinates import Metric
from chengyun.places.reach import Network
from chengyun.places.reach.osm import OsmStreets, read_streets

GUIDE = Path(__file__).parents[3] / "docs" / "integrate" / "reach.md"


def agrees_with_scipy(streets: OsmStreets, sources: int) -> Network:
    """Nearest within 1,200 m and counts, against scipy over the same tenths."""
    ticks = np.rint(streets.metres * 10)
    net, count = streets.network(), len(streets.x)
    best: dict[tuple[int, int], float] = {}
    for (a, b), cost in zip(streets.edges.tolist(), ticks.tolist(), strict=True):
        if a != b:
            for pair in [(a, b)] if streets.directed else [(a, b), (b, a)]:
                best[pair] = min(cost, best.get(pair, cost))
    rows, columns = np.array(list(best)).T
    # scipy reads a cost of nothing as no edge
    plain = csr_matrix((np.maximum(np.array(list(best.values())), 1e-6), (rows, columns)), shape=(count, count))
    nodes = np.random.default_rng(1).choice(count, sources, replace=False)
    ways = dijkstra(plain, indices=nodes, limit=12_000.5)
    ways = np.where(ways < 12_000.4, np.rint(ways), np.inf)
    expected = np.array([ways[k::4].min(axis=0) for k in range(4)])
    np.testing.assert_array_equal(net.nearest(nodes, np.arange(sources) % 4, 1200), (expected / 10).astype(np.float32))
    counted = np.array([np.isfinite(ways[k::4]).sum(axis=0) for k in range(4)])
    np.testing.assert_array_equal(net.counts(nodes, np.arange(sources) % 4, 1200), counted)
    return net


def test_the_centre_of_helsinki_on_foot(shared_data: Path) -> None:
    net = agrees_with_scipy(read_streets(shared_data / "osm" / "helsinki-centre.osm.pbf"), 60)
    assert net.core.junctions < 0.6 * len(net.x)


def test_liechtenstein_by_car(shared_data: Path) -> None:
    streets = read_streets(shared_data / "osm" / "liechtenstein.osm.pbf", drive=True)
    agrees_with_scipy(streets, 40)
    net = streets.network(timed=True)
    main = np.all(net.components()[net.edges] == 0, axis=1)
    assert main.mean() > 0.8
    towns = [streets_near(streets, *place) for place in ((9.521, 47.141), (9.5095, 47.1655))]
    vaduz, schaan = (net.snap([[streets.x[n], streets.y[n]]], edges=main) for n in towns)
    drive = net.path(vaduz, schaan)
    assert drive is not None
    assert 2 * 60 < drive.cost < 12 * 60


def streets_near(streets: OsmStreets, lng: float, lat: float) -> int:
    return int(np.argmin(np.hypot(*(streets.lnglat - [lng, lat]).T)))


@pytest.mark.parametrize("directed", [True, False])
def test_an_edge_table_of_futian(shared_data: Path, directed: bool) -> None:
    net = agrees_with_scipy(graphml(shared_data / "osm" / "shenzhen-futian.graphml", directed), 50)
    edges = net.edges.tolist()
    assert len({tuple(edge) for edge in edges}) < len(edges), "no parallel edges to be told apart"
    assert net.components().max() == 0, "the table was made of streets that lead everywhere and back"


def graphml(path: Path, directed: bool) -> OsmStreets:
    """Nodes and edges of a GraphML file, as they stand there: one row each way."""
    space = "{http://graphml.graphdrawing.org/xmlns}"
    root = ET.parse(path).getroot()
    keys = {key.get("attr.name"): key.get("id") for key in root.iter(f"{space}key") if key.get("for") != "graph"}
    nodes = {node.get("id"): node for node in root.iter(f"{space}node")}
    number = {name: n for n, name in enumerate(nodes)}
    kept = list(root.iter(f"{space}edge"))

    def value(item: ET.Element, name: str) -> float:
        found = item.find(f"{space}data[@key='{keys[name]}']")
        assert found is not None
        return float(found.text or "nan")

    lnglat = np.array([(value(node, "x"), value(node, "y")) for node in nodes.values()])
    xy = Metric(*lnglat.mean(axis=0)).xy(lnglat)
    edges = np.array([(number[e.get("source")], number[e.get("target")]) for e in kept], dtype=np.int32)
    metres = np.array([value(edge, "length") for edge in kept])
    names = np.array([int(name or 0) for name in nodes], dtype=np.int64)
    return OsmStreets(names, lnglat, xy[:, 0], xy[:, 1], edges, metres, metres / 1.2, directed)


def test_the_examples_of_the_guide_run() -> None:
    space: dict[str, object] = {}
    for block in GUIDE.read_text(encoding="utf-8").split("```python\n")[1:]:
        exec(block.partition("```")[0], space)
    net = space["net"]
    assert isinstance(net, Network)
    assert net.nearest([3], [0], limit=250).tolist() == [[np.inf, 200, 100, 0]]
    assert net.counts([0, 3], [0, 0], limit=100).tolist() == [[1, 1, 1, 1]]


def test_one_task_for_each_town() -> None:
    city = pytest.importorskip("chengyun.places.reach.city", reason="the extra `cluster` is not installed")
    assert city.over_towns(abs, [-1, -2, -3], workers=1) == {-1: 1, -2: 2, -3: 3}
