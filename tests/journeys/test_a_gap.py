"""The ruler: a planner finds the gap in childcare, drags a centre in, asks for the best sites, makes a task of it."""

import re
import time
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from journeys.conftest import Open
from journeys.served import Served

pytestmark = pytest.mark.journey

WAIT = 45_000  # the first look at a town's ways reads all of its streets
PLACES = "childcare-places"
PROMISED = 6.0  # places per 1,000 residents: more than the town has


def api(page: Page, served: Served, method: str, path: str, body: Any = None) -> Any:
    cookies = {c["name"]: c["value"] for c in page.context.cookies()}
    headers = {"X-CSRFToken": cookies["chengyun_csrf"], "Referer": served.url}
    answer = page.request.fetch(f"{served.url}/api/v1/{path}", method=method, data=body, headers=headers)
    assert answer.ok, answer.text()
    return answer.json()


def promise(page: Page, served: Served) -> None:
    """The plan asks for more places than there are; the ruler has measured it."""
    listed = api(page, served, "GET", "indicators?limit=200")["items"]
    one = next(row for row in listed if row["code"] == PLACES)
    api(page, served, "PUT", f"indicators/{one['id']}/target", {"comparator": ">=", "value": PROMISED})
    api(page, served, "POST", "indicators/evaluate")
    end = time.monotonic() + 60
    while time.monotonic() < end:
        found = api(page, served, "GET", "indicators/circle/indicators?category=childcare")
        if any(row["code"] == PLACES and row["state"] == "gap" for row in found):
            return
        time.sleep(0.5)
    raise AssertionError("the town was not measured in time")


def test_a_gap_in_childcare_becomes_a_task(opened: Open, served: Served) -> None:
    page = opened("planner", "/circle?kinds=childcare")
    promise(page, served)
    page.reload()
    gaps = page.get_by_role("region", name="托育机构：指标与缺口")
    expect(gaps.get_by_text("缺口").first).to_be_visible(timeout=WAIT)
    expect(gaps.get_by_text("目标6")).to_be_visible()
    legend = page.get_by_role("group", name="图例")
    expect(legend.get_by_text("超过15分钟")).to_be_visible()

    ground = page.locator(".frame[data-ready='true'] .ground")
    expect(ground).to_be_visible(timeout=WAIT)
    trial = page.get_by_role("region", name="方案推演")
    trial.get_by_role("button", name="拖到地图上：新增托育机构").drag_to(ground, target_position={"x": 420, "y": 380})
    figures = trial.get_by_role("table")
    expect(figures).to_contain_text("每千常住人口3岁以下婴幼儿托位数", timeout=WAIT)
    before, after = figure(figures.inner_text())
    assert after > before
    assert "changes=" in page.url, "a trial can be sent as a link"

    gaps.get_by_role("link", name=re.compile("选址")).click()
    page.get_by_role("button", name="求解").click()
    answer = page.get_by_role("region", name="选址结果")
    expect(answer).to_contain_text("建议选址3处", timeout=WAIT)
    expect(answer).to_contain_text("已证明最优", timeout=WAIT)
    answer.get_by_role("button", name="带入方案推演").click()
    expect(trial.get_by_role("listitem")).to_have_count(3, timeout=WAIT)
    expect(figures).to_be_visible(timeout=WAIT)
    assert figure(figures.inner_text())[1] > after, "three centres hold more than one"

    gaps.get_by_role("button", name="转为任务").first.click()
    expect(gaps.get_by_text("已在办理")).to_be_visible(timeout=WAIT)
    raised = api(page, served, "GET", "indicators/gaps")["items"]
    assert [(one["indicator"]["code"], one["mode"], one["state"]) for one in raised] == [(PLACES, "tasks", "raised")]


def figure(text: str) -> tuple[float, float]:
    """The town's figure before and after, as the table says it."""
    numbers = re.findall(r"\d+\.\d+", text)
    return float(numbers[0]), float(numbers[1])
