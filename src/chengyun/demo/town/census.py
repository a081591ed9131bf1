"""How many people live where, by basis, level and age band."""

from dataclasses import dataclass

import numpy as np

from chengyun.demo.town.admin import Group
from chengyun.demo.town.estates import Compound
from chengyun.demo.town.plane import generator

RESIDENTS = 300_000  # 常住, the statistical figure of the whole town
BANDS = ((0, 3), (3, 6), (6, 15), (15, 60), (60, 80), (80, None))
YOUNG = np.array([0.026, 0.032, 0.085, 0.687, 0.145, 0.025])  # newer compounds
OLD = np.array([0.012, 0.016, 0.048, 0.574, 0.285, 0.065])  # old compounds and villages
REGISTERED_BANDS = np.array([0.013, 0.016, 0.058, 0.553, 0.297, 0.063])


@dataclass(frozen=True)
class Count:
    """People of an age band at a place; `age_to` is exclusive, None is open, and (0, None) is everyone."""

    level: str  # town | community | compound
    place: int
    basis: str  # resident | actual | registered
    people: int
    age_from: int = 0
    age_to: int | None = None


def count_people(compounds: list[Compound], communities: list[Group], seed: int) -> list[Count]:
    """Rows for the town (常住, by band), communities (实有, 户籍, by band) and compounds (实有)."""
    rng = generator(seed, "census")
    dwellings = np.array([sum(h.households for h in c.houses) for c in compounds], dtype=float)
    size = np.array([_household(c) for c in compounds]) * rng.normal(1.0, 0.06, len(compounds))
    weights = dwellings * size
    actual = np.round(weights / weights.sum() * RESIDENTS * 1.024).astype(int)  # registers run ahead of statistics
    rows = _by_band("town", 0, "resident", RESIDENTS, 0.5 * (YOUNG + OLD))
    by_community: dict[int, list[int]] = {}
    for number, compound in enumerate(compounds):
        rows.append(Count("compound", number, "actual", int(actual[number])))
        by_community.setdefault(compound.parcel.block.community, []).append(number)
    registered_total = 0
    for community in communities:
        inside = by_community.get(community.number, [])
        people = int(actual[inside].sum())
        shares = _shares([compounds[n] for n in inside], actual[inside])
        rows += _by_band("community", community.number, "actual", people, shares)
        registered = int(people * (0.78 if community.kind == "village" else float(shares[4] + shares[5]) * 1.6))
        registered_total += registered
        rows += _by_band("community", community.number, "registered", registered, REGISTERED_BANDS)
    return rows + _by_band("town", 0, "registered", registered_total, REGISTERED_BANDS)


def _household(compound: Compound) -> float:
    """People to a dwelling, empty ones counted in: villages are let to many, new estates half taken."""
    return {"hamlet": 5.4, "old": 2.1, "nineties": 2.15, "villa": 1.9, "tower": 1.75, "slab_high": 1.9}.get(
        compound.style, 2.0
    )


def _shares(compounds: list[Compound], people: np.ndarray) -> np.ndarray:
    if not compounds or people.sum() == 0:
        middle: np.ndarray = 0.5 * (YOUNG + OLD)
        return middle
    age = np.clip((np.array([c.year for c in compounds]) - 1975) / 40, 0, 1)
    young = float((age * people).sum() / people.sum())
    mixed: np.ndarray = young * YOUNG + (1 - young) * OLD
    return mixed


def _by_band(level: str, place: int, basis: str, people: int, shares: np.ndarray) -> list[Count]:
    """One row for everyone and one for each band; the bands add up to everyone."""
    parts = np.floor(shares / shares.sum() * people).astype(int)
    parts[3] += people - parts.sum()
    rows = [Count(level, place, basis, people)]
    rows += [Count(level, place, basis, int(n), a, b) for n, (a, b) in zip(parts, BANDS, strict=True)]
    return rows
