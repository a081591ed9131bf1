"""Where new facilities help most: arrays in, plain answers out, always with the proven distance from the best.

    from chengyun.places.siting import Costs, Problem, Watch, solve
    answer = solve("cover", Problem(Costs.dense(metres, limit=500), residents, sites=3), Watch(seconds=10, told=print))

Goals: `cover` (most weight within reach), `median` (least weighted cost), `centre` (least worst cost), `cheapest` (all
in reach at least price). `first` answers within milliseconds; `solve` tells that answer first, then better ones, then
the proof, until it is done, out of time, or stopped.
"""

from chengyun.places.siting.explain import AreaGain, Comparison, Explanation, SiteShare, explain
from chengyun.places.siting.problem import Answer, Costs, NoPlan, Problem, Watch
from chengyun.places.siting.solve import GOALS, first, solve, value_of, warm

__all__ = [
    "GOALS",
    "Answer",
    "AreaGain",
    "Comparison",
    "Costs",
    "Explanation",
    "NoPlan",
    "Problem",
    "SiteShare",
    "Watch",
    "explain",
    "first",
    "solve",
    "value_of",
    "warm",
]
