"""The two schemes: sectors, grids and cells over all blocks; communities over those that somebody lives in."""

from dataclasses import dataclass, field

import numpy as np

from chengyun.demo.town.grouping import Patchwork, components, partition, share_out
from chengyun.demo.town.zoning import Ground

GRIDS_PER_SECTOR = (4, 4, 3)
CELLS, NEIGHBOURHOODS, VILLAGES = 48, 34, 7
GAPS = {
    "works": ("{}产业园区", "{}产业园区管理委员会（虚构）"),
    "logistics": ("{}物流园区", "{}物流园区管理办公室（虚构）"),
    "park": ("{}湖公园", "区绿化管理所（虚构）"),
}


@dataclass
class Group:
    """An area made of whole blocks. `above` is the number of the group over it in the level before."""

    number: int
    blocks: list[int]
    above: int = -1
    name: str = ""
    kind: str = ""


@dataclass
class Admin:
    """All areas, by level. A gap is community land that no committee answers for."""

    sectors: list[Group] = field(default_factory=list)
    grids: list[Group] = field(default_factory=list)
    cells: list[Group] = field(default_factory=list)
    communities: list[Group] = field(default_factory=list)
    gaps: list[Group] = field(default_factory=list)


def organise(ground: Ground, households: dict[int, int]) -> Admin:
    """Divides the town; `households` by block number weigh the areas. Marks each block with its cell and community."""
    admin = Admin()
    _grid_scheme(ground, households, admin)
    _community_scheme(ground, households, admin)
    return admin


def _patch(ground: Ground, households: dict[int, int], land: float) -> Patchwork:
    """Blocks weighed by their households and, so much per km², by their land."""
    middles = np.array([b.polygon.centroid.coords[0] for b in ground.blocks])
    weights = np.array([households.get(b.number, 0) + land * b.polygon.area / 1e6 for b in ground.blocks])
    return Patchwork(middles, weights, {p: m for p, m in ground.borders.items() if m > 25})


def _grid_scheme(ground: Ground, households: dict[int, int], admin: Admin) -> None:
    patch = _patch(ground, households, 3_000.0)
    everything = [b.number for b in ground.blocks]
    for sector in partition(patch, everything, len(GRIDS_PER_SECTOR)):
        admin.sectors.append(Group(len(admin.sectors), sector))
    counts = share_out([float(patch.weights[s.blocks].sum()) for s in admin.sectors], sum(GRIDS_PER_SECTOR))
    for sector_group, count in zip(admin.sectors, counts, strict=True):
        for grid in partition(patch, sector_group.blocks, count):
            admin.grids.append(Group(len(admin.grids), grid, sector_group.number))
    counts = share_out([float(patch.weights[g.blocks].sum()) for g in admin.grids], CELLS)
    for grid_group, count in zip(admin.grids, counts, strict=True):
        for cell in partition(patch, grid_group.blocks, count):
            admin.cells.append(Group(len(admin.cells), cell, grid_group.number))
            for block in cell:
                ground.blocks[block].cell = len(admin.cells) - 1


def _community_scheme(ground: Ground, households: dict[int, int], admin: Admin) -> None:
    beside = _patch(ground, households, 0.0).neighbours()
    _gaps(ground, beside, admin)
    lived = {b.number for b in ground.blocks if b.use not in GAPS}
    rural = {n for n in lived if ground.blocks[n].use == "village"}
    for kind, members, count in (("village", rural, VILLAGES), ("neighbourhood", lived - rural, NEIGHBOURHOODS)):
        patch = _patch(ground, households, 900.0)
        parts = _joined(components(members, beside), patch, count)
        counts = share_out([float(patch.weights[p].sum()) for p in parts], count)
        for part, share in zip(parts, counts, strict=True):
            for group in _split(patch, part, share, beside):
                admin.communities.append(Group(len(admin.communities), group, kind=kind))
                for block in group:
                    ground.blocks[block].community = len(admin.communities) - 1


def _joined(parts: list[list[int]], patch: Patchwork, count: int) -> list[list[int]]:
    """Puts the smallest parts to the nearest other one while there are more parts than areas wanted."""
    parts = [list(p) for p in parts]
    least = patch.weights[[n for p in parts for n in p]].sum() / count * 0.4
    while len(parts) > 1:
        small = min(parts, key=lambda p: float(patch.weights[p].sum()))
        if len(parts) <= count and patch.weights[small].sum() > least:
            break
        others = [p for p in parts if p is not small]
        middle = patch.middles[small].mean(axis=0)
        near = min(others, key=lambda p: float(np.hypot(*(patch.middles[p] - middle).T).min()))
        near.extend(small)
        parts = others
    return [sorted(p) for p in parts]


def _split(patch: Patchwork, part: list[int], count: int, beside: dict[int, dict[int, float]]) -> list[list[int]]:
    """Groups of a part that may itself be in several pieces: exclaves stay with the group nearest to them."""
    pieces = components(set(part), beside)
    groups = partition(patch, pieces[0], min(count, len(pieces[0])))
    for piece in pieces[1:]:
        middle = patch.middles[piece].mean(axis=0)
        min(groups, key=lambda g: float(np.hypot(*(patch.middles[g] - middle).T).min())).extend(piece)
    return groups


def _gaps(ground: Ground, beside: dict[int, dict[int, float]], admin: Admin) -> None:
    for use in GAPS:
        members = {b.number for b in ground.blocks if b.use == use}
        for part in components(members, beside):
            admin.gaps.append(Group(len(admin.gaps), part, kind=use))
