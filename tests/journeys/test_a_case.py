"""The first loop: a resident reports by a plate, the town deals with it, a phone verifies it, the resident rates it."""

import io
import re
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from journeys.conftest import Open
from journeys.served import Served

pytestmark = pytest.mark.journey

TREE = "P0401"  # 行道树: three working days from the next one, close of office
DUE = "2026-10-10"  # a Saturday that is worked, after the holidays; the office closes at 17:30


def picture(colour: str) -> dict[str, Any]:
    """A photograph as a phone hands it over."""
    buffer = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(buffer, "JPEG")
    return {"name": f"{colour}.jpg", "mimeType": "image/jpeg", "buffer": buffer.getvalue()}


def ask(page: Page, served: Served, path: str) -> Any:
    answer = page.request.get(f"{served.url}/api/v1/{path}")
    assert answer.ok, answer.text()
    return answer.json()


def tree_in_the_workers_cell(page: Page, served: Served) -> str:
    """The plate of a street tree where the demo's grid worker is at work."""
    post = ask(page, served, "accounts/me")["posts"][0]["name"]
    area = next(one["id"] for one in ask(page, served, "places/areas") if post.startswith(one["name"]))
    found = ask(page, served, f"places/facilities?category=street_tree&area={area}&limit=1")["items"]
    return str(found[0]["plate"])


def take(page: Page, verb: str, **fields: str) -> None:
    """Press a verb's button; fill its form, if it has one, by the labels of its fields; send it."""
    page.get_by_role("group", name="可办理事项").get_by_role("button", name=re.compile(f"^{verb}")).click()
    dialog = page.get_by_role("dialog", name=verb)
    for label, value in fields.items():
        field = dialog.get_by_label(label).first
        if field.get_attribute("role") == "combobox":
            field.click()
            field.fill(value)
            page.get_by_role("option", name=re.compile(value)).first.click()
        else:
            field.fill(value)
    if fields:
        dialog.get_by_role("button", name=re.compile("提交|确定|申请")).last.click()
        expect(dialog).to_be_hidden()


def state_is(page: Page, words: str) -> None:
    expect(page.locator(".chip").first).to_have_text(words, timeout=15_000)


def report_by_plate(page: Page) -> tuple[str, str]:
    """Fill the resident's page; returns the number and the address where the case can be followed."""
    page.get_by_label("简单说一说").fill("行道树枝被大风折断，压在人行道上，请来修剪")
    page.set_input_files("input[type=file]", [picture("green")])
    page.get_by_label("电话").fill("13800000000")
    page.get_by_role("button", name=re.compile("提交|上报|发送")).click()
    expect(page.get_by_text(re.compile(r"YA-20260930-\d{5}")).first).to_be_visible()
    number = re.search(r"YA-\d{8}-\d{5}", page.inner_text("body"))
    link = page.locator("a[href*='/r/c/']").first.get_attribute("href")
    assert number is not None
    assert link is not None
    return number.group(), link


def test_a_resident_s_report_is_dealt_with_verified_on_the_phone_and_rated(opened: Open, served: Served) -> None:
    phone = opened("grid_worker", "/m", size="phone", geolocation={"longitude": 121.21, "latitude": 31.4})
    plate = tree_in_the_workers_cell(phone, served)

    resident = opened(None, f"/r/{plate}", size="phone")
    number, follow = report_by_plate(resident)

    desk = opened("operator", "/desk")
    case = ask(desk, served, f"cases?q={number}")["items"][0]
    desk.goto(f"{served.url}/cases/{case['id']}")
    take(desk, "受理")
    state_is(desk, "已受理")
    take(desk, "立案", 类别="行道树")
    state_is(desk, "已立案")
    take(desk, "派遣")
    expect(desk.get_by_role("dialog", name="派遣").get_by_label("责任部门")).to_be_visible()
    desk.get_by_role("dialog", name="派遣").get_by_role("button", name=re.compile("提交|确定")).last.click()
    state_is(desk, "待签收")
    due = ask(desk, served, f"cases/{case['id']}")["due"]
    clocks = {clock["stage"]: clock for clock in ask(desk, served, f"cases/{case['id']}")["clocks"]}
    assert clocks["handle"]["due_at"].startswith(DUE), (due, clocks["handle"])

    liaison = opened("liaison", f"/cases/{case['id']}")
    take(liaison, "签收")
    state_is(liaison, "已签收")
    handler = opened("handler", f"/cases/{case['id']}")
    take(liaison, "分派到人", 处置人员=ask(handler, served, "accounts/me")["person"]["name"])
    state_is(liaison, "处置中")

    handler.reload()
    handler.get_by_role("group", name="可办理事项").get_by_role("button", name=re.compile("^反馈结果")).click()
    dialog = handler.get_by_role("dialog", name="反馈结果")
    dialog.locator("textarea").first.fill("断枝已清运，行道树已修剪加固")
    dialog.locator("input[type=file]").first.set_input_files([picture("blue")])
    expect(dialog.locator("figure img")).to_have_count(1)
    dialog.get_by_role("button", name=re.compile("提交")).last.click()
    state_is(handler, "已反馈")

    desk.reload()
    take(desk, "送核查")
    state_is(desk, "核查中")

    verify_offline(phone, served, case)

    desk.reload()
    state_is(desk, "核查通过")
    take(desk, "结案")
    state_is(desk, "已结案")

    resident.goto(f"{served.url}{follow}" if follow.startswith("/") else follow)
    expect(resident.get_by_text("已办结").first).to_be_visible()
    rate(resident)

    events = [moment["event"] for moment in ask(desk, served, f"cases/{case['id']}/timeline")]
    wanted = ["reported", "received", "filed", "dispatched", "signed", "assigned", "answered", "sent_to_verify"]
    assert [e for e in events if e.removeprefix("cases.") in wanted][: len(wanted)] == [f"cases.{w}" for w in wanted]
    assert events[-1] == "cases.rated"


def verify_offline(phone: Page, served: Served, case: dict[str, Any]) -> None:
    """The grid worker opens the task, loses the network, verifies with a photo, and is back online."""
    phone.goto(f"{served.url}/m/tasks")
    task = phone.locator(f"a[href$='{case['id']}']")
    expect(task).to_be_visible()
    phone.wait_for_timeout(1_500)  # the tasks are being kept on the device
    phone.context.set_offline(True)
    task.click()
    expect(phone.get_by_text(case["number"])).to_be_visible()
    phone.get_by_role("button", name="核查通过").click()
    phone.locator("form input[type=file]").first.set_input_files([picture("red")])
    expect(phone.locator("form img")).to_have_count(1)
    phone.get_by_role("button", name="确认核查通过").click()
    phone.get_by_role("tab", name="待上传").click()
    expect(phone.get_by_text("待上传 1 条")).to_be_visible()
    phone.context.set_offline(False)
    expect(phone.get_by_text("已上传").first).to_be_visible(timeout=30_000)  # it sends by itself


def rate(page: Page) -> None:
    page.get_by_label("解决了").check()
    page.get_by_label("非常满意").check()
    page.get_by_role("button", name="提交").first.click()
    expect(page.get_by_text("谢谢您的评价。")).to_be_visible()
