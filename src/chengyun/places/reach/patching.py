"""A network with some of its edges at another cost, open or closed: only their chains are summed anew."""

from typing import NamedTuple

import numpy as np

from chengyun.places.reach.chains import Chains, Laid, sums_along
from chengyun.places.reach.core import Core
from chengyun.places.reach.graph import Graph, Side, turned
from chengyun.places.reach.streets import Streets
from chengyun.places.reach.units import UNREACHED, Ints


class Patched(NamedTuple):
    """The changed network, and which of its chains have other costs."""

    core: Core
    chains: Ints


def patched(core: Core, edges: Ints, ticks: Ints) -> Patched:
    """The network whose `edges` cost `ticks` (UNREACHED: closed). Everything that did not change is shared."""
    streets = _recosted(core.streets, edges, ticks)
    chains = np.unique(core.laid.street_chain[streets.of_edge[edges]])
    one_way = streets.back is streets.ahead
    laid = _relaid(streets, core.laid, chains, alike=one_way)
    return Patched(core.with_parts(streets, laid, _rejoined(core.graph, laid.chains, chains)), chains)


def _recosted(streets: Streets, edges: Ints, ticks: Ints) -> Streets:
    street = streets.of_edge[edges]
    ahead = streets.ahead.copy()
    if streets.back is streets.ahead:
        ahead[street] = ticks
        return streets._replace(ahead=ahead, back=ahead)
    back, against = streets.back.copy(), streets.flipped[edges]
    ahead[street[~against]] = ticks[~against]
    back[street[against]] = ticks[against]
    return streets._replace(ahead=ahead, back=back)


def _relaid(streets: Streets, laid: Laid, numbers: Ints, alike: bool) -> Laid:
    """Sums along the given chains."""
    old = laid.chains
    starts, lengths = old.first[numbers] + numbers, old.first[numbers + 1] - old.first[numbers] + 1
    cuts = np.concatenate([[0], np.cumsum(lengths)])
    which = np.repeat(starts - cuts[:-1], lengths) + np.arange(cuts[-1])
    sequence = laid.sequence[which]
    against = laid.street_against[sequence]
    ahead = np.where(against, streets.back[sequence], streets.ahead[sequence])
    inner = np.ones(len(sequence), dtype=bool)
    inner[cuts[1:] - 1] = False
    place = (which - np.repeat(numbers, lengths))[inner]
    p, street_p, whole_p = old.p.copy(), laid.street_p.copy(), old.whole_p.copy()
    sums, street_p[sequence], whole_p[numbers] = sums_along(ahead, cuts)
    p[place] = sums[inner]
    if alike and old.q is old.p:
        whole_q = whole_p if old.whole_q is old.whole_p else whole_p.copy()
        chains = old._replace(p=p, q=p, whole_p=whole_p, whole_q=whole_q)
        return laid._replace(chains=chains, street_p=street_p, street_q=street_p)
    back = np.where(against, streets.ahead[sequence], streets.back[sequence])
    q, street_q, whole_q = old.q.copy(), laid.street_q.copy(), old.whole_q.copy()
    sums, street_q[sequence], whole_q[numbers] = sums_along(back, cuts)
    q[place] = sums[inner]
    chains = old._replace(p=p, q=q, whole_p=whole_p, whole_q=whole_q)
    return laid._replace(chains=chains, street_p=street_p, street_q=street_q)


def _rejoined(graph: Graph, chains: Chains, numbers: Ints) -> Graph:
    """Both sides of the junction graph with the costs of the given chains."""
    forward = _side(graph, graph.forward, chains, numbers)
    if chains.q is chains.p:
        return graph._replace(forward=forward, reverse=forward._replace(chains=turned(chains)))
    return graph._replace(forward=forward, reverse=_side(graph, graph.reverse, turned(chains), numbers))


def _side(graph: Graph, side: Side, chains: Chains, numbers: Ints) -> Side:
    arcs = side.ways.arcs.copy()
    linked = numbers[graph.arcs_of_chain[2 * numbers] >= 0]
    arcs[2 * graph.arcs_of_chain[2 * linked] + 1] = np.minimum(chains.whole_p[linked], UNREACHED)
    arcs[2 * graph.arcs_of_chain[2 * linked + 1] + 1] = np.minimum(chains.whole_q[linked], UNREACHED)
    lengths = chains.first[numbers + 1] - chains.first[numbers]
    chain = np.repeat(numbers, lengths)
    cuts = np.cumsum(lengths) - lengths
    inner = np.repeat(chains.first[numbers] - cuts, lengths) + np.arange(len(chain))
    from_a, from_b = side.inner.from_a.copy(), side.inner.from_b.copy()
    from_a[inner] = np.minimum(chains.p[inner], UNREACHED)
    from_b[inner] = np.minimum(chains.whole_q[chain] - chains.q[inner], UNREACHED)
    flat = side.inner._replace(from_a=from_a, from_b=from_b)
    return side._replace(ways=side.ways._replace(arcs=arcs), chains=chains, inner=flat)
