"""Registers about streets, green, water, waste, jobs and care."""

from collections.abc import Sequence
from datetime import date

from chengyun.demo.ruler.ground import Row, Scene, day_in, some, year_of


def waste_titles(scene: Scene) -> Sequence[Row]:
    """Model places of 2023: a bin room is missing."""
    rng = scene.chance("waste_titles")
    return [
        {
            "name": f"{home.name}{word}", "place_name": home.name, "title": title,
            "awarded_on": day_in(rng, *year_of(2023)),
        }
        for title, count, word in _TITLES
        for home in some(rng, scene.homes, count)
    ]  # fmt: skip


_TITLES = (
    ("home", 3, "精品示范居住区"),
    ("room", 1, "示范型垃圾房"),
    ("public", 1, "示范区域"),
    ("point", 2, "可回收物服务点"),
)


def bridges(scene: Scene) -> Sequence[Row]:
    """Ratings; one of class 3 was rebuilt in 2023, one still stands."""
    rng, rows = scene.chance("bridges"), []
    for number in range(min(60, scene.bridges)):
        third = number in (11, 37)
        rows.append(
            {
                "name": f"{number + 1}号桥", "class": "3" if third else ("1" if rng.random() < 0.6 else "2"),
                "rated_on": day_in(rng, *year_of(2022)), "eliminated_on": date(2023, 9, 18) if number == 11 else None,
            }
        )  # fmt: skip
    return rows


def watersheds(scene: Scene) -> Sequence[Row]:
    """Seven, of which six are done."""
    rng = scene.chance("watersheds")
    return [
        {"name": f"{n}号生态清洁小流域", "area": round(float(rng.uniform(2.5, 8)), 1), "done": n != 5}
        for n in range(1, 8)
    ]


def waste_weights(scene: Scene) -> Sequence[Row]:
    """Month by month: the recycled share creeps from 39 to 43 per cent."""
    rng, rows = scene.chance("waste_weights"), []
    for number, month in enumerate(scene.months(2024, 1)):
        total = float(rng.normal(7_900, 260))
        share = 0.39 + 0.0011 * number + float(rng.normal(0, 0.006))
        rows.append({"month": month, "total": round(total, 1), "recycled": round(total * share, 1)})
    return rows


def benchmarks(_: Scene) -> Sequence[Row]:
    """What the city and the district say: the average of recycling, and the standard for dust."""
    rows: list[Row] = []
    for year, recycling, dust in ((2024, 0.41, 4.2), (2025, 0.42, 4.0), (2026, 0.43, 3.9)):
        day, issuer = date(year, 1, 20), "合成数据（虚构）"
        rows.append({"item": "生活垃圾回收利用率", "period": day, "value": recycling, "issuer": issuer})
        rows.append({"item": "月平均降尘量考核标准", "period": day, "value": dust, "issuer": issuer})
    return rows


def pocket_parks(scene: Scene) -> Sequence[Row]:
    """Two a year, and one of this year's is behind."""
    rng, rows = scene.chance("pocket_parks"), []
    for number, name in enumerate(some(rng, scene.communities, 11)):
        year = 2021 + number // 2
        rows.append(
            {
                "name": f"{name}{year}年口袋公园", "kind": "rebuilt" if number % 3 == 0 else "new", "place_name": name,
                "area": round(float(rng.uniform(600, 4_200))), "done_on": day_in(rng, *year_of(year)),
            }
        )  # fmt: skip
    return rows


def road_projects(scene: Scene) -> Sequence[Row]:
    """Nine landscape roads of eleven, two model roads, two links."""
    rng, rows = scene.chance("road_projects"), []
    kinds = ["landscape"] * 9 + ["model"] * 2 + ["link"] * 2
    for kind, road in zip(kinds, some(rng, scene.roads, len(kinds)), strict=False):
        rows.append(
            {
                "name": road, "kind": kind, "length": round(float(rng.uniform(0.6, 3.4)), 2),
                "done_on": day_in(rng, date(2021, 3, 1), date(2025, 12, 20)),
            }
        )  # fmt: skip
    return rows


def green_projects(scene: Scene) -> Sequence[Row]:
    """New green spaces of 2021 to 2025; the ring parks lie in other towns."""
    rng, rows = scene.chance("green_projects"), []
    for number, name in enumerate(some(rng, scene.communities, 14)):
        rows.append(
            {
                "name": f"{name}公共绿地", "kind": "new", "area": round(float(rng.uniform(6_000, 19_000))),
                "done_on": day_in(rng, *year_of(2021 + number % 5)),
            }
        )  # fmt: skip
    return rows


def dustfall(scene: Scene) -> Sequence[Row]:
    """Four stations; the one beside the works is above the limit."""
    rng, rows = scene.chance("dustfall"), []
    for month in scene.months(2024, 11):
        season = 0.5 if month.month in (3, 4, 12) else 0.0
        for station, level in (("镇政府", 3.2), ("产业园", 4.6), ("中心公园", 2.9), ("南片", 3.5)):
            value = max(1.2, level + season + float(rng.normal(0, 0.35)))
            rows.append({"station": station, "month": month, "value": round(value, 2)})
    return rows


def jobs_added(scene: Scene) -> Sequence[Row]:
    """About 70 jobs a month since 2021."""
    rng = scene.chance("jobs_added")
    return [{"month": month, "added": int(rng.poisson(71))} for month in scene.months(2021, 1)]


def startups(scene: Scene) -> Sequence[Row]:
    """About 80 a year."""
    rng = scene.chance("startups")
    return [
        {"code": f"CY{year}{number + 1:03d}", "helped_on": day_in(rng, *year_of(year))}
        for year in range(2021, scene.today.year + 1)
        for number in range(int(rng.integers(74, 90)))
    ]


def elder_beds(scene: Scene) -> Sequence[Row]:
    """Care beds fall 30 short of 150, nursing beds do not."""
    rng, rows = scene.chance("elder_beds"), []
    for number, (kind, beds) in enumerate((("care", 60), ("care", 60), ("nursing", 50), ("nursing", 42))):
        rows.append(
            {
                "home": f"{number + 1}号机构（虚构）", "kind": kind, "beds": beds,
                "opened_on": day_in(rng, *year_of(2022 + number)),
            }
        )  # fmt: skip
    return rows


def meal_points(scene: Scene) -> Sequence[Row]:
    """Eight in five years."""
    rng = scene.chance("meal_points")
    return [
        {"name": f"{name}助餐点", "place_name": name, "opened_on": day_in(rng, *year_of(2021 + number % 5))}
        for number, name in enumerate(some(rng, scene.communities, 8))
    ]


def waters(scene: Scene) -> Sequence[Row]:
    """Rivers and ponds; two that the town keeps itself are not treated yet."""
    rng, rows = scene.chance("waters"), []
    for number, (name, sub) in enumerate(scene.waters):
        kind = "small" if sub == "pond" else "river"
        rows.append({"name": name, "kind": kind, "own": bool(rng.random() < 0.8), "governed": number not in (2, 9)})
    return rows


def key_areas(scene: Scene) -> Sequence[Row]:
    """The town's centre and what people come for."""
    return [
        {"name": name, "lng": lng, "lat": lat} for name, lng, lat in {row[0]: row for row in scene.key_places}.values()
    ]
