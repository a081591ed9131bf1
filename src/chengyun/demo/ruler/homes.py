"""Registers about compounds and housing."""

from collections.abc import Sequence
from datetime import date, timedelta

from chengyun.demo.ruler.ground import Row, Scene, day_in, some, year_of


def green_communities(scene: Scene) -> Sequence[Row]:
    """30 communities of 2023, six of them above the plain grade; a few followed in later years."""
    rng, rows = scene.chance("green_community"), []
    for place, name in enumerate(some(rng, scene.communities, 34)):
        grade = "city" if place in (3, 17) else "district" if place in (1, 8, 20, 27) else "reached"
        year = 2023 if place < 30 else 2025
        rows.append({"community_name": name, "grade": grade, "reached_on": day_in(rng, *year_of(year))})
    return rows


def life_circle_projects(scene: Scene) -> Sequence[Row]:
    """Some of each kind; of those that improve one less than promised for 2023."""
    rng, rows = scene.chance("life_circle_projects"), []
    for number, name in enumerate(some(rng, scene.communities, 12)):
        kind = ("fill", "lift", "feature")[number % 3]
        started = day_in(rng, *year_of(2023 if number < 9 else 2025))
        done = started + timedelta(days=int(rng.integers(90, 300)))
        ready = done.year == 2023 or (kind == "fill" and number < 6)
        rows.append(
            {
                "name": f"{name}“生活圈+”{number + 1}号项目", "community_name": name, "kind": kind,
                "state": "done" if ready else "started", "started_on": started,
                "done_on": min(done, date(2023, 12, 20)) if ready else None,
            }
        )  # fmt: skip
    return rows


def housing_renewal(scene: Scene) -> Sequence[Row]:
    """Old estates by kind and year: overhaul is behind in 2024 and 2025, two estates were made self-contained."""
    rng, rows, homes = scene.chance("housing_renewal"), [], scene.old_homes(2005)
    plan = [("overhaul", 2023, 6, 19_000), ("overhaul", 2024, 5, 17_000), ("overhaul", 2025, 4, 18_500)]
    plan += [("repair", year, 7, 23_500) for year in range(2021, 2026)]
    plan += [("renewal", 2023, 1, 9_000), ("suite", 2024, 2, 17_600)]
    for kind, year, count, size in plan:
        for home in some(rng, homes, count):
            area = round(size * float(rng.uniform(0.85, 1.15)), 1)
            done = day_in(rng, date(year, 4, 1), date(year, 12, 20))
            rows.append(
                {
                    "name": f"{home.name}{year}年{_KINDS[kind]}", "compound_name": home.name, "kind": kind,
                    "area": area,
                    "buildings": 8 if kind == "suite" else round(area / 2_600), "flats": round(area / 27),
                    "started_on": done - timedelta(days=150), "done_on": done,
                }
            )  # fmt: skip
    return rows


_KINDS = {"overhaul": "综合整新", "repair": "综合修缮", "renewal": "旧住房更新", "suite": "成套改造"}


def lifts(scene: Scene) -> Sequence[Row]:
    """Staircases by stage: consents and starts of 2023 as promised, fewer finished."""
    rng, rows, homes = scene.chance("lifts"), [], scene.old_homes(2001)
    years = [2022] * 34 + [2023] * 37 + [2024] * 40 + [2025] * 38 + [2026] * 28
    for number, year in enumerate(years):
        home = homes[int(rng.integers(len(homes)))]
        consent = day_in(rng, date(year, 1, 5), date(year, 9, 30))
        started = consent + timedelta(days=int(rng.integers(30, 95))) if number % 5 else None
        done = started + timedelta(days=int(rng.integers(150, 330))) if started else None
        if scene.past(consent):
            rows.append(
                {
                    "stairway": f"{home.name}{number % 30 + 1}幢{number % 4 + 1}单元-{number + 1}",
                    "compound_name": home.name, "consent_on": consent, "started_on": scene.past(started),
                    "done_on": scene.past(done),
                }
            )  # fmt: skip
    return rows


def home_titles(scene: Scene) -> Sequence[Row]:
    """Compounds put forward in 2023: the model, and one special compound fewer than promised."""
    rng = scene.chance("home_titles")
    return [
        {
            "compound_name": home.name, "title": "model" if number == 0 else "feature",
            "applied_on": day_in(rng, *year_of(2023)),
        }
        for number, home in enumerate(some(rng, scene.homes, 9))
    ]  # fmt: skip


def waste_inspections(scene: Scene) -> Sequence[Row]:
    """Every compound once a month for a year and more; old ones and villages fail more often."""
    rng, rows = scene.chance("waste_inspections"), []
    for month in scene.months(2025, 10):
        for home in scene.homes:
            weak = 0.10 if home.village else 0.07 if home.year < 1995 else 0.025
            score, passed = float(rng.normal(92, 3)), bool(rng.random() > weak)
            on = month + timedelta(days=int(rng.integers(0, 28)))
            if scene.past(on):
                rows.append(
                    {
                        "compound_name": home.name, "inspected_on": on, "passed": passed,
                        "score": round(score if passed else min(score, 79.0), 1),
                    }
                )  # fmt: skip
    return rows


def ebike_sites(scene: Scene) -> Sequence[Row]:
    """Old compounds with charging rebuilt: 21 of 23; three existing sites in two compounds got fire equipment."""
    rng, rows = scene.chance("ebike_sites"), []
    for number, home in enumerate(scene.old_homes(1998)[:30]):
        rebuilt = day_in(rng, date(2023, 1, 10), date(2023, 12, 20)) if number < 21 else None
        rows.append(
            {
                "name": f"{home.name}充电场所", "compound_name": home.name, "old_compound": True,
                "existing": number >= 21, "rebuilt_on": rebuilt,
                "fire_added_on": date(2023, 8, 10 + number % 9) if 21 <= number < 23 else None,
            }
        )  # fmt: skip
    last = rows[21]
    rows.append({**last, "name": f"{last['compound_name']}充电场所二", "fire_added_on": date(2023, 9, 4)})
    return rows


def smart_gates(scene: Scene) -> Sequence[Row]:
    """Seven compounds in 2023, more in the years after."""
    rng = scene.chance("smart_gates")
    return [
        {
            "compound_name": home.name, "gates": int(rng.integers(8, 60)),
            "done_on": day_in(rng, *year_of(2023 + number // 7)),
        }
        for number, home in enumerate(some(rng, scene.old_homes(2012), 26))
    ]  # fmt: skip


def rain_sewage(scene: Scene) -> Sequence[Row]:
    """71 of the 76 compounds that were promised."""
    rng = scene.chance("rain_sewage")
    return [
        {"compound_name": home.name, "done_on": day_in(rng, date(2023, 2, 1), date(2025, 12, 20))}
        for home in some(rng, scene.old_homes(2008), 71)
    ]


def community_cloud(scene: Scene) -> Sequence[Row]:
    """Deployed everywhere; three communities do not use it."""
    rng = scene.chance("community_cloud")
    idle = set(some(rng, scene.communities, 3))
    return [
        {"community_name": name, "deployed": True, "entered": True, "used": name not in idle}
        for name in scene.communities
    ]


def rural_sewage(scene: Scene) -> Sequence[Row]:
    """Villages: one lags behind, together they are above what was promised."""
    rng, rows = scene.chance("rural_sewage"), []
    for number, home in enumerate(h for h in scene.homes if h.village):
        share = 0.71 if number == 4 else float(rng.uniform(0.95, 1.0))
        rows.append({"village": home.name, "households": home.households, "treated": round(home.households * share)})
    return rows
