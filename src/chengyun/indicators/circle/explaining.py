"""An answer to a question of siting in the town's words: which site brings what, and which home gains how much."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chengyun.indicators.circle.candidates import Candidate
from chengyun.indicators.circle.siting import Question
from chengyun.indicators.circle.summing import packed
from chengyun.indicators.formula.spans import Flags, Floats
from chengyun.indicators.worlds import Kept
from chengyun.places.siting import Answer, explain
from chengyun.places.siting.explain import Explanation

FAR, NEAR, LITTLE, SOME, MUCH, NEW = range(6)
"""What a home gains: still out of reach; in reach as before; a way shorter by little, some, much; newly in reach."""
STEPS = {True: (2.0, 5.0), False: (150.0, 400.0)}
"""From where on a shorter way is some, and much: minutes where the limit is a time, else metres."""
NO_WAY = 65535
MOST = 255
"""Of more sites than a byte can number, the last ones share a number."""
_SURE = 1e-6


def told(kept: Kept, asked: Question, answer: Answer) -> dict[str, Any]:
    """An answer with its reasons: which site brings what, who gains how much, the planner's own picks beside."""
    said = explain(asked.problem, answer, np.array(asked.own, dtype=np.int64) if asked.own else None)
    own = _explained(asked, asked.own) if asked.own else None
    weights, scale = asked.problem.weights, _scale(asked)
    near = _near(asked, said.before)
    plans = [_near(asked, one.after) for one in (said, own) if one is not None]
    return {
        "goal": answer.goal, "value": answer.value, "bound": answer.bound if np.isfinite(answer.bound) else None,
        "gap": float(answer.gap) if np.isfinite(answer.gap) else None, "proven": bool(answer.proven),
        "by": answer.method, "seconds": round(answer.seconds, 3), "limit": asked.limit / scale,
        "unit": "minutes" if asked.timed else "m", "total": round(float(weights.sum())),
        "before": round(float(weights[near].sum())), "mean_before": _mean(said.before, weights, scale),
        **_plan(asked, said), "areas": _gains(kept, asked, near, plans),
        "own": None if own is None or said.compared is None else _plan(asked, own) | {
            "value": said.compared.value, "behind": said.compared.behind, "same": len(said.compared.same),
        },
        "candidates": len(asked.candidates), "recorded": asked.recorded, "stamp": asked.stamp,
        "steps": STEPS[asked.timed], "ways": _ways(asked, said.before),
    }  # fmt: skip


def _explained(asked: Question, sites: Sequence[int]) -> Explanation:
    """What a choice of one's own brings."""
    return explain(asked.problem, Answer(asked.goal, tuple(sites), 0.0, 0.0, "", 0.0))


def _plan(asked: Question, said: Explanation) -> dict[str, Any]:
    """What a choice of sites brings: in all, by site, and home by home."""
    weights, scale = asked.problem.weights, _scale(asked)
    through = _through(asked, said)
    return {
        "after": round(float(weights[_near(asked, said.after)].sum())),
        "mean_after": _mean(said.after, weights, scale),
        "sites": [
            _site(asked.candidates[one.site]) | {
                "served": round(one.served), "alone": round(alone), "mean": round(one.mean / scale, 1),
                "nearer": round(float(weights[through == min(number, MOST)].sum())),
            }
            for number, (one, alone) in enumerate(zip(said.sites, _alone(asked, said), strict=True), start=1)
        ],
        "homes": _homes(asked, said, through),
    }  # fmt: skip


def _alone(asked: Question, said: Explanation) -> list[float]:
    """Of each site how many people have it within the limit, and no other: the goal may look farther than that."""
    near, new = asked.problem.costs.within(asked.limit + _SURE), np.array([one.site for one in said.sites], np.intp)
    others = (np.concatenate([asked.problem.standing, new[new != site]]) for site in new)
    only = (near.reached(np.array([site])) & ~near.reached(other) for site, other in zip(new, others, strict=True))
    return [float(asked.problem.weights[mask].sum()) for mask in only]


def _homes(asked: Question, said: Explanation, through: NDArray[np.uint8]) -> dict[str, Any]:
    """The homes of the circle with what they gain, and through which of the sites (from 1; 0: through none)."""
    kinds = gains_of(said.before, said.after, asked.limit, _steps(asked))
    found, sites = np.zeros(asked.count, dtype=np.uint8), np.zeros(asked.count, dtype=np.uint8)
    found[asked.homes], sites[asked.homes] = kinds, through
    return {
        "gains": packed(found), "sites": packed(sites), "ways": _ways(asked, said.after),
        "counts": np.bincount(found, minlength=NEW + 1).tolist(),
        "people": np.rint(np.bincount(kinds, asked.problem.weights, NEW + 1)).astype(int).tolist(),
    }  # fmt: skip


def gains_of(before: Floats, after: Floats, limit: float, steps: tuple[float, float]) -> NDArray[np.uint8]:
    """FAR … NEW for each point; `before`, `after`, `limit` and `steps` in one unit, inf where there is no way."""
    with np.errstate(invalid="ignore"):
        shorter = np.where(after < before - _SURE, before - after, 0.0)
    near_before, near_after = before <= limit + _SURE, after <= limit + _SURE
    found = np.where(near_after, NEAR, FAR)
    for least, kind in ((_SURE, LITTLE), (steps[0], SOME), (steps[1], MUCH)):
        found = np.where(shorter >= least, kind, found)
    return np.where(near_after & ~near_before, NEW, found).astype(np.uint8)


def _through(asked: Question, said: Explanation) -> NDArray[np.uint8]:
    """The number of the site through which each point gains."""
    new = [one.site for one in said.sites]
    after, who = asked.problem.costs.nearest(np.concatenate([asked.problem.standing, np.array(new, np.intp)]))
    number = np.zeros(asked.problem.costs.candidates + 1, dtype=np.uint8)
    number[new] = np.minimum(np.arange(1, len(new) + 1), MOST)
    return np.where(after < said.before - _SURE, number[who], 0).astype(np.uint8)


def _ways(asked: Question, costs: Floats) -> str:
    """The way of every home of the circle to its nearest: tenths of minutes, or metres; NO_WAY where there is none."""
    whole = np.full(asked.count, np.inf)
    whole[asked.homes] = costs / 6 if asked.timed else costs
    return packed(np.where(whole < NO_WAY, np.ceil(whole - _SURE), NO_WAY).astype("<u2").view(np.uint8))


def _near(asked: Question, costs: Floats) -> Flags:
    found: Flags = costs <= asked.limit + _SURE
    return found


def _scale(asked: Question) -> float:
    return 60.0 if asked.timed else 1.0


def _steps(asked: Question) -> tuple[float, float]:
    low, high = STEPS[asked.timed]
    return low * _scale(asked), high * _scale(asked)


def _site(one: Candidate) -> dict[str, Any]:
    return {"source": one.source, "label": one.label, "point": one.point, "subject": one.subject}


def _mean(costs: Floats, weights: Floats, scale: float) -> float | None:
    """The mean way of those who are in reach of any."""
    known = np.isfinite(costs)
    total = float(weights[known].sum())
    return round(float((costs[known] * weights[known]).sum()) / total / scale, 1) if total else None


def _gains(kept: Kept, asked: Question, before: Flags, plans: Sequence[Flags]) -> list[dict[str, Any]]:
    """Areas by what they gain, the largest first; those that gain nothing by any of the plans are left out."""
    area, weights, count = asked.problem.area, asked.problem.weights, len(asked.areas)
    total, was, *will = (np.bincount(area, weights * mask, count) for mask in (np.ones_like(before), before, *plans))
    found = []
    for number in np.argsort(was - will[0], kind="stable"):
        if max(one[number] for one in will) - was[number] < 0.5:
            continue
        row = kept.ground.rows.get(int(asked.areas[number]))
        found.append({
            "id": row.uuid if row else None, "name": row.name if row else "", "english": row.english if row else "",
            "people": round(float(total[number])), "before": round(float(was[number])),
            "after": round(float(will[0][number])), "own": round(float(will[1][number])) if len(will) > 1 else None,
        })  # fmt: skip
    return found
