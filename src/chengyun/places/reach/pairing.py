"""Sparse costs between two sets of places: one small search from each place of the smaller set."""

from typing import NamedTuple

import numpy as np

from chengyun.places.reach.chains import Chains
from chengyun.places.reach.compiled import I4S, I8, I8S, kernel, record
from chengyun.places.reach.counting import spread_from
from chengyun.places.reach.fill import between
from chengyun.places.reach.graph import RUN, Run
from chengyun.places.reach.search import FULL
from chengyun.places.reach.spots import SPOTS, Spots
from chengyun.places.reach.units import UNREACHED, Ints, Longs


class Targets(NamedTuple):
    """Places to be found, sorted by where they lie: those at junction v, those on chain c, and the chains at v."""

    at_first: Ints
    at_place: Ints
    at_extra: Ints
    on_first: Ints
    on_place: Ints
    p: Longs
    q: Longs
    on_extra: Ints
    hang_first: Ints
    hang_chains: Ints


class Found(NamedTuple):
    """Pairs as they are found: the place in `Targets` and its cost; `ends[n]` pairs up to and with source n."""

    place: Ints
    cost: Ints
    ends: Ints


TARGETS = record(Targets, I4S, I4S, I4S, I4S, I4S, I8S, I8S, I4S, I4S, I4S)
FOUND = record(Found, I4S, I4S, I4S)


def sort_targets(spots: Spots, chains: Chains, junctions: int) -> Targets:
    """Targets from spots; the order of places within a junction or chain is theirs."""
    at = np.flatnonzero(spots.junction >= 0).astype(np.int32)
    at = at[np.argsort(spots.junction[at], kind="stable")]
    on = np.flatnonzero(spots.chain >= 0).astype(np.int32)
    on = on[np.argsort(spots.chain[on], kind="stable")]
    busy = np.unique(spots.chain[on])
    links = busy[chains.a[busy] != chains.b[busy]]
    owners = np.concatenate([chains.a[busy], chains.b[links]])
    hang = np.argsort(owners, kind="stable")
    return Targets(
        _first(spots.junction[at], junctions), at, spots.extra[at],
        _first(spots.chain[on], len(chains.a)), on, spots.p[on], spots.q[on], spots.extra[on],
        _first(owners, junctions), np.concatenate([busy, links])[hang].astype(np.int32),
    )  # fmt: skip


def _first(owners: Ints, count: int) -> Ints:
    first = np.zeros(count + 1, dtype=np.int32)
    np.cumsum(np.bincount(owners, minlength=count), out=first[1:])
    return first


# one loop: records of arrays are opened once above it; opening them inside costs more than the searches.
@kernel(RUN, SPOTS, TARGETS, I8, FOUND)
def pair(run: Run, sources: Spots, targets: Targets, begin: int, found: Found) -> int:  # noqa: C901
    """Write all targets within the limit of each source from `begin` on.

    Returns the number of sources, or -1 - n if for source n the queue (its `ends` is then -1) or `found` was too small.
    """
    cost, pool, limit = run.desk.cost, run.desk.pool, run.limit
    ends_a, ends_b, _, _, _, _, whole_q = run.side.chains
    at_first, at_place, at_extra, on_first, on_place, ps, qs, on_extra, hang_first, hang_chains = targets
    places, costs, ends = found
    done, room = (ends[begin - 1] if begin else 0), len(places)
    for n in range(begin, len(sources.chain)):
        entries = spread_from(run, sources, n)
        if entries == FULL:
            ends[n] = -1
            return -1 - n
        own = sources.chain[n]
        for e in range(entries):
            at = pool[3 * e]
            if cost[at] != pool[3 * e + 1]:
                continue
            for k in range(at_first[at], at_first[at + 1]):
                there = cost[at] + at_extra[k]
                if there <= limit:
                    if done < room:
                        places[done], costs[done] = at_place[k], there
                    done += 1
            for h in range(hang_first[at], hang_first[at + 1]):
                chain = hang_chains[h]
                a, b = ends_a[chain], ends_b[chain]
                other = b if a == at else a
                if chain == own or (cost[other] <= limit and other < at):
                    continue  # written with the junction at its other end
                at_a, at_b = cost[a], cost[b] + whole_q[chain]
                for k in range(on_first[chain], on_first[chain + 1]):
                    on = min(at_a + ps[k], at_b - qs[k]) + on_extra[k]
                    if on <= limit:
                        if done < room:
                            places[done], costs[done] = on_place[k], on
                        done += 1
        if own >= 0:
            at_a, at_b = cost[ends_a[own]], cost[ends_b[own]] + whole_q[own]
            for k in range(on_first[own], on_first[own + 1]):
                direct = between(sources.p[n], sources.q[n], ps[k], qs[k]) + sources.extra[n]
                on = min(direct, at_a + ps[k], at_b - qs[k]) + on_extra[k]
                if on <= limit:
                    if done < room:
                        places[done], costs[done] = on_place[k], on
                    done += 1
        for e in range(entries):
            cost[pool[3 * e]] = UNREACHED
        ends[n] = done
        if done > room:
            return -1 - n
    return len(sources.chain)
