"""A wall runs for weeks: what it keeps in memory does not grow while cases come and go on it."""

import os
import time
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import CDPSession, Page

from journeys.conftest import Open
from journeys.served import Served

pytestmark = pytest.mark.long
MINUTES = float(os.environ.get("CHENGYUN_WALL_MINUTES", "10"))
WARM = 0.2  # the share of the time in which caches fill: charts, tiles, glyphs
GROWTH = 1.10


def heap(session: CDPSession) -> int:
    """Bytes of the page's objects that something still holds."""
    for _ in range(3):
        session.send("HeapProfiler.collectGarbage")
    return int(session.send("Runtime.getHeapUsage")["usedSize"])


def reporter(page: Page, served: Served) -> Callable[[], None]:
    """Reports a case each time it is called, and takes every second one in: events as a busy town has them."""
    page.request.get(f"{served.url}/api/v1/accounts/csrf")
    token = next(c["value"] for c in page.context.cookies() if c["name"] == "chengyun_csrf")
    headers = {"X-CSRFToken": token, "Referer": served.url}
    count = 0

    def report() -> None:
        nonlocal count
        count += 1
        body = {"text": f"路面坑洼第{count}处", "channel": "desk", "id": str(uuid4()), "point": [121.21, 31.4]}
        made = page.request.post(f"{served.url}/api/v1/cases", data=body, headers=headers)
        assert made.ok, made.text()
        if count % 2:
            case = made.json()
            answer = page.request.post(
                f"{served.url}/api/v1/cases/{case['id']}/verbs/receive",
                data={"expected": case["version"], "given": {}},
                headers=headers,
            )
            assert answer.ok, answer.text()

    return report


@pytest.mark.parametrize(("role", "path"), [("leader", "/overview"), ("duty_officer", "/duty")])
def test_a_wall_s_memory_does_not_grow(role: str, path: str, opened: Open, served: Served) -> None:
    wall = opened(role, path, size="wall")
    report = reporter(opened("operator", "/account"), served)
    wall.wait_for_timeout(2_000)
    if wall.locator("[data-ready]").count():  # a map that has not begun cannot go on without a network
        wall.locator("[data-ready='true']").wait_for(state="attached", timeout=90_000)
    session = wall.context.new_cdp_session(wall)
    start, figures = time.monotonic(), []
    end = start + MINUTES * 60
    while time.monotonic() < end:
        for _ in range(5):
            report()
            wall.wait_for_timeout(400)
        # A lost connection and a change of theme build and drop more than weeks of quiet would.
        wall.context.set_offline(True)
        wall.wait_for_timeout(600)
        wall.context.set_offline(False)
        wall.evaluate("document.documentElement.classList.toggle('dark')")
        figures.append((time.monotonic() - start, heap(session)))
    settled = [size for at, size in figures if at >= MINUTES * 60 * WARM]
    third = max(1, len(settled) // 3)
    first, last = sorted(settled[:third])[third // 2], sorted(settled[-third:])[third // 2]
    print(f"{path}: {first / 1e6:.1f} MB, after {MINUTES:g} minutes {last / 1e6:.1f} MB, {len(figures)} looks")
    assert last < first * GROWTH, figures
