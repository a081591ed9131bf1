"""No page keeps anyone out: axe finds nothing serious on any of them, in the light theme and in the dark one."""

import re

import pytest
from playwright.sync_api import Page, expect

from journeys.axe import AXE, THEMES, faults, prepare
from journeys.conftest import Open
from journeys.served import Served

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: npm ci in web/"),
]
SETTINGS = (
    "people departments posts roles grants duties roster tokens looks "
    "classes calendar import webhooks health jobs letters journal env"
)
PLANS = "/decompose /reports /orders /meetings /assessment /titles /funds /evaluations /publicity /wall"
# Who looks at which pages; together they are all pages of the client that no other list below holds.
PAGES = {
    "operator": (
        "/desk",
        "/cases",
        "/cases/new",
        "/map?facilities=park&gaps=1&cases=1",
        "/account",
        "/guide",
        "/nowhere",
    ),
    "duty_officer": ("/duty", "/approvals"),
    "hotline_clerk": ("/hotline",),
    "liaison": ("/department",),
    "neighbourhood": ("/neighbourhood",),
    "grid_head": ("/area",),
    "supervisor": ("/supervision",),
    "leader": ("/overview", "/plans/tasks", "/plans/tasks?form=gantt", "/plans/targets", "/plans/approvals"),
    "planner": tuple(f"/plans{name}" for name in ("", *PLANS.split())),
    "administrator": tuple(f"/settings/{name}" for name in SETTINGS.split()),
}
OUTDOORS = ("light",)  # phones in the sun and the resident's pages have no dark theme
PHONE = ("/m/tasks", "/m/report", "/m/queue", "/m/mine")


def go(page: Page, served: Served, path: str, themes: tuple[str, ...] = THEMES) -> list[str]:
    """Open a page, let it fill, and ask."""
    page.goto(served.url + path)
    page.wait_for_function("document.title && !document.querySelector('.skeleton, .el-skeleton, .van-skeleton')")
    page.wait_for_timeout(350)
    return faults(page, themes)


@pytest.mark.parametrize("role", PAGES)
def test_a_page_of_the_desk_is_usable_by_all(role: str, opened: Open, served: Served) -> None:
    page = opened(role, "/health", bypass_csp=True)
    prepare(page)
    assert [fault for path in PAGES[role] for fault in go(page, served, path)] == []


def test_a_case_and_its_dialogs_are_usable_by_all(opened: Open, served: Served) -> None:
    page = opened("operator", "/health", bypass_csp=True)
    prepare(page)
    cases = f"{served.url}/api/v1/cases"
    first = [page.request.get(f"{cases}?state={state}&limit=1").json()["items"][0] for state in ("closed", "filed")]
    closed, filed = (case["id"] for case in first)
    found = go(page, served, f"/cases/{closed}") + go(page, served, f"/cases/{filed}")
    page.get_by_role("group", name="可办理事项").get_by_role("button", name=re.compile("^派遣")).click()
    expect(page.get_by_role("dialog", name="派遣").get_by_label("责任部门")).to_be_visible()
    found += faults(page)
    page.keyboard.press("Escape")
    found += go(page, served, f"/desk?view=file&case={filed}")
    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name="搜索").fill("路")
    page.wait_for_timeout(600)
    assert found + faults(page) == []


def test_the_import_is_usable_by_all(opened: Open, served: Served) -> None:
    page = opened("administrator", "/health", bypass_csp=True)
    prepare(page)
    page.goto(f"{served.url}/settings/import")
    page.get_by_role("button", name="导入文件").click()
    expect(page.get_by_role("dialog").first).to_be_visible()
    found = faults(page)
    table = "编号,名称,类别,经度,纬度\nA1,测试消火栓,消火栓,121.21,31.4\nA2,测试托育园,托育机构,121.22,31.41\n"
    page.set_input_files("input[type=file]", [{"name": "点位.csv", "mimeType": "text/csv", "buffer": table.encode()}])
    page.wait_for_timeout(800)
    page.get_by_role("button", name=re.compile("下一步|核对")).first.click()
    page.wait_for_timeout(1_200)
    assert found + faults(page) == []


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_the_login_is_usable_by_all(size: str, opened: Open, served: Served) -> None:
    page = opened(None, "/login", size=size, bypass_csp=True)
    prepare(page)
    found = go(page, served, "/login")
    assert found + (go(page, served, "/m/login", OUTDOORS) if size == "phone" else []) == []


def test_the_phone_is_usable_by_all(opened: Open, served: Served) -> None:
    page = opened("grid_worker", "/health", size="phone", bypass_csp=True)
    prepare(page)
    found = [fault for path in PHONE for fault in go(page, served, path, OUTDOORS)]
    leader = opened("leader", "/health", size="phone", bypass_csp=True)
    prepare(leader)
    assert found + go(leader, served, "/overview") == []


def test_the_resident_s_pages_are_usable_by_all(opened: Open, served: Served) -> None:
    page = opened("grid_worker", "/health", size="phone", bypass_csp=True)
    plate = page.request.get(f"{served.url}/api/v1/places/facilities?limit=1").json()["items"][0]["plate"]
    page.context.clear_cookies()
    prepare(page)
    paths = (f"/r/{plate}", "/r/", "/r/follow", f"/r/{plate}?large=1")
    found = [fault for path in paths for fault in go(page, served, path, OUTDOORS)]
    page.goto(f"{served.url}/r/{plate}")
    page.get_by_label("简单说一说").fill("路灯不亮")
    page.get_by_role("button", name=re.compile("提交|上报|发送")).click()
    expect(page.get_by_text(re.compile(r"YA-\d{8}-\d{5}")).first).to_be_visible()
    assert found + faults(page, OUTDOORS) == []
