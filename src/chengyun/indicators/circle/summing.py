"""A life circle as the map and the table beside it take it: arrays by building, figures by area."""

import base64
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chengyun.indicators.circle.homes import BANDS
from chengyun.indicators.circle.state import GAP, MET, UNKNOWN, Bytes, Circle, shares
from chengyun.indicators.formula.spans import Floats
from chengyun.indicators.worlds import Kept
from chengyun.places.models import FacilityCategory
from chengyun.places.reach.costing import PACE

BEYOND = 255
"""As tenths of minutes: farther than anybody walks."""
ROLES = ("town", "sector", "grid", "community")


def stamp(circle: Circle) -> str:
    """Which buildings the arrays are about, and in which order."""
    key = circle.homes.key
    return f"{len(key)}-{int(key.sum() % 1_000_003) if len(key) else 0}"


def tenths(minutes: Floats) -> NDArray[np.uint8]:
    """Minutes as tenths in a byte, rounded up, so that a limit is kept; BEYOND above 25.4."""
    whole = np.ceil(np.where(np.isfinite(minutes), minutes, BEYOND) * 10 - 1e-6)
    return np.where(whole > BEYOND - 1, BEYOND, whole).astype(np.uint8)


def packed(values: NDArray[np.uint8]) -> str:
    """Bytes as base64."""
    return base64.b64encode(np.ascontiguousarray(values).tobytes()).decode()


def whole(kept: Kept, circle: Circle, age: str) -> dict[str, Any]:
    """Everything the map needs."""
    return {
        "age": age,
        "pace": PACE[age],
        "stamp": stamp(circle),
        "buildings": len(circle.homes),
        "people": {band: round(float(circle.homes.people[band].sum())) for band in BANDS},
        "streets": circle.ways is not None,
        "categories": rows_of(circle, age, range(len(circle.demands))),
        "areas": areas_of(kept, circle, age),
    }


def rows_of(circle: Circle, age: str, wanted: Sequence[int]) -> list[dict[str, Any]]:
    """Of each category asked for: the demand, the arrays by building, and the people by state in the town."""
    minutes, states = circle.minutes(age), circle.states(age)
    named = {row.code: (row.name, row.english) for row in FacilityCategory.objects.filter(code__in=circle.categories)}
    found = []
    for number in wanted:
        one = circle.demands[number]
        zh, en = named.get(one.category, (one.category, one.category))
        found.append({
            "category": one.category, "zh": zh, "en": en, "circle": one.circle, "metric": one.metric,
            "limit": one.limit, "clause": one.clause, "verified": one.verified,
            "facilities": int(circle.services.counts[number]) if circle.services else 0,
            "recorded": bool(circle.services.recorded[number]) if circle.services else False,
            "minutes": packed(tenths(minutes[number])), "states": packed(states[number]),
            "people": {band: _people(circle, states[number], band) for band in BANDS},
            "homes": _counted(states[number]),
        })  # fmt: skip
    return found


def _people(circle: Circle, states: Bytes, band: str) -> dict[str, int]:
    people = circle.homes.people[band]
    return {name: round(float(people[states == state].sum())) for name, state in _STATES}


def _counted(states: Bytes) -> dict[str, int]:
    return {name: int((states == state).sum()) for name, state in _STATES}


_STATES = (("gap", GAP), ("met", MET), ("unknown", UNKNOWN))


def areas_of(kept: Kept, circle: Circle, age: str) -> list[dict[str, Any]]:
    """For each area with homes the people of each state by category, in the order of the demands."""
    states = circle.states(age)
    people = shares(circle, states)
    found = []
    for level, start in zip(circle.world.levels, circle.world.starts, strict=False):
        for offset, area in enumerate(level.areas if level.role in ROLES else ()):
            place = int(start) + offset
            gap, met, unknown = (people[state][:, place] for state in (GAP, MET, UNKNOWN))
            if not (gap + met + unknown).any():
                continue
            row = kept.ground.rows[area]
            found.append({
                "id": row.uuid, "role": level.role, "code": row.code, "name": row.name, "english": row.english,
                "people": round(float((gap + met + unknown).max())),
                "gap": np.rint(gap).astype(int).tolist(), "met": np.rint(met).astype(int).tolist(),
                "unknown": np.rint(unknown).astype(int).tolist(),
            })  # fmt: skip
    return found
