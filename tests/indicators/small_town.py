"""A town small enough to reckon by hand."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from chengyun.indicators.formula.catalogue import Catalogue
from chengyun.indicators.formula.world import Level, World
from chengyun.kernel.measures import Ask, Coded, Field, Figures, Measure, Query, Table, lacking

SECTORS, GRIDS, COMPOUNDS = (11, 12), (21, 22, 23, 24), (31, 32, 33, 34, 35)
ABOVE = {21: 11, 22: 11, 23: 12, 24: 12, 31: 21, 32: 21, 33: 22, 34: 23, 35: 24}
LEVELS = (
    Level("admin", "town", "town", (1,)),
    Level("grid", "sector", "sector", SECTORS),
    Level("grid", "grid", "grid", GRIDS),
    Level("community", "compound", "compound", COMPOUNDS),
)
CATEGORIES = (("hydrant", "消火栓", "hydrant"), ("childcare", "托育机构", "childcare centre"), ("lamp", "路灯", "lamp"))
STATES = (("in_service", "在用", "in service"), ("out_of_service", "停用", "out of service"))
BASES = (("resident", "常住人口", "residents"),)
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


class FlatStreets:
    """Streets on which every way is the sum of its sides; one walks 60 metres a minute."""

    def attach(self, points: Any, compound: Any) -> Any:  # noqa: ARG002  there are no walls
        return points

    def nearest(self, origins: Any, targets: Any, limit: float, timed: bool) -> Any:
        cost = self._costs(origins, targets, timed)
        best = cost.min(axis=1)
        return np.where(best <= limit, best, np.inf)

    def counts(self, origins: Any, targets: Any, limit: float, timed: bool) -> Any:
        return (self._costs(origins, targets, timed) <= limit).sum(axis=1)

    def _costs(self, origins: Any, targets: Any, timed: bool) -> Any:
        metres = np.abs(origins[:, None, :] - targets[None, :, :]).sum(axis=2)
        return metres / 60 if timed else metres


class FlatGround:
    """Degrees are metres; the data ends `border` metres out."""

    levels: Sequence[Level] = LEVELS

    def __init__(self, border: float = np.inf, walking: bool = True) -> None:
        self.border = border
        self.walking = walking

    def place(self, table: Table) -> Mapping[str, Any]:
        found = dict(table.areas)
        for below, above in (("compound", "grid"), ("grid", "sector")):
            if below in found and above not in found:
                found[above] = np.array([ABOVE.get(int(a), -1) for a in found[below]], dtype=np.int64)
        return found

    def project(self, lng: Any, lat: Any) -> Any:
        return np.column_stack([lng, lat])

    def edge(self, points: Any) -> Any:
        return np.full(len(points), np.inf) if np.isinf(self.border) else self.border - np.abs(points).max(axis=1)

    def streets(self, metric: str) -> Any:
        return FlatStreets() if self.walking and metric == "foot" else None


class SmallTown:
    """Tables that a test may change; measures over them."""

    def __init__(self, **tables: Table) -> None:
        self.tables = tables
        self.loads: list[tuple[str, Any]] = []
        self.people: dict[int, float] = {}
        self.estimated: set[int] = set()

    def load(self, measure: Measure, ask: Ask) -> Table:
        self.loads.append((measure.name, ask.keys))
        table = self.tables[measure.name.partition(".")[2]]
        return table if ask.keys is None else table.take(np.isin(table.key, list(ask.keys)))

    def figures(self, query: Query) -> Figures:
        values = [self.people.get(area, np.nan) for area in query.areas]
        return Figures(np.array(values, dtype=float), np.array([a in self.estimated for a in query.areas], dtype=bool))

    def measures(self) -> list[Measure]:
        def field(name: str, kind: Any, zh: str, **more: Any) -> Field:
            return Field(name, kind, zh, name, **more)

        def words(words: Any) -> Any:
            return lambda town: words

        def nothing(ask: Ask) -> Table:
            raise AssertionError("the world loads")

        return [
            Measure("places.facilities", "设施", "facilities", "个", "places.read", (
                field("category", "choice", "类别", choices=words(CATEGORIES)),
                field("state", "choice", "状态", choices=words(STATES)),
                field("capacity", "number", "容量"),
                field("source", "choice", "光源"),
                field("compound", "ref", "小区", of="places.compounds"),
            ), load=nothing),
            Measure("places.compounds", "小区", "compounds", "个", "places.read", (
                field("kind", "choice", "类型"),
                field("households", "number", "户数", unit="户"),
                field("floor_area", "number", "建筑面积", unit="m2"),
            ), load=nothing),
            Measure("places.buildings", "建筑", "buildings", "幢", "places.read", (
                field("use", "choice", "用途"),
                field("households", "number", "户数", unit="户"),
                field("compound", "ref", "小区", of="places.compounds"),
            ), load=nothing),
            Measure("cases.cases", "案件", "cases", "件", "cases.read", (
                field("state", "choice", "状态"),
                field("on_time", "flag", "按期"),
            ), load=nothing),
            Measure("registers.tax", "税收台账", "tax", "条", "indicators.read", (
                field("amount", "number", "税额", unit="万元"),
            ), load=nothing),
            Measure("places.people", "人口", "people", "person", "places.read", (
                field("basis", "choice", "口径", required=True, choices=words(BASES)),
                field("age", "number", "年龄"),
            ), figures=self.figures),
            Measure("places.land", "土地面积", "land", "m2", "places.read", figures=self.figures),
        ]  # fmt: skip

    def world(self, ground: FlatGround | None = None) -> World:
        found = {one.name: one for one in self.measures()}
        return World(1, ground or FlatGround(), found.get, self.load)

    def catalogue(self) -> Catalogue:
        return Catalogue(self.measures(), 1)


def table(keys: Sequence[int], points: Any = None, areas: Any = None, day: Any = None, **columns: Any) -> Table:
    """A table; WORDS are columns of words, `compound` is a reference."""
    made = {name: _column(name, values) for name, values in columns.items()}
    xy = np.array(points if points is not None else [(np.nan, np.nan)] * len(keys), dtype=float).reshape(-1, 2)
    return Table(
        np.array(keys, dtype=np.int64),
        made,
        {role: np.array(ids, dtype=np.int64) for role, ids in (areas or {}).items()},
        xy[:, 0],
        xy[:, 1],
        None if day is None else np.array(day, dtype="datetime64[D]"),
    )


WORDS = {"kind", "use", "category", "state", "source"}


def _column(name: str, values: Sequence[Any]) -> Any:
    if name in WORDS:
        return Coded.of(values)
    return np.array(values, dtype=np.int64 if name == "compound" else float)


def town() -> SmallTown:
    """Five compounds with a building or two each, hydrants, childcare, lamps, a few cases."""
    return SmallTown(
        compounds=table(
            [31, 32, 33, 34, 35], [(0, 0), (1000, 0), (2000, 0), (3000, 0), (4000, 0)],
            {"compound": COMPOUNDS}, kind=["estate", "estate", "village", "estate", None],
            households=[100.0, 200.0, 50.0, 300.0, 10.0], floor_area=[1e4, 2e4, 5e3, np.nan, 1e3],
        ),
        buildings=table(
            [1, 2, 3, 4, 5, 6], [(0, 0), (100, 0), (1000, 0), (2000, 0), (3000, 0), (3000, 400)],
            {"compound": [31, 31, 32, 33, 34, 34]}, use=["residential"] * 6,
            households=[60.0, 40.0, 200.0, 50.0, 150.0, 150.0], compound=[31, 31, 32, 33, 34, 34],
        ),
        facilities=table(
            [101, 102, 103, 104, 105, 106, 107], [(50, 0), (1000, 150), (2000, 151), (3000, 0),
            (1000, 10), (0, 0), (9, 9)], {"grid": [21, 21, 22, 23, 21, 21, 24]},
            category=["hydrant", "hydrant", "hydrant", "hydrant", "childcare", "lamp", "lamp"],
            state=["in_service"] * 7, capacity=[np.nan] * 4 + [45.0, np.nan, np.nan],
            source=[None, None, None, None, None, "LED", None], compound=[31, 32, 33, 34, 32, 31, -1],
        ),
        cases=table(
            [1, 2, 3, 4], None, {"grid": [21, 21, 22, -1]},
            ["2026-11-02", "2026-11-30", "2026-10-31", "2026-11-05"],
            state=["closed", "closed", "closed", "handling"], on_time=[1.0, 0.0, 1.0, np.nan],
        ),
        tax=lacking("tax", "税收台账", "tax register"),
    )  # fmt: skip
