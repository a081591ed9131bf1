"""Cuts a coverage of polygons into contiguous groups of about equal weight."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Patchwork:
    """Members of a coverage: their middle points in metres, their weights, and which touch which (metres shared)."""

    middles: np.ndarray
    weights: np.ndarray
    borders: dict[frozenset[int], float]

    def neighbours(self) -> dict[int, dict[int, float]]:
        """For each member the members beside it, with the metres that they share."""
        beside: dict[int, dict[int, float]] = {n: {} for n in range(len(self.middles))}
        for pair, metres in self.borders.items():
            a, b = sorted(pair)
            beside[a][b] = metres
            beside[b][a] = metres
        return beside


def components(members: set[int], beside: dict[int, dict[int, float]]) -> list[list[int]]:
    """The connected parts of some members, the largest first."""
    left, parts = set(members), []
    while left:
        stack, part = [min(left)], []
        left.discard(stack[0])
        while stack:
            part.append(stack.pop())
            found = [n for n in beside[part[-1]] if n in left]
            left.difference_update(found)
            stack.extend(found)
        parts.append(sorted(part))
    return sorted(parts, key=lambda p: (-len(p), p[0]))


def partition(patch: Patchwork, members: list[int], count: int) -> list[list[int]]:
    """`count` contiguous groups of the members, balanced by weight and compact; the members must be connected."""
    if count <= 1 or len(members) <= count:
        return [[m] for m in members] if count > 1 else [members]
    beside = patch.neighbours()
    seeds = _spread(patch, members, count)
    best: tuple[float, list[list[int]]] | None = None
    for _ in range(14):
        groups = _grow(patch, members, seeds, beside)
        score = _score(patch, groups)
        if best is None or score < best[0]:
            best = (score, groups)
        seeds = [_middle(patch, g) for g in groups]
    assert best is not None  # noqa: S101 - at least one round was made
    return _even_out(patch, best[1], beside)


def share_out(weights: list[float], count: int) -> list[int]:
    """How many of `count` groups each part gets: at least one, then by largest remainder."""
    total = sum(weights)
    counts = [max(1, int(count * w / total)) for w in weights]
    while sum(counts) < count:
        need = [count * w / total - c for w, c in zip(weights, counts, strict=True)]
        counts[int(np.argmax(need))] += 1
    while sum(counts) > count:
        spare = [(c - count * w / total) if c > 1 else -1e9 for w, c in zip(weights, counts, strict=True)]
        counts[int(np.argmax(spare))] -= 1
    return counts


def _spread(patch: Patchwork, members: list[int], count: int) -> list[int]:
    points = patch.middles[members]
    chosen = [int(np.argmax(np.hypot(*(points - points.mean(axis=0)).T)))]
    while len(chosen) < count:
        distance = np.min([np.hypot(*(points - points[c]).T) for c in chosen], axis=0)
        chosen.append(int(np.argmax(distance)))
    return [members[c] for c in chosen]


def _grow(
    patch: Patchwork, members: list[int], seeds: list[int], beside: dict[int, dict[int, float]]
) -> list[list[int]]:
    """The lightest group that can grow takes the neighbour nearest to its seed, until all is taken."""
    groups = [[s] for s in seeds]
    owner = {s: n for n, s in enumerate(seeds)}
    free = set(members) - set(seeds)
    weight = [float(patch.weights[s]) for s in seeds]
    while free:
        for number in np.argsort(weight, kind="stable"):
            edge = sorted({n for m in groups[number] for n in beside[m] if n in free})
            if edge:
                gap = np.hypot(*(patch.middles[edge] - patch.middles[seeds[number]]).T)
                taken = edge[int(np.argmin(gap))]
                groups[number].append(taken)
                owner[taken] = int(number)
                weight[number] += float(patch.weights[taken])
                free.discard(taken)
                break
        else:
            raise ValueError("the members to be grouped are not connected")
    return [sorted(g) for g in groups]


def _middle(patch: Patchwork, group: list[int]) -> int:
    points = patch.middles[group]
    return group[int(np.argmin(np.hypot(*(points - points.mean(axis=0)).T)))]


def _score(patch: Patchwork, groups: list[list[int]]) -> float:
    sums = np.array([patch.weights[g].sum() for g in groups])
    width = np.array([np.hypot(*(patch.middles[g] - patch.middles[g].mean(axis=0)).T).max() for g in groups])
    return float(sums.std() / sums.mean() + 0.6 * width.mean() / np.median(width + 1) + width.max() / 4_000)


def _even_out(patch: Patchwork, groups: list[list[int]], beside: dict[int, dict[int, float]]) -> list[list[int]]:
    """Hands single members from a heavy group to a lighter one beside it, as long as both stay in one piece."""
    owner = {m: n for n, g in enumerate(groups) for m in g}
    sets = [set(g) for g in groups]
    weight = [float(patch.weights[g].sum()) for g in groups]
    for _ in range(4):
        for member in sorted(owner):
            own, load = owner[member], float(patch.weights[member])
            others = sorted({owner[n] for n in beside[member] if n in owner} - {own}, key=lambda g: weight[g])
            if not others or len(sets[own]) == 1 or weight[others[0]] + load >= weight[own]:
                continue
            if len(components(sets[own] - {member}, beside)) == 1:
                sets[own].discard(member)
                sets[others[0]].add(member)
                weight[own] -= load
                weight[others[0]] += load
                owner[member] = others[0]
    return [sorted(s) for s in sets]
