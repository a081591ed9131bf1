"""The second loop: a document becomes work, a light turns red, an order follows, and it is looked back at."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from journeys.conftest import Open
from journeys.served import Served

pytestmark = pytest.mark.journey

PAPER = """云岸镇2026年市容环境工作要点
云府〔2026〕8号
各部门：
为做好全镇市容环境工作，制定本工作要点。
一、工作目标
到2026年底，道路保洁优良率不低于95%。
二、重点任务
1.整治菜场周边占道。对菜场周边占道经营开展集中整治，完成12处点位销号。（责任部门：{office}；时间节点：8月）
2.排查沿街店招店牌。完成沿街店招店牌安全排查。（责任部门：{office}；时间节点：12月）
云岸镇人民政府
2026年2月10日
"""
TITLES = ("整治菜场周边占道", "排查沿街店招店牌")
# What the worker does by itself at six in the morning, asked for now.
ROUND = """
import django
django.setup()
from chengyun.kernel.actor import System
from chengyun.kernel.jobs import enqueue
enqueue("plans.lights", {}, System("plans"))
"""


def ask(page: Page, served: Served, path: str) -> Any:
    answer = page.request.get(f"{served.url}/api/v1/{path}")
    assert answer.ok, answer.text()
    return answer.json()


def take(page: Page, verb: str, words: str = "", within: Locator | None = None) -> None:
    """Press a verb's button; say in its form what is asked for; send it."""
    bar = (within or page).get_by_role("group", name="可办理事项").first
    bar.get_by_role("button", name=re.compile(f"^{verb}")).first.click()
    dialog = page.get_by_role("dialog", name=verb)
    if words:
        dialog.locator("textarea").first.fill(words)
        dialog.get_by_role("button", name=re.compile("提交|确定")).last.click()
        expect(dialog).to_be_hidden()


def state_is(page: Page, words: str) -> None:
    expect(page.locator("header .tag").first).to_have_text(words, timeout=15_000)


def import_paper(planner: Page, office: str) -> str:
    """Send the file, wait until it was read; returns the document's id from the address of its review."""
    planner.get_by_role("button", name="导入文件").click()
    paper = {"name": "工作要点.txt", "mimeType": "text/plain", "buffer": PAPER.format(office=office).encode()}
    planner.get_by_role("dialog").locator("input[type=file]").set_input_files([paper])
    planner.get_by_role("button", name="开始识别").click()
    planner.wait_for_url(re.compile(r"/plans/documents/[0-9a-f-]{36}"), timeout=30_000)
    return planner.url.rstrip("/").rpartition("/")[2]


def review(planner: Page) -> None:
    """Everything is accepted by keyboard, and its words light up in the text."""
    listed = planner.get_by_role("list", name="任务与指标")
    expect(listed.get_by_text("整治菜场周边占道").first).to_be_visible(timeout=20_000)
    planner.keyboard.press("j")
    expect(planner.locator(".text .chosen").first).to_be_visible()
    done = planner.get_by_text(re.compile("^待审阅 0$"))
    for _ in range(12):
        if done.is_visible():
            break
        with planner.expect_response(re.compile("/verbs/accept")) as answer:
            planner.keyboard.press("a")
        assert answer.value.ok, answer.value.text()
        planner.wait_for_timeout(150)
    expect(done).to_be_visible()


def say_of_each(page: Page, verb: str) -> None:
    """Take a verb of both tasks, each on its own card; a card that was dealt with goes."""
    for title in TITLES:
        card = page.get_by_role("article").filter(has=page.get_by_role("link", name=title))
        take(page, verb, within=card)
        expect(card).to_have_count(0, timeout=15_000)


def wait_for_light(page: Page, served: Served, task: str, light: str) -> None:
    for _ in range(120):
        if ask(page, served, f"plans/tasks/{task}")["light"] == light:
            return
        page.wait_for_timeout(500)
    raise AssertionError(f"the light did not turn {light}")


def test_a_document_becomes_work_that_is_checked_and_looked_back_at(opened: Open, served: Served) -> None:
    liaison = opened("liaison", "/plans/answers")
    office = ask(liaison, served, "accounts/me")["person"]["department"]["name"]

    planner = opened("planner", "/plans")
    document = import_paper(planner, office)
    review(planner)
    take(planner, "审议通过")
    state_is(planner, "审议通过")

    planner.goto(f"{served.url}/plans/decompose?document={document}")
    expect(planner.get_by_role("link", name="整治菜场周边占道")).to_be_visible()
    planner.get_by_role("checkbox", name="全部").locator("xpath=..").click()
    planner.get_by_role("button", name=re.compile("征求部门意见（2 项）")).click()
    expect(planner.get_by_text("征求意见", exact=True).first).to_be_visible()

    liaison.reload()
    say_of_each(liaison, "同意")
    leader = opened("leader", "/plans/approvals")
    say_of_each(leader, "批准")
    leader.goto(f"{served.url}/plans/documents/{document}")
    take(leader, "印发")
    state_is(leader, "印发")

    tasks = ask(leader, served, f"plans/tasks?document={document}")["items"]
    overdue = next(one for one in tasks if one["due_on"] == "2026-08-31")
    assert {one["state"] for one in tasks} == {"live"}
    served.run(ROUND)
    wait_for_light(leader, served, overdue["id"], "red")
    leader.goto(f"{served.url}/plans/tasks")
    leader.get_by_role("button", name=re.compile("滞后")).first.click()
    expect(leader.get_by_role("link", name="整治菜场周边占道").first).to_be_visible()

    order = ordered(opened("supervisor", "/plans/orders?tab=proposed"))
    liaison.goto(f"{served.url}{order}")
    take(liaison, "签收")
    state_is(liaison, "已签收")
    take(liaison, "回复", "12 处点位已逐一整改，安排专人值守。")
    state_is(liaison, "已回复")
    look_back(opened("supervisor", order))
    timeline = ask(liaison, served, f"plans{order.removeprefix('/plans')}/timeline")
    assert [m["facts"].get("verb") for m in timeline] == [None, "sign", "reply", "review_pass", "clear"]


def ordered(supervisor: Page) -> str:
    """The supervisor takes the proposal up and issues an order; returns its address."""
    row = supervisor.get_by_role("listitem").filter(has_text="整治菜场周边占道").first
    row.get_by_role("button", name="下发督办单").click()
    dialog = supervisor.get_by_role("dialog", name="下发督办单")
    dialog.get_by_label("督办要求").fill("十日内完成剩余点位整治，报送整改照片。")
    dialog.get_by_role("button", name="保存").click()
    supervisor.wait_for_url(re.compile(r"/plans/orders/[0-9a-f-]{36}"))
    state_is(supervisor, "已下发")
    return re.sub(r"^https?://[^/]+", "", supervisor.url)


def look_back(supervisor: Page) -> None:
    """The reply is reviewed, the order cleared, and the matter looked at a second time."""
    take(supervisor, "复核通过")
    state_is(supervisor, "复核通过")
    take(supervisor, "销号")
    state_is(supervisor, "已销号")
    card = supervisor.locator("section").filter(has=supervisor.get_by_role("heading", name=re.compile("回头看"))).first
    take(supervisor, "未反弹", "现场查看，未见反弹。", within=card)
    expect(card.get_by_text("未反弹").first).to_be_visible(timeout=15_000)
