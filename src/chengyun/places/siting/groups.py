"""Points that the same candidates cover are one point: smaller models, the same answer."""

from dataclasses import dataclass

import numpy as np

from chengyun.places.siting.problem import Bools, Costs, Floats, Longs


@dataclass(frozen=True)
class Groups:
    """Groups of points: `weight` of each, its `label` (an area), and its candidates as CSR (`starts`, `candidates`).

    `of` (points,) is the group of each point, -1 for points outside any group.
    """

    weight: Floats
    label: Longs
    starts: Longs
    candidates: Longs
    of: Longs

    def __len__(self) -> int:
        return len(self.weight)


def merge(costs: Costs, asked: Bools, weights: Floats, labels: Longs, usable: Bools) -> Groups:
    """Groups the points that are `asked` by their set of `usable` candidates and their label.

    Sets are told apart by sums of two random 64-bit numbers per candidate: that two different sets agree in both has a
    probability below 1e-26 for a million sets.
    """
    pairs = usable[costs.owners] & asked[costs.points]
    points, owners = costs.points[pairs], costs.owners[pairs]
    order = np.argsort(points, kind="stable")
    points, owners = points[order], owners[order]
    seen, first, length = np.unique(points, return_index=True, return_counts=True)
    of = np.full(costs.size, -1, np.int64)
    if not len(seen):
        empty = np.zeros(0, np.int64)
        return Groups(np.zeros(0), empty, np.zeros(1, np.int64), empty, of)
    marks = np.random.default_rng(1).integers(0, 2**63, (2, costs.candidates), np.uint64)
    keys = np.stack([*(np.add.reduceat(m[owners], first) for m in marks), labels[seen].astype(np.uint64)])
    _, one, group = np.unique(keys, axis=1, return_index=True, return_inverse=True)
    group = group.ravel()
    of[seen] = group
    starts = np.concatenate([[0], np.cumsum(length[one])])
    entries = np.concatenate([owners[first[k] : first[k] + length[k]] for k in one]).astype(np.int64)
    weight = np.bincount(group, weights[seen], minlength=len(one)).astype(np.float64)
    return Groups(weight, labels[seen][one], starts, entries, of)


def essential(groups: Groups, candidates: int) -> Longs:
    """The groups that imply all others when everything must be covered: a group whose candidates include another's
    candidates is covered whenever that other is."""
    member = np.zeros((len(groups), candidates), np.float32)
    member[np.repeat(np.arange(len(groups)), np.diff(groups.starts)), groups.candidates] = 1
    size = np.diff(groups.starts)
    keep = np.ones(len(groups), bool)
    for some in np.array_split(np.arange(len(groups)), max(1, len(groups) // 256)):
        shared = member[some] @ member.T
        inside = (shared == size[None, :]) & (size[None, :] < size[some][:, None])
        keep[some] = ~inside.any(axis=1)
    return np.flatnonzero(keep)
