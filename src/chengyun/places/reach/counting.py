"""How many sources of each category are within a limit of each node: one small search from every source."""

from chengyun.places.reach.compiled import I4S, I8, helper, kernel
from chengyun.places.reach.fill import between
from chengyun.places.reach.graph import RUN, Run, Seeds
from chengyun.places.reach.search import FULL, spread
from chengyun.places.reach.spots import SPOTS, Spots
from chengyun.places.reach.units import UNREACHED, Ints


@helper
def spread_from(run: Run, spots: Spots, n: int) -> int:
    """Search from one spot; what `spread` returns."""
    seeds, chains = run.desk.seeds, run.side.chains
    extra, chain = spots.extra[n], spots.chain[n]
    if chain >= 0:
        to_a, to_b = spots.q[n] + extra, chains.whole_p[chain] - spots.p[n] + extra
        near = 0 if to_a <= to_b else 1
        seeds.at[near], seeds.cost[near] = chains.a[chain], min(to_a, run.limit + 1)
        seeds.at[1 - near], seeds.cost[1 - near] = chains.b[chain], min(to_b, run.limit + 1)
        return spread(run, seeds)
    if spots.junction[n] < 0:
        return 0
    seeds.at[0], seeds.cost[0] = spots.junction[n], extra
    return spread(run, Seeds(seeds.at[:1], seeds.cost[:1]))


# one loop: records of arrays are opened once above it; opening them inside costs more than the searches.
@kernel(RUN, SPOTS, I8, I4S)
def tally(run: Run, sources: Spots, begin: int, counts: Ints) -> int:  # noqa: C901
    """Add 1 to `counts` (one per slot) for every source from `begin` on that is within the limit.

    Returns the number of the source at which the desk was too small (its own are not counted), or how many there are.
    """
    cost, pool, limit = run.desk.cost, run.desk.pool, run.limit
    ends_a, ends_b, first, ps, qs, _, whole_q = run.side.chains
    hang_first, hang_chains = run.side.hangs
    base = len(counts) - len(ps)
    for n in range(begin, len(sources.chain)):
        entries = spread_from(run, sources, n)
        if entries == FULL:
            return n
        own = sources.chain[n]
        for e in range(entries):
            at = pool[3 * e]
            if cost[at] != pool[3 * e + 1]:
                continue
            counts[at] += 1
            for h in range(hang_first[at], hang_first[at + 1]):
                chain = hang_chains[h]
                a, b = ends_a[chain], ends_b[chain]
                other = b if a == at else a
                if chain == own or (cost[other] <= limit and other < at):
                    continue  # counted with the junction at its other end
                at_a, at_b = cost[a], cost[b] + whole_q[chain]
                for k in range(first[chain], first[chain + 1]):
                    if at_a + ps[k] <= limit or at_b - qs[k] <= limit:
                        counts[base + k] += 1
        if own >= 0:
            at_a, at_b = cost[ends_a[own]], cost[ends_b[own]] + whole_q[own]
            for k in range(first[own], first[own + 1]):
                direct = between(sources.p[n], sources.q[n], ps[k], qs[k]) + sources.extra[n]
                if min(direct, at_a + ps[k], at_b - qs[k]) <= limit:
                    counts[base + k] += 1
        for e in range(entries):
            cost[pool[3 * e]] = UNREACHED
    return len(sources.chain)
