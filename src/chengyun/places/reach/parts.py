"""Which nodes reach one another: parts of a network that hang together."""

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from chengyun.places.reach.streets import Streets
from chengyun.places.reach.units import UNREACHED, Ints


def connected_parts(streets: Streets, nodes: int) -> Ints:
    """For each node the number of its part, 0 the largest: within a part every node reaches every other one."""
    ahead, back = streets.ahead < UNREACHED, streets.back < UNREACHED
    tails = np.concatenate([streets.tail[ahead], streets.head[back]])
    heads = np.concatenate([streets.head[ahead], streets.tail[back]])
    ways = coo_matrix((np.ones(len(tails), dtype=np.int8), (tails, heads)), shape=(nodes, nodes))
    _, part = connected_components(ways, directed=True, connection="strong")
    order = np.argsort(-np.bincount(part, minlength=1), kind="stable")
    rank = np.empty(len(order), dtype=np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    found: Ints = rank[part]
    return found
