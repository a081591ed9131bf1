"""`make pictures`: every page as its role sees it, in three sizes, for looking at and for the docs.

Makes a small town in var/pictures/town once, and writes var/pictures/<page>-<size>.png.
"""

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import TimeoutError as TooSlow

from journeys.conftest import CHROMIUM, FLAGS, SIZES, log_in
from journeys.served import Served, town

OUT = Path(__file__).resolve().parents[2] / "var" / "pictures"
SETTLED = 1_500  # milliseconds
MAP = 45_000  # a map drawn without a graphics card, on a busy machine


@dataclass(frozen=True)
class View:
    """A page, who looks at it (None: nobody is logged in), and in which sizes it is meant to be seen."""

    name: str
    role: str | None
    path: str
    sizes: tuple[str, ...] = ("desk",)


VIEWS = (
    View("login", None, "/login", ("desk", "phone")),
    View("desk", "operator", "/desk", ("desk", "wall")),
    View("case", "operator", "/cases/{case}"),
    View("report", "operator", "/cases/new"),
    View("cases", "operator", "/cases"),
    View("duty", "duty_officer", "/duty", ("desk", "wall")),
    View("approvals", "duty_officer", "/approvals"),
    View("hotline", "hotline_clerk", "/hotline"),
    View("department", "liaison", "/department"),
    View("neighbourhood", "neighbourhood", "/neighbourhood"),
    View("area", "grid_head", "/area"),
    View("supervision", "supervisor", "/supervision"),
    View("overview", "leader", "/overview", ("desk", "wall", "phone")),
    View("map", "operator", "/map", ("desk", "wall")),
    View("plans", "planner", "/plans"),
    View("plan-tasks", "leader", "/plans/tasks", ("desk", "phone")),
    View("plan-gantt", "leader", "/plans/tasks?form=gantt"),
    View("plan-targets", "leader", "/plans/targets"),
    View("plan-wall", "leader", "/plans/wall", ("desk", "wall")),
    View("plan-orders", "supervisor", "/plans/orders"),
    View("plan-assessment", "supervisor", "/plans/assessment"),
    View("plan-funds", "planner", "/plans/funds"),
    View("indicators", "planner", "/indicators", ("desk", "wall", "phone")),
    View("indicators-compare", "planner", "/indicators/compare"),
    View("registers", "planner", "/registers"),
    View("circle", "planner", "/circle", ("desk", "wall", "phone")),
    View("siting", "planner", "/siting"),
    View("account", "operator", "/account"),
    View("settings", "administrator", "/settings"),
    View("import", "administrator", "/settings/import"),
    View("classes", "administrator", "/settings/classes"),
    View("phone-tasks", "grid_worker", "/m/tasks", ("phone",)),
    View("phone-report", "grid_worker", "/m/report", ("phone",)),
    View("phone-queue", "grid_worker", "/m/queue", ("phone",)),
    View("phone-mine", "grid_worker", "/m/mine", ("phone",)),
)


def take(browser: Browser, served: Served, view: View, size: str) -> Path:
    """One picture; what the page complained of goes to the standard error."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="zh-CN", timezone_id="Asia/Shanghai",
        has_touch=size == "phone", is_mobile=size == "phone", device_scale_factor=2 if size == "phone" else 1,
    )  # fmt: skip
    if size == "wall":  # a wall is dark
        context.add_init_script("localStorage.setItem('chengyun.theme', 'dark')")
    page = context.new_page()
    page.on("console", lambda m: complain(view, m.text) if m.type == "error" else None)
    page.on("response", lambda r: complain(view, f"{r.status} {r.url}") if r.status >= 400 else None)
    if view.role is not None:
        log_in(page, served, view.role)
    page.goto(served.url + view.path.replace("{case}", a_case(page, served) if "{case}" in view.path else ""))
    settle(page)
    target = OUT / f"{view.name}-{size}.png"
    page.screenshot(path=target)
    context.close()
    return target


def settle(page: Page) -> None:
    """Until the page is drawn. Live updates never leave the network idle; a map says itself when it is ready."""
    page.wait_for_timeout(SETTLED)
    for frame in page.locator("[data-ready]").all():
        try:
            frame.locator("xpath=self::*[@data-ready='true']").wait_for(state="attached", timeout=MAP)
        except TooSlow:
            print(f"a map of {page.url} was never ready", file=sys.stderr)
    page.wait_for_timeout(300)


def complain(view: View, words: str) -> None:
    print(f"{view.name}: {words}", file=sys.stderr)


def a_case(page: Page, served: Served) -> str:
    """A case that this person may see and that has a story."""
    answer = page.request.get(f"{served.url}/api/v1/cases?state=closed&limit=1").json()
    return str(answer["items"][0]["id"])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("only", nargs="*", help="names of views; all unless given")
    parser.add_argument("--days", type=int, default=20)
    options = parser.parse_args()
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "town").mkdir(exist_ok=True)
    if CHROMIUM is None:
        print("no Chromium on the PATH (Debian: apt install chromium)", file=sys.stderr)
        return 1
    with town(OUT / "town", days=options.days) as served, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        for view in VIEWS:
            if not options.only or view.name in options.only:
                for size in view.sizes:
                    print(take(browser, served, view, size).relative_to(Path.cwd()), flush=True)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
