"""A small made-up town: two sectors of two cells each, two compounds, a few buildings, streets and facilities."""

from collections.abc import Callable
from datetime import date

from shapely import LineString, MultiPoint, Point, Polygon, box

from chengyun.places.shapes import (
    COMMUNITY_SCHEME,
    GRID_SCHEME,
    AreaShape,
    BuildingShape,
    CompoundShape,
    FacilityShape,
    GapShape,
    GroundShape,
    NameShape,
    PopulationShape,
    StreetShape,
    TownData,
)

WEST, SOUTH = 121.20, 31.40
STEP = 0.01


def square(column: float, row: float, width: float = 1.0, height: float = 1.0) -> Polygon:
    """A rectangle in steps of a hundredth of a degree from the town's corner."""
    west, south = WEST + column * STEP, SOUTH + row * STEP
    return box(west, south, west + width * STEP, south + height * STEP)


def at(column: float, row: float) -> Point:
    return Point(WEST + column * STEP, SOUTH + row * STEP)


def small_town(change: Callable[[TownData], None] | None = None) -> TownData:
    """The town; `change` may alter it before it is handed out."""
    data = TownData("SY", "试验镇", "Trial Town", square(0, 0, 2, 2), source="sample", district="试验区")
    data.schemes = [GRID_SCHEME, COMMUNITY_SCHEME]
    for column in (0, 1):
        data.areas.append(
            AreaShape(f"s{column}", "grid", "sector", f"S{column}", f"片区{column}", square(column, 0, 1, 2))
        )
        data.areas.append(
            AreaShape(
                f"g{column}", "grid", "grid", f"G{column}", f"网格{column}", square(column, 0, 1, 2), f"s{column}"
            )
        )
        for row in (0, 1):
            key = f"c{column}{row}"
            data.areas.append(
                AreaShape(key, "grid", "cell", key.upper(), f"单元{column}{row}", square(column, row), f"g{column}")
            )
    data.areas.append(AreaShape("q0", "community", "community", "Q0", "东风居民区", square(0, 0, 1, 2)))
    data.areas.append(AreaShape("x0", "community", "compound", "X0", "云岸新村", square(0.1, 0.1, 0.4, 0.4), "q0"))
    data.compounds.append(CompoundShape("x0", built=1996, households=320, gates=MultiPoint([at(0.1, 0.3)])))
    data.gaps.append(GapShape("community", "科创园区", square(1, 0, 1, 2), "园区管委会"))
    for number in (1, 2, 3):
        data.buildings.append(
            BuildingShape(
                f"b{number}", square(0.1 + 0.1 * number, 0.2, 0.05, 0.05), "residential", 6, None, 24, 1996, False,
                road="云岸路", lane="88", number=str(number), compound="x0",
            )
        )  # fmt: skip
    data.streets = [
        StreetShape("e1", 1, 2, LineString([at(0, 0.5), at(1, 0.5)]), "primary", "云岸路", speed=60),
        StreetShape("e2", 2, 3, LineString([at(1, 0.5), at(2, 0.5)]), "primary", "云岸路", speed=60),
        StreetShape("e3", 2, 4, LineString([at(1, 0.5), at(1, 1.8)]), "residential", "东风路"),
    ]
    data.facilities = [
        FacilityShape("f1", "hydrant", "", at(0.3, 0.4)),
        FacilityShape("f2", "childcare", "晨光托育园", at(0.6, 1.5), "云岸路 100号", capacity=60, floor_area=420),
        FacilityShape("f3", "market", "东风菜市场", at(1.5, 0.7), capacity=1200),
    ]
    data.grounds = [
        GroundShape("w1", "water", "river", square(0, 1.2, 2, 0.05), "试验河"),
        GroundShape("p1", "green", "park", square(1.5, 1.5, 0.3, 0.3), "滨河公园"),
    ]
    data.populations = [
        PopulationShape("area", "q0", "resident", 9200, date(2025, 1, 1), "普查"),
        PopulationShape("building", "b1", "actual", 70, date(2025, 1, 1), "登记"),
        PopulationShape("building", "b1", "actual", 18, date(2025, 1, 1), "登记", 60, None),
    ]
    data.names = [NameShape("老菜场", "alias", refers="facilities:f3")]
    if change:
        change(data)
    return data
