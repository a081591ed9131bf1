"""The one primitive: a search from many seeds with offsets, within a limit, on a bucket queue."""

from chengyun.places.reach.compiled import helper, kernel
from chengyun.places.reach.graph import RUN, SEEDS, Desk, Run, Seeds
from chengyun.places.reach.units import UNREACHED

FULL = -1


# one loop: it is the innermost of every query, and everything that it touches must stay in registers.
@kernel(RUN, SEEDS)
def spread(run: Run, seeds: Seeds) -> int:  # noqa: C901
    """Lower the desk's costs of junctions to that from the nearest seed, where it is at most the run's limit.

    Costs that stand there already are kept where they are lower, and nothing behind them is visited. Entries of
    the queue stay readable: entry k is (junction, cost, …), and every junction that was lowered has one with its final
    cost. Returns the number of entries, or FULL if the desk's pool is too small; then the desk is spoilt.
    """
    limit, shift, ways = run.limit, run.shift, run.side.ways
    cost, head, pool = run.desk.cost, run.desk.head, run.desk.pool
    mask, room = len(head) - 1, len(pool) // 3
    count, waiting, next_seed = 0, 0, 0
    bucket = 0
    while True:
        if waiting == 0:
            if next_seed == len(seeds.at):
                return count
            bucket = seeds.cost[next_seed] >> shift
        while next_seed < len(seeds.at) and seeds.cost[next_seed] >> shift <= bucket:
            at, there = seeds.at[next_seed], seeds.cost[next_seed]
            next_seed += 1
            if there <= limit and there < cost[at]:
                if count == room:
                    return FULL
                cost[at] = there
                slot = bucket & mask
                pool[3 * count], pool[3 * count + 1], pool[3 * count + 2] = at, there, head[slot]
                head[slot] = count
                count += 1
                waiting += 1
        entry = head[bucket & mask]
        while entry >= 0:
            head[bucket & mask] = pool[3 * entry + 2]
            waiting -= 1
            at, here = pool[3 * entry], pool[3 * entry + 1]
            if cost[at] == here:
                for k in range(ways.first[at], ways.first[at + 1]):
                    other, there = ways.arcs[2 * k], here + ways.arcs[2 * k + 1]
                    if there <= limit and there < cost[other]:
                        if count == room:
                            return FULL
                        cost[other] = there
                        slot = (there >> shift) & mask
                        pool[3 * count], pool[3 * count + 1], pool[3 * count + 2] = other, there, head[slot]
                        head[slot] = count
                        count += 1
                        waiting += 1
            entry = head[bucket & mask]
        bucket += 1


@helper
def wipe(desk: Desk, entries: int) -> None:
    """Make the desk ready for the next search, after one that wrote this many entries."""
    for k in range(entries):
        desk.cost[desk.pool[3 * k]] = UNREACHED
