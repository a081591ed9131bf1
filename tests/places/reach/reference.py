"""The slow, obviously right answers: every place is a node of a plain graph, searched with a heap in integers."""

import heapq
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from hypothesis import strategies as st

from chengyun.places.reach import Network, Positions

NEVER = 10**15


@dataclass(frozen=True)
class Case:
    """A random network with its table kept, costs in tenths (None: closed)."""

    nodes: int
    edges: list[tuple[int, int]]
    ticks: list[int | None]
    directed: bool

    def network(self) -> Network:
        """The network under test. Where nodes lie does not matter to costs; spread them so that orders differ."""
        rng = np.random.default_rng(self.nodes * 1000 + len(self.edges))
        cost = [np.inf if t is None else t / 10 for t in self.ticks]
        x, y = rng.uniform(0, 100, self.nodes), rng.uniform(0, 100, self.nodes)
        return Network.from_edges(x, y, np.array(self.edges, dtype=np.int64).reshape(-1, 2), cost, self.directed)

    def arcs(self, positions: Positions | None = None) -> dict[int, list[tuple[int, int]]]:
        """Arcs of the plain graph. Position k is node `nodes + k`; on an edge of c ticks it lies rint(fraction * c)
        from the edge's first node, and next to whatever else lies there. An edge and its return share positions."""
        found: dict[int, list[tuple[int, int]]] = {}
        on: dict[int, list[int]] = {}
        for k in range(len(positions) if positions else 0):
            on.setdefault(int(positions.edge[k]), []).append(k)
        number = {edge: e for e, edge in enumerate(self.edges)} if self.directed else {}
        for e, ((a, b), ticks) in enumerate(zip(self.edges, self.ticks, strict=True)):
            back = number.get((b, a), e) if a != b else e
            whole = self._at(ticks, 1.0)
            stops = [(0.0, 0, a), (1.0, whole, b)]
            for k in on.get(e, []):
                share = float(positions.fraction[k]) if positions else 0.0
                stops.append((share, self._at(ticks, share), self.nodes + k))
            for k in on.get(back, []) if back != e else []:
                share = float(positions.fraction[k]) if positions else 0.0
                stops.append((1 - share, whole - self._at(ticks, share), self.nodes + k))
            for f, here, one in stops:
                for g, there, two in stops:
                    if one != two and (f <= g or not self.directed):
                        self._arc(found, (one, two), abs(there - here))
        return found

    @staticmethod
    def _at(ticks: int | None, fraction: float) -> int:
        """Ticks from the start of an edge; every thousandth of a closed one is out of reach of the next."""
        return int(np.rint(fraction * 1024)) * NEVER if ticks is None else int(np.rint(fraction * ticks))

    @staticmethod
    def _arc(found: dict[int, list[tuple[int, int]]], ends: tuple[int, int], ticks: int) -> None:
        if ticks < NEVER:
            found.setdefault(ends[0], []).append((ends[1], ticks))

    def from_seed(self, source: int, positions: Positions | None = None) -> list[int]:
        """Ticks from one node or position to all of them, without ways off the edges."""
        count = self.nodes + (len(positions) if positions else 0)
        arcs, cost = self.arcs(positions), [NEVER] * count
        cost[source] = 0
        queue = [(0, source)]
        while queue:
            here, at = heapq.heappop(queue)
            if here > cost[at]:
                continue
            for other, ticks in arcs.get(at, []):
                if here + ticks < cost[other]:
                    cost[other] = here + ticks
                    heapq.heappush(queue, (here + ticks, other))
        return cost

    def between(self, positions: Positions | None = None) -> np.ndarray:
        """All pairs."""
        count = self.nodes + (len(positions) if positions else 0)
        return np.array([self.from_seed(n, positions) for n in range(count)], dtype=np.int64).reshape(count, count)

    def turned(self) -> "Case":
        """All edges the other way round."""
        return Case(self.nodes, [(b, a) for a, b in self.edges], self.ticks, self.directed)


def as_costs(ticks: np.ndarray, limit: int | None) -> np.ndarray:
    """What the engine should answer: float32 units, infinity beyond the limit."""
    most = 10**9 if limit is None else limit
    return np.where(ticks <= most, ticks / 10, np.inf).astype(np.float32)


@st.composite
def cases(draw: st.DrawFn, directed: bool | None = None) -> Case:
    """Networks with chains, rings, loops, double edges, closed and free edges, isolated nodes and several parts."""
    nodes = draw(st.integers(1, 14))
    one_way = draw(st.booleans()) if directed is None else directed
    node = st.integers(0, nodes - 1)
    edges = draw(st.lists(st.tuples(node, node), max_size=20))
    for _ in range(draw(st.integers(0, 3))):
        chain = draw(st.lists(node, min_size=2, max_size=7, unique=True)) if nodes > 1 else []
        edges += list(pairwise(chain))
    if one_way:
        edges += [(b, a) for a, b in draw(st.lists(st.sampled_from(edges), max_size=12))] if edges else []
    if one_way:
        edges = list(dict.fromkeys(edges)) if draw(st.booleans()) else edges
    tick = st.one_of(st.integers(0, 60), st.integers(0, 5), st.none() if draw(st.booleans()) else st.just(7))
    ticks = draw(st.lists(tick, min_size=len(edges), max_size=len(edges)))
    return Case(nodes, edges, ticks, one_way)


@st.composite
def positions(draw: st.DrawFn, case: Case, most: int = 5) -> Positions:
    """Places on edges, off them by whole tenths."""
    count = draw(st.integers(0, most)) if case.edges else 0
    edge = draw(st.lists(st.integers(0, max(len(case.edges) - 1, 0)), min_size=count, max_size=count))
    # No two of them meet on a street whose two directions are rounded apart.
    fractions = [0.0, 0.25, 0.375, 0.875, 1.0] if case.directed else [0.0, 0.25, 0.5, 0.7, 1.0]
    share = draw(st.lists(st.sampled_from(fractions), min_size=count, max_size=count))
    off = draw(st.lists(st.integers(0, 30), min_size=count, max_size=count))
    return Positions(np.array(edge, dtype=np.int32), np.array(share), np.array(off, dtype=float) / 10)


def limits() -> st.SearchStrategy[int | None]:
    """Limits in ticks, often one that some cost meets exactly."""
    return st.one_of(st.none(), st.integers(0, 120))


def units(limit: int | None) -> float | None:
    """The same limit as a caller gives it."""
    return None if limit is None else limit / 10
