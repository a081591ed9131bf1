"""A real browser on a served town. A journey fails on a request elsewhere, a console error, an untranslated key."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from journeys.served import BEFORE_THE_HOLIDAY, Served, town

FLAGS = [
    "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--use-gl=angle", "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
]  # fmt: skip
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
UNTRANSLATED = re.compile(
    r"\b(?:verb|verb_of|state_of|plan|case|state|role|refusal|phone|need|view|login|shell|places|accounts|kernel)\.[a-z_]+(?:\.[a-z_]+)*\b"
)
NO_NETWORK = ("Failed to load resource", "ERR_INTERNET_DISCONNECTED", "TypeError: Failed to fetch")
SIZES = {"desk": (1440, 900), "wall": (3840, 2160), "phone": (390, 844)}

Open = Callable[..., Page]
PATIENCE = 20_000  # milliseconds: the machine does other things meanwhile
expect.set_options(timeout=PATIENCE)


@dataclass
class Watch:
    """What a page did that no page may do."""

    host: str
    faults: list[str] = field(default_factory=list)

    def follow(self, context: BrowserContext) -> None:
        context.on("request", lambda request: self.request(request.url))
        context.on("console", lambda message: self.console(message.type, message.text))
        context.on("weberror", lambda error: self.faults.append(f"error: {error.error}"))

    def request(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob", "about"} and parts.hostname != self.host:
            self.faults.append(f"request elsewhere: {url}")

    def console(self, kind: str, text: str) -> None:
        # A dead network and a refused verb are part of some journeys; the browser prints a line for each of itself.
        if kind == "error" and not any(words in text for words in NO_NETWORK):
            self.faults.append(f"console: {text}")

    def texts(self, page: Page) -> None:
        found = UNTRANSLATED.findall(page.inner_text("body"))
        self.faults.extend(f"untranslated: {key} at {page.url}" for key in found)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One town for all journeys, on the Wednesday before the holidays; a copy of the one that was made already."""
    folder: Path = tmp_path_factory.mktemp("town")
    made = Path(os.environ.get("CHENGYUN_TOWN", "/nowhere"))
    if made.is_dir():
        shutil.copytree(made, folder, dirs_exist_ok=True)
    with town(folder, at=BEFORE_THE_HOLIDAY) as running:
        yield running


@pytest.fixture
def opened(browser: Browser, served: Served) -> Iterator[Open]:
    """Opens a page for a role (None: nobody) at a size; all pages are watched until the test ends."""
    watch = Watch("127.0.0.1")
    contexts: list[BrowserContext] = []

    def open_page(role: str | None, path: str = "/", *, size: str = "desk", **options: object) -> Page:
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale="zh-CN", timezone_id="Asia/Shanghai",
            has_touch=size == "phone", is_mobile=size == "phone", device_scale_factor=2 if size == "phone" else 1,
            permissions=["geolocation"], **options,
        )  # fmt: skip
        watch.follow(context)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        if role is not None:
            log_in(page, served, role)
        page.goto(f"{served.url}{path}")
        return page

    yield open_page
    for context in contexts:
        for page in context.pages:
            watch.texts(page)
        context.close()
    assert watch.faults == []


def log_in(page: Page, served: Served, role: str) -> None:
    """Log in through the API with the page's own cookies, as the login form does."""
    who = served.logins[role]
    page.request.get(f"{served.url}/api/v1/accounts/csrf")
    token = next(c["value"] for c in page.context.cookies() if c["name"] == "chengyun_csrf")
    answer = page.request.post(
        f"{served.url}/api/v1/accounts/login",
        data={"login": who["login"], "password": who["password"]},
        headers={"X-CSRFToken": token, "Referer": served.url},
    )
    assert answer.ok, answer.text()
    # The client asks who is logged in only where it remembers a session.
    page.add_init_script("localStorage.setItem('chengyun.session', '1')")
