"""A mixed-integer model given to HiGHS as sparse arrays, with its progress and its proof."""

from collections.abc import Callable
from dataclasses import dataclass, field

import highspy
import numpy as np

from chengyun.places.siting.problem import Floats, Longs, Watch

Found = Callable[[Floats, float, float], None]


@dataclass
class Model:
    """Minimise `cost` · x with `low` <= x <= `high`, the first `whole` columns whole numbers; rows are added."""

    cost: Floats
    high: Floats
    whole: int
    low: Floats | None = None
    starts: list[int] = field(default_factory=lambda: [0])
    columns: list[Longs] = field(default_factory=list)
    factors: list[Floats] = field(default_factory=list)
    least: list[float] = field(default_factory=list)
    greatest: list[float] = field(default_factory=list)

    def row(self, columns: Longs, factors: Floats, least: float = -np.inf, greatest: float = np.inf) -> None:
        """`least` <= factors · x[columns] <= `greatest`."""
        self.rows(np.array([len(columns)]), columns, factors, np.array([least]), np.array([greatest]))

    def rows(self, lengths: Longs, columns: Longs, factors: Floats, least: Floats, greatest: Floats) -> None:
        """Several rows at once: their lengths, and their entries one after the other."""
        self.starts += (self.starts[-1] + np.cumsum(lengths)).tolist()
        self.columns.append(np.asarray(columns))
        self.factors.append(np.asarray(factors, np.float64))
        self.least += least.tolist()
        self.greatest += greatest.tolist()


@dataclass(frozen=True)
class Solved:
    """`x` (None: none found), its value, what nothing can be below, and whether there is nothing at all."""

    x: Floats | None
    value: float
    bound: float
    impossible: bool


def _built(model: Model) -> highspy.HighsLp:
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(model.cost), len(model.least)
    lp.col_cost_, lp.col_upper_ = model.cost, model.high
    lp.col_lower_ = np.zeros(len(model.cost)) if model.low is None else model.low
    lp.row_lower_, lp.row_upper_ = np.array(model.least), np.array(model.greatest)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.array(model.starts, np.int32)
    lp.a_matrix_.index_ = np.concatenate([*model.columns, np.zeros(0, np.int64)]).astype(np.int32)
    lp.a_matrix_.value_ = np.concatenate([*model.factors, np.zeros(0)])
    kinds = [highspy.HighsVarType.kInteger] * model.whole
    lp.integrality_ = kinds + [highspy.HighsVarType.kContinuous] * (len(model.cost) - model.whole)
    return lp


def minimise(
    model: Model,
    watch: Watch,
    start: Floats | None = None,
    found: Found | None = None,
    target: float = -np.inf,
    presolve: str = "choose",
) -> Solved:
    """Solves within the watch's time; `start` is a first x, `found` is told (x, value, bound) of each better one.

    A solution at or below `target` is good enough. `presolve` "off": the model is as small as it gets already."""
    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    highs.silent()
    highs.setOptionValue("time_limit", max(watch.left, 0.01))
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.setOptionValue("objective_target", target)
    highs.setOptionValue("presolve", presolve)
    highs.passModel(_built(model))
    if start is not None:
        solution = highspy.HighsSolution()
        solution.col_value = start.tolist()
        highs.setSolution(solution)

    def tell(event: highspy.HighsCallbackEvent) -> None:
        if found is not None:
            out = event.data_out
            found(np.array(out.mip_solution), out.mip_primal_bound, out.mip_dual_bound)

    def halt(event: highspy.HighsCallbackEvent) -> None:
        event.interrupt(watch.stop())

    highs.cbMipImprovingSolution += tell
    highs.cbMipInterrupt += halt
    highs.run()
    return _read(highs)


def _read(highs: highspy.Highs) -> Solved:
    info, status = highs.getInfo(), highs.getModelStatus()
    has = info.primal_solution_status == 2  # a feasible point
    x = np.array(highs.getSolution().col_value) if has else None
    done = status == highspy.HighsModelStatus.kOptimal
    value = info.objective_function_value if has else np.inf
    return Solved(x, value, value if done else info.mip_dual_bound, status == highspy.HighsModelStatus.kInfeasible)
