"""Reach on street networks: nearest, counts, costs, what-if, storing, towns; beside scipy and, where it is, pandana.

The network is a disturbed grid of streets with a third of them missing. pandana is AGPL and never a dependency: name
the Python of an environment that has it in BENCH_PANDANA. Times are medians of five on the clock; the floor relaxes
every edge in an order of settling that is already known, without a queue, on one thread. Run it on an idle machine.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from bench._streets import NEVER, costs_per_town, facilities, floor, grid
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from chengyun.places.reach import Network
from chengyun.places.reach.osm import read_streets

LIMIT, WALK, LARGE = 1200.0, 1080.0, 100_000


def main() -> int:
    """Print every figure beside its bar; 1 if one does not hold."""
    print(f"load {os.getloadavg()[0]:.1f}")
    held = [*small(), *large(), *real(), *city()]
    return 0 if all(held) else 1


def small() -> list[bool]:
    """Bar 1: 100,000 nodes."""
    x, y, edges, ticks = grid(322)
    nodes, category = facilities(len(x))
    origins = np.random.default_rng(5).choice(len(x), 40_000, replace=False)
    net = Network.from_edges(x, y, edges, ticks / 10)
    plain = csr_matrix((ticks.astype(float), (edges[:, 0], edges[:, 1])), shape=(len(x), len(x)))
    print(f"{len(x):,} nodes, {len(edges):,} edges, {net.core.junctions:,} junctions; {len(nodes):,} facilities")
    near = median(lambda: net.nearest(nodes, category, LIMIT))
    slow, expected = scipy_nearest(plain, nodes, category, LIMIT * 10)
    count = median(lambda: net.counts(nodes, category, LIMIT))
    slow_count, counted = scipy_counts(plain, nodes, category)
    costs = median(lambda: net.costs(nodes, origins, WALK))
    low = median(floor((x, y, edges, ticks), nodes, category, int(LIMIT * 10)))
    same = np.array_equal(net.nearest(nodes, category, LIMIT), expected)
    same_counts = np.array_equal(net.counts(nodes, category, LIMIT), counted)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    pandana((x, y, edges, ticks), nodes, category, near, count)
    return [
        told("nearest of 20 categories within 1,200 m, all nodes", near, 1.4 * low, "ms"),
        told("  the floor", low, None, "ms"),
        told("  scipy, and how many times as long", slow / near, 3, "x", least=True),
        told("counts within 1,200 m, all nodes; scipy as many times as long", slow_count / count, 15, "x", least=True),
        told("  counts", count, None, "ms"),
        told("costs 2,000 x 40,000 within 15 minutes", costs, 30, "ms"),
        told("cells unlike those of an integer search", float(not (same and same_counts)), 0, ""),
        told("memory of this process at its peak, scipy's results included", memory, None, "MiB"),
        told("memory of a process that asks all three", alone(), 250, "MiB"),
        *what_if(net, nodes, LIMIT),
    ]


def large() -> list[bool]:
    """Bar 2: a million nodes."""
    x, y, edges, ticks = grid(1012)
    nodes, category = facilities(len(x))
    begun = time.perf_counter()
    net = Network.from_edges(x, y, edges, ticks / 10)
    built = time.perf_counter() - begun
    near = median(lambda: net.nearest(nodes, category), 3)
    low = median(floor((x, y, edges, ticks), nodes, category, NEVER - 1))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.reach"
        net.save(path)
        load = median(lambda: Network.load(path))
        first = ms(lambda: Network.load(path).nearest(nodes[:1], None, 100.0))
        size = path.stat().st_size / 2**20
    print(f"{len(x):,} nodes, {len(edges):,} edges: built in {built:.1f} s, {size:.0f} MiB on disk")
    return [
        told("nearest of 20 categories, unlimited, all nodes", near, 1.5 * low, "ms"),
        told("  the floor", low, None, "ms"),
        told("loading a stored network", load, 50, "ms"),
        told("  and a first small question", first, None, "ms"),
    ]


def real() -> list[bool]:
    """Real streets, where they are at hand: raw and contracted."""
    folder = Path(os.environ.get("BENCH_OSM", "../shared/data/osm"))
    paths = [folder] if folder.is_file() else sorted(folder.glob("*.osm.pbf")) if "CI" not in os.environ else []
    if not paths:
        print("no real streets here (BENCH_OSM names an extract, or a folder of them)")
    return [on_streets(path) for path in paths]


def on_streets(path: Path) -> bool:
    """Nearest of 2,000 facilities in 20 categories within 1,200 m, at every raw node of an extract."""
    streets = read_streets(path)
    x, y, edges, cost = streets.x, streets.y, streets.edges, streets.metres
    nodes, category = facilities(len(x))
    begun = time.perf_counter()
    net = Network.from_edges(x, y, edges, cost)
    built = (time.perf_counter() - begun) * 1000
    near = median(lambda: net.nearest(nodes, category, LIMIT))
    ticks = np.rint(cost * 10).astype(np.int32)
    low = median(floor((x, y, edges, ticks), nodes, category, int(LIMIT * 10)))
    print(f"{path.name}: {len(x):,} nodes and {len(edges):,} edges, {net.core.junctions:,} nodes and "
          f"{len(net.core.laid.chains.a):,} edges after contraction, made in {built:.0f} ms")  # fmt: skip
    bar = low if len(x) > LARGE else None
    return told(f"nearest of 20 categories, every raw node; the raw floor {low:.2f} ms", near, bar, "ms")


def what_if(net: Network, nodes: np.ndarray, limit: float) -> list[bool]:
    """Bar 3, as far as the engine goes: a source more, a source less, a street closed."""
    rng, field = np.random.default_rng(3), net.field(nodes[:100], limit)
    field.add(0)
    field.remove(0)
    added, gone = [], []
    for node in rng.choice(len(net.x), 1000):
        added.append(ms(lambda n=int(node): field.add(n)))
        gone.append(ms(lambda n=int(node): field.remove(n)))
    shut = [ms(lambda e=int(e): net.changed([e], np.inf).follow(field)) for e in rng.choice(len(net.edges), 200)]
    return [
        told("a facility added", statistics.median(added), 0.2, "ms"),
        told("a facility removed", statistics.median(gone), 5, "ms"),
        told("a street closed, one field", statistics.median(shut), 5, "ms"),
    ]


def city() -> list[bool]:
    """Bar 6: the cost of a town does not depend on how many there are."""
    few, many = costs_per_town((20, 200), workers=2)
    print(f"20 towns {few:.3f} s each, 200 towns {many:.3f} s each, on two workers that run already")
    return [told("cost per town, 200 of them against 20", abs(many / few - 1) * 100, 20, "%")]


def scipy_nearest(plain: csr_matrix, nodes: np.ndarray, category: np.ndarray, limit: float) -> tuple[float, np.ndarray]:
    """Milliseconds of scipy, and its answer."""
    rows: list[np.ndarray] = []

    def ask() -> None:
        rows[:] = [
            dijkstra(plain, directed=False, indices=nodes[category == n], min_only=True, limit=limit) for n in range(20)
        ]

    took = median(ask, 3)
    return took, (np.array(rows) / 10).astype(np.float32)


def scipy_counts(plain: csr_matrix, nodes: np.ndarray, category: np.ndarray) -> tuple[float, np.ndarray]:
    """Milliseconds of scipy, and its answer."""
    found = np.zeros((20, plain.shape[0]), dtype=np.int32)
    begun = time.perf_counter()
    for start in range(0, len(nodes), 50):
        reach = np.isfinite(dijkstra(plain, directed=False, indices=nodes[start : start + 50], limit=LIMIT * 10))
        for row, kind in zip(reach, category[start : start + 50], strict=True):
            found[kind] += row
    return (time.perf_counter() - begun) * 1000, found


ALONE = """
import numpy as np
from bench._streets import facilities
from chengyun.places.reach import Network
net = Network.load({path!r})
nodes, category = facilities(len(net.x))
net.nearest(nodes, category, 1200.0), net.counts(nodes, category, 1200.0)
net.costs(nodes, np.random.default_rng(5).choice(len(net.x), 40_000, replace=False), 1080.0)
print([int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")][0] / 1024)
"""


def alone() -> float:
    """MiB of a process of its own that loads the network and asks for nearest, counts and costs."""
    x, y, edges, ticks = grid(322)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "small.reach")
        Network.from_edges(x, y, edges, ticks / 10).save(path)
        done = subprocess.run(
            [sys.executable, "-c", ALONE.format(path=path)], capture_output=True, text=True, check=True
        )
    return float(done.stdout)


PANDANA = """
import sys, time, numpy as np, pandas as pd, pandana
d = np.load(sys.argv[1])
x, y, e, c, nodes, category = (d[k] for k in ("x", "y", "edges", "cost", "nodes", "category"))
t = time.perf_counter(); net = pandana.Network(x, y, pd.Series(e[:, 0]), pd.Series(e[:, 1]), pd.DataFrame({"w": c}))
built = time.perf_counter() - t
for k in range(20):
    net.set_pois(str(k), 1200, 1, pd.Series(x[nodes[category == k]]), pd.Series(y[nodes[category == k]]))
t = time.perf_counter()
for k in range(20): net.nearest_pois(1200, str(k), num_pois=1)
near = time.perf_counter() - t
t = time.perf_counter(); net.precompute(1200)
for k in range(20):
    net.set(pd.Series(nodes[category == k]), name=str(k)); net.aggregate(1200, type="count", decay="flat", name=str(k))
print(built * 1000, near * 1000, (time.perf_counter() - t) * 1000)
"""


def pandana(streets, nodes, category, near, count) -> None:  # type: ignore[no-untyped-def]
    """The peer's figures, from an environment of its own."""
    python = os.environ.get("BENCH_PANDANA", "")
    if not python:
        print(
            "pandana not installed (BENCH_PANDANA names a Python that has it); measured 2026-11-22 on two idle cores:"
        )
        print("  nearest 4,086 ms, counts with precompute 2,284 ms, building 8,400 ms")
        return
    with tempfile.TemporaryDirectory() as folder:
        x, y, edges, ticks = streets
        path = f"{folder}/net.npz"
        np.savez(path, x=x, y=y, edges=edges, cost=ticks / 10, nodes=nodes, category=category)
        done = subprocess.run([python, "-c", PANDANA, path], capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"pandana failed: {done.stderr[-300:]}")
        return
    built, theirs, counted = map(float, done.stdout.split()[-3:])
    told(f"nearest against pandana ({theirs:,.0f} ms, building {built:,.0f} ms)", theirs / near, 100, "x", least=True)
    told(f"counts against pandana with precompute ({counted:,.0f} ms)", counted / count, 50, "x", least=True)


def median(work: Callable[[], object], times: int = 5) -> float:
    """Milliseconds on the clock, after one call that is not counted."""
    work()
    return statistics.median(ms(work) for _ in range(times))


def ms(work: Callable[[], object]) -> float:
    """Milliseconds on the clock."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def told(words: str, figure: float, bar: float | None, unit: str, least: bool = False) -> bool:
    """Print a figure beside its bar, if it has one."""
    if bar is None:
        print(f"{words:<66} {figure:>9.2f} {unit}")
        return True
    held = figure >= bar if least else figure <= bar
    print(f"{words:<66} {figure:>9.2f} {unit:<3} bar {bar:.3g} {unit}  {'ok' if held else 'NOT HELD'}")
    return held


if __name__ == "__main__":
    sys.exit(main())
