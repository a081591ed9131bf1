"""What somebody who is typing may mean. Counts shared grams over all names at once, then compares the best few."""

from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz

from chengyun.places.address.gazetteer import Gazetteer, Row, grams_of
from chengyun.places.address.normal import normal

_COMPARED = 80


@dataclass(frozen=True)
class Suggestion:
    """A row with how well it fits what was typed so far, 0..1."""

    row: Row
    fit: float


def suggest(gazetteer: Gazetteer, typed: str, limit: int = 10) -> list[Suggestion]:
    """The best `limit` rows for a beginning, a middle part, or a slip of the pen. Empty input gives nothing."""
    key = normal(typed)
    if not key or not gazetteer.rows:
        return []
    best = _candidates(gazetteer, key)
    ranked = sorted(((_fit(key, gazetteer.keys[i]), float(gazetteer.weights[i]), i) for i in best), reverse=True)
    out: dict[tuple[str, str], Suggestion] = {}
    for fit, _, index in ranked:
        row = gazetteer.rows[index]
        if fit >= 0.5:
            out.setdefault((row.text, row.kind), Suggestion(row, round(fit, 3)))
    return list(out.values())[:limit]


def _candidates(gazetteer: Gazetteer, key: str) -> list[int]:
    score = np.zeros(len(gazetteer.rows), dtype=np.float32)
    for gram in grams_of(key):
        rows = gazetteer.grams.get(gram)
        if rows is not None:
            # A pair says more than a character, a rare gram more than 路.
            score[rows] += (2.0 if len(gram) == 2 else 1.0) * (1.0 + np.log(len(score) / len(rows)))
    hits = np.flatnonzero(score)
    if len(hits) <= _COMPARED:
        return list(hits.tolist())
    order = np.argpartition(-(score[hits] + 1e-3 * gazetteer.weights[hits]), _COMPARED)[:_COMPARED]
    return list({*hits[order].tolist(), *_starting(gazetteer, key, hits)})


def _starting(gazetteer: Gazetteer, key: str, hits: np.typing.NDArray[np.int64]) -> list[int]:
    """A few rows that begin with the key: short keys share grams with more rows than are compared."""
    found = [i for i in hits[: 4 * _COMPARED].tolist() if gazetteer.keys[i].startswith(key)]
    return found[:_COMPARED]


def _fit(key: str, name: str) -> float:
    if name.startswith(key):
        return 0.9 + 0.1 * len(key) / len(name)
    if key in name:
        return 0.8 + 0.1 * len(key) / len(name)
    return 0.8 * max(fuzz.ratio(key, name), fuzz.ratio(key, name[: len(key)])) / 100
