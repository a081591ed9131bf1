"""The life circle, what-if and siting through the endpoints, against ways found by hand on the sample town."""

import base64
import heapq
import io
from typing import Any

import numpy as np
import openpyxl
import pytest

from chengyun.indicators.actions.definitions import keep_threshold
from chengyun.indicators.circle import demands as rules
from chengyun.indicators.circle.explaining import FAR, LITTLE, MUCH, NEAR, NEW, SOME, gains_of
from chengyun.indicators.circle.proving import SITE
from chengyun.indicators.circle.state import FARTHEST, circle_of
from chengyun.indicators.definitions import ThresholdShape
from chengyun.indicators.evaluating import evaluate_town
from chengyun.indicators.models import Threshold
from chengyun.kernel.actor import System
from chengyun.kernel.jobs.models import Job
from chengyun.kernel.jobs.queue import claim, execute
from chengyun.places.models import Facility, Town
from chengyun.places.reach.costing import PACE
from places.sample import at

pytestmark = pytest.mark.django_db
ACTOR = System("test")


def limit(town: Town, category: str, metric: str, value: float, circle: int = 10, **more: Any) -> None:
    given = {
        "code": f"{category}-{metric}", "zh": category, "en": category, "jurisdiction": "national", "circle": circle,
        "category": category, "metric": metric, "mode": "foot", "comparator": "<=", "value": value,
        "unit": "minutes" if metric == "time" else "m", "clause": "试验标准 1.0.1",
    }  # fmt: skip
    keep_threshold(town, actor=ACTOR, given=ThresholdShape(**(given | more)))


@pytest.fixture
def town(measured: Town) -> Town:
    limit(measured, "childcare", "time", 10)
    limit(measured, "market", "street", 500)
    return measured


def arrays(row: dict[str, Any], name: str) -> list[int]:
    return list(base64.b64decode(row[name]))


def rows(answer: Any) -> dict[str, dict[str, Any]]:
    assert answer.status_code == 200, answer.content
    return {row["category"]: row for row in answer.json()["categories"]}


def slow_seconds(town: Town, category: str, pace: float) -> list[float]:
    """The way from every home to the nearest facility: a plain graph of every edge, points put in by hand."""
    with circle_of(town) as (_, circle):
        ways, homes, services = circle.ways, circle.homes, circle.services
        assert ways is not None
        assert services is not None
        assert homes.places is not None
        net, number = ways.timed, circle.categories.index(category)
        ticks = net.core.streets.ahead[net.core.streets.of_edge] / 10
        costs = ticks - ways.lengths / PACE["adult"] + ways.lengths / pace
        ends = services.sources.places[services.sources.category == number]
    edges = [(t, h, c) for (t, h), c in zip(net.edges.tolist(), costs.tolist(), strict=True) if c < 1e6]

    def joined(name: str, places: Any, which: int) -> list[tuple[Any, Any, float]]:
        edge, share = int(places.edge[which]), float(places.fraction[which])
        off = float(places.offset[which]) / pace
        tail, head = net.edges[edge].tolist()
        return [(name, tail, share * costs[edge] + off), (name, head, (1 - share) * costs[edge] + off)]

    for n in range(len(ends)):
        edges += joined(f"end{n}", ends, n)
    names = [f"end{n}" for n in range(len(ends))]
    return [shortest([*edges, *joined("home", homes.places, n)], names) for n in range(len(homes.places))]


def shortest(edges: list[tuple[Any, Any, float]], ends: list[str]) -> float:
    """Dijkstra from "home", as it stands in any book."""
    near: dict[Any, list[tuple[Any, float]]] = {}
    for one, two, cost in edges:
        near.setdefault(one, []).append((two, cost))
        near.setdefault(two, []).append((one, cost))
    cost_of, queue, turn = {"home": 0.0}, [(0.0, 0, "home")], 0
    done: set[Any] = set()
    while queue:
        cost, _, node = heapq.heappop(queue)
        if node in done:
            continue
        done.add(node)
        for other, step in near.get(node, []):
            if cost + step < cost_of.get(other, np.inf):
                cost_of[other], turn = cost + step, turn + 1
                heapq.heappush(queue, (cost + step, turn, other))
    return min((cost_of.get(end, np.inf) for end in ends), default=np.inf)


@pytest.mark.parametrize("age", ["child", "adult", "old"])
def test_minutes_are_those_of_a_plain_search(town: Town, session: Any, age: str) -> None:
    found = rows(session("planner").get(f"indicators/circle?age={age}"))
    for category in ("childcare", "market"):
        wanted = [s / 60 if s / 60 <= FARTHEST else np.inf for s in slow_seconds(town, category, PACE[age])]
        got = [m / 10 if m < 255 else np.inf for m in arrays(found[category], "minutes")]
        assert got == pytest.approx(wanted, abs=0.11), category


def test_what_is_not_known_is_neither_met_nor_a_gap(town: Town, session: Any) -> None:
    limit(town, "health_centre", "street", 300)  # no such facility is in the register
    limit(town, "hydrant", "straight", 5000)  # nearer to the edge of the data than the limit, but in reach
    found = rows(session("planner").get("indicators/circle"))
    assert set(arrays(found["health_centre"], "states")) == {2}
    assert (found["health_centre"]["recorded"], found["hydrant"]["recorded"]) == (False, True)
    assert set(arrays(found["hydrant"], "states")) == {1}
    assert found["hydrant"]["homes"] == {"gap": 0, "met": 3, "unknown": 0}


def test_a_facility_that_is_tried_changes_homes_and_indicators(town: Town, keep: Any, session: Any) -> None:
    keep("places", "sum of capacity of childcare(state = in_service)", target=100)
    evaluate_town(town)
    planner = session("planner")
    before = rows(planner.get("indicators/circle"))["childcare"]
    spot = at(0.12, 0.3)
    body = {"changes": [{"act": "add", "category": "childcare", "point": [spot.x, spot.y], "capacity": 50}]}
    tried = planner.post("indicators/circle/try", body).json()
    after = {row["category"]: row for row in tried["categories"]}
    assert set(after) == {"childcare"}
    assert min(arrays(after["childcare"], "minutes")) < min(arrays(before, "minutes"))
    assert 1 in arrays(after["childcare"], "states")
    assert 1 not in arrays(before, "states")
    figure = tried["indicators"][0]
    assert (figure["code"], figure["areas"][0]["before"]["value"], figure["areas"][0]["after"]["value"]) == (
        "places", 60, 110,
    )  # fmt: skip
    assert figure["areas"][0]["after"]["state"] == "met"
    assert rows(planner.get("indicators/circle"))["childcare"] == before, "a trial leaves no trace"


def test_a_gate_that_is_shut_cuts_homes_off(town: Town, session: Any) -> None:
    planner = session("planner")
    before = rows(planner.get("indicators/circle"))["market"]
    street = at(0.5, 0.5)
    body = {"ways": [{"kind": "street", "point": [street.x, street.y], "opened": False}]}
    tried = planner.post("indicators/circle/try", body).json()
    assert tried["ways"][0]["name"] == "云岸路"
    after = {row["category"]: row for row in tried["categories"]}["market"]
    assert min(arrays(after, "minutes")) >= min(arrays(before, "minutes"))
    far = at(1.5, 1.5)
    refused = planner.post("indicators/circle/try", {"ways": [{"kind": "gate", "point": [far.x, far.y]}]})
    assert (refused.status_code, refused.json()["code"]) == (422, "indicators.no_way_here")


def test_closing_the_only_facility_takes_it_out_of_reach(town: Town, session: Any) -> None:
    one = Facility.objects.as_system("test").get(category__code="childcare")
    planner = session("planner")
    tried = planner.post("indicators/circle/try", {"changes": [{"act": "close", "facility": str(one.uuid)}]}).json()
    assert set(arrays(tried["categories"][0], "minutes")) == {255}


def test_a_card_names_the_nearest_and_the_way(town: Town, session: Any) -> None:
    planner, home = session("planner"), at(0.22, 0.3)
    answer = planner.get(f"indicators/circle/card?lng={home.x}&lat={home.y}")
    assert answer.status_code == 200, answer.content
    card = answer.json()
    assert (card["compound"], card["community"]) == ("云岸新村", "东风居民区")
    areas = [ring["square_metres"] for ring in card["rings"]]
    assert areas == sorted(areas, reverse=True)
    assert [ring["minutes"] for ring in card["rings"]] == [15, 10, 5]
    near = {one["category"]: one["nearest"] for one in card["items"] if one["nearest"]}
    for one in near.values():
        assert len(one["line"]) >= 2
        assert one["minutes"] <= FARTHEST
    assert planner.get("indicators/circle/card?lng=10&lat=10").json()["code"] == "indicators.no_streets_here"


def test_sites_are_proposed_proven_and_compared(town: Town, session: Any) -> None:
    planner, own = session("planner"), at(1.9, 0.5)
    body = {"category": "childcare", "sites": 1, "sources": ["any"], "minutes": 15, "own": [[own.x, own.y]]}
    answer = planner.post("indicators/siting", body)
    assert answer.status_code == 200, answer.content
    found = answer.json()["answer"]
    assert found["sites"][0]["label"].startswith("云岸路88弄")
    assert found["before"] < found["after"] <= found["total"]
    assert found["own"]["behind"] > 0
    assert sum(area["after"] - area["before"] for area in found["areas"]) == pytest.approx(
        found["after"] - found["before"], abs=2
    )
    again = planner.post("indicators/siting", body | {"method": "median"})
    job = again.json()["job"]
    if job is not None:
        run(job)
        done = planner.get(f"kernel/jobs/{job}").json()
        assert (done["state"], done["result"]["sites"][0]["source"]) == ("done", "any")
    below = planner.post("indicators/siting", {"category": "childcare", "sources": ["any"], "prices": {"any": -1}})
    assert (below.status_code, below.json()["code"]) == (422, "indicators.no_plan_prices")
    paid = planner.post(
        "indicators/siting", {"category": "childcare", "sources": ["any"], "method": "median", "budget": 3}
    )
    assert (paid.status_code, paid.json()["code"]) == (422, "indicators.no_plan_budget_goal")
    nowhere = planner.post("indicators/siting", {"category": "childcare", "own": [[500, 500]]})
    assert (nowhere.status_code, nowhere.json()["code"]) == (422, "kernel.invalid_input")
    empty = planner.post("indicators/siting", {"category": "childcare", "sources": []})
    assert (empty.status_code, empty.json()["code"]) == (422, "indicators.no_candidates")


def run(job: str) -> None:
    Job.objects.as_system("test").exclude(kind=SITE).delete()
    row = claim("test")
    assert row is not None
    assert str(row.uuid) == job
    execute(row, lambda: False)


def test_a_category_says_which_indicators_fall_short(town: Town, keep: Any, session: Any) -> None:
    row = keep("places", "sum of capacity of childcare(state = in_service)", target=100)
    evaluate_town(town)
    planner = session("planner")
    found = planner.get("indicators/circle/indicators?category=childcare").json()
    assert [(one["code"], one["value"], one["target"], one["state"]) for one in found] == [("places", 60, 100, "gap")]
    short = found[0]["gaps"][0]
    assert (short["area"]["role"], short["raised"]) == ("town", False)
    made = planner.post(f"indicators/{row.uuid}/gaps", {"area": short["area"]["id"], "mode": "tasks"})
    assert made.status_code == 201, made.content
    assert planner.get("indicators/circle/indicators?category=childcare").json()[0]["gaps"][0]["raised"] is True
    assert planner.get("indicators/circle/indicators?category=hydrant").json() == []


def test_files_say_the_same(town: Town, session: Any) -> None:
    planner = session("planner")
    sheet = openpyxl.load_workbook(io.BytesIO(planner.get("indicators/circle/areas.xlsx").content)).active
    assert sheet is not None
    assert sheet.max_row == 1 + 2 * len(planner.get("indicators/circle").json()["areas"])
    homes = planner.get("indicators/circle/homes.geojson").json()["features"]
    assert len(homes) == len(planner.get("indicators/circle/buildings.geojson").json()["features"]) == 3
    assert set(homes[0]["properties"]["minutes"]) == {"childcare", "market"}


def test_one_without_the_right_sees_nothing(town: Town, session: Any) -> None:
    outsider = session("contractor")
    for path in ("circle", "circle/buildings.geojson", "circle/card?lng=121.2&lat=31.4", "circle/areas.xlsx"):
        assert outsider.get(f"indicators/{path}").status_code == 403
    assert outsider.post("indicators/circle/try", {}).status_code == 403
    assert outsider.post("indicators/siting", {"category": "childcare"}).status_code == 403


def test_a_towns_own_standard_holds_before_the_national_one() -> None:
    def row(code: str, **more: Any) -> Threshold:
        said = {
            "jurisdiction": "national", "circle": 5, "category": "childcare", "metric": "street", "comparator": "<=",
            "value": 300, "unit": "m", "mode": "foot",
        }  # fmt: skip
        return Threshold(code=code, **(said | more))

    limits = [row("a"), row("b", jurisdiction="shanghai", metric="time", value=10, circle=10)]
    assert [one.code for one in rules.demands(limits)] == ["b"]
    classed = [*limits, row("c", district_class="new_town", value=800)]
    assert [one.code for one in rules.demands(classed, "new_town")] == ["c"]
    assert [one.code for one in rules.demands(classed, "main_city")] == ["b"]
    assert rules.demands([row("d", metric="quota"), row("e", mode="car"), row("f", circle=None)]) == ()


def test_a_town_whose_standards_ask_for_nothing_has_an_empty_circle(measured: Town, session: Any) -> None:
    planner = session("planner")
    found = planner.get("indicators/circle").json()
    assert (found["categories"], found["areas"], found["buildings"]) == ([], [], 3)
    assert planner.post("indicators/circle/try", {}).json()["changed"] == 0
    assert planner.get("indicators/circle/areas.xlsx").status_code == 200


def test_each_home_says_what_a_site_brings_it(town: Town, session: Any) -> None:
    planner, own = session("planner"), at(1.9, 0.5)
    body = {"category": "childcare", "sites": 1, "sources": ["any"], "minutes": 15, "own": [[own.x, own.y]]}
    found = planner.post("indicators/siting", body).json()["answer"]
    homes = planner.get("indicators/circle/buildings.geojson").json()
    assert found["stamp"] == homes["stamp"]
    gains, through = base64.b64decode(found["homes"]["gains"]), base64.b64decode(found["homes"]["sites"])
    before, after = (
        np.frombuffer(base64.b64decode(one), dtype="<u2") for one in (found["ways"], found["homes"]["ways"])
    )
    assert len(gains) == len(through) == len(before) == len(after) == len(homes["features"])
    assert [number > 0 for number in through] == [kind > NEAR for kind in gains] == (after < before).tolist()
    assert sum(found["homes"]["people"]) == pytest.approx(found["total"], abs=1)
    assert found["homes"]["people"][NEW] == pytest.approx(found["after"] - found["before"], abs=1)
    assert found["homes"]["counts"] == [gains.count(kind) for kind in range(NEW + 1)]
    assert found["own"]["after"] - found["before"] == pytest.approx(found["own"]["homes"]["people"][NEW], abs=1)
    assert [one["source"] for one in found["own"]["sites"]] == ["own"]
    site = found["sites"][0]
    assert site["nearer"] >= site["alone"] == pytest.approx(found["after"] - found["before"], abs=1)
    wide = planner.post("indicators/siting", body | {"method": "median", "minutes": 5}).json()["answer"]
    assert sum(one["alone"] for one in wide["sites"]) == wide["homes"]["people"][NEW] == wide["after"] - wide["before"]


def test_gains_are_told_apart_by_how_much_shorter_a_way_becomes() -> None:
    before = np.array([np.inf, 700, 700, 300, 300, 300, 300, 900])
    after = np.array([np.inf, 700, 590, 300, 250, 150, 0, 650])
    assert gains_of(before, after, 600, (100, 300)).tolist() == [FAR, FAR, NEW, NEAR, LITTLE, SOME, MUCH, SOME]


def test_nothing_is_sited_or_tried_of_a_kind_that_is_not_there(town: Town, session: Any) -> None:
    planner, here = session("planner"), at(1.9, 0.5)
    sited = planner.post("indicators/siting", {"category": "casino"})
    assert (sited.status_code, sited.json()["code"], sited.json()["field"]) == (
        422, "indicators.no_category", "category",
    )  # fmt: skip
    body = {"changes": [{"act": "add", "category": "casino", "point": [here.x, here.y]}]}
    tried = planner.post("indicators/circle/try", body)
    assert (tried.status_code, tried.json()["code"]) == (422, "indicators.no_category")
