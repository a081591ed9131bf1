"""Checks of the machine: programs, clock, fonts."""

import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from chengyun.kernel.checks import Finding, check, good, note, wrong

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BUILT = Path(__file__).resolve().parents[2] / "web" / "index.html"
OLDEST = datetime(2026, 1, 1, tzinfo=UTC)  # an hour before the platform existed is a clock that was never set


def version_of(program: str) -> str:
    """The first line that `program --version` prints; empty if it is not there."""
    path = shutil.which(program)
    if not path:
        return ""
    done = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=20, check=False)
    return (done.stdout or done.stderr).strip().splitlines()[0] if (done.stdout or done.stderr).strip() else path


@check("machine.python", zh="Python", en="Python")
def python() -> Iterator[Finding]:
    version = platform.python_version()
    yield good(f"{version}（{sys.executable}）", f"{version} ({sys.executable})")


@check("machine.web", zh="网页客户端", en="Web client")
def web_client() -> Iterator[Finding]:
    if BUILT.exists():
        yield good("已构建", "built")
    elif shutil.which("node"):
        yield wrong("尚未构建：运行 make setup", "not built: run `make setup`")
    else:
        yield wrong(
            "尚未构建，且没有 Node.js：安装 Node.js 20 以上后运行 make setup",
            "not built, and there is no Node.js: install Node.js 20 or newer, then run `make setup`",
        )


@check("machine.node", zh="Node.js（仅构建时需要）", en="Node.js (for building only)")
def node() -> Iterator[Finding]:
    version = version_of("node")
    major = int(version.lstrip("v").partition(".")[0]) if version.lstrip("v")[:1].isdigit() else 0
    if not version:
        yield note("没有安装；运行系统不需要它", "not installed; running a town does not need it")
    elif major < 20:
        yield note(f"{version} 过旧：构建需要 20 以上", f"{version} is too old to build with: 20 or newer is needed")
    else:
        yield good(version, version)


@check("machine.clock", zh="时钟", en="Clock")
def clock() -> Iterator[Finding]:
    now, before = datetime.now(UTC), time.monotonic()
    if now < OLDEST:
        yield wrong(
            f"系统时间是 {now:%Y-%m-%d}：时钟没有对准，时限会算错",
            f"the clock says {now:%Y-%m-%d}: it was never set, and every deadline would be wrong",
        )
        return
    synchronised = _synchronised()
    if synchronised is False:
        yield note(
            "系统没有对时（NTP 未同步）：时限与台账依赖准确的时间",
            "the clock is not synchronised (NTP): deadlines and the journal need the right time",
        )
    if time.monotonic() >= before:
        yield good(f"{now.astimezone():%Y-%m-%d %H:%M:%S %Z}", f"{now.astimezone():%Y-%m-%d %H:%M:%S %Z}")


def _synchronised() -> bool | None:
    """What systemd says about NTP; None where it says nothing."""
    if not shutil.which("timedatectl"):
        return None
    done = subprocess.run(
        ["timedatectl", "show", "--property=NTPSynchronized", "--value"],
        capture_output=True, text=True, timeout=10, check=False,
    )  # fmt: skip
    return {"yes": True, "no": False}.get(done.stdout.strip())


@check("machine.browser", zh="浏览器（仅测试与配图需要）", en="Browser (for tests and pictures only)")
def browser() -> Iterator[Finding]:
    found = next((name for name in BROWSERS if shutil.which(name)), "")
    if found:
        version = version_of(found)
        yield good(version, version)
    else:
        yield note("没有 Chromium：浏览器测试会跳过", "no Chromium: journeys in a browser are skipped")


@check("machine.font", zh="中文字体（仅测试与配图需要）", en="Chinese font (for tests and pictures only)")
def font() -> Iterator[Finding]:
    if not shutil.which("fc-list"):
        yield note("无法列出字体（没有 fontconfig）", "fonts cannot be listed (no fontconfig)")
        return
    done = subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True, timeout=30, check=False)
    families = sorted({line.split(",")[0].strip() for line in done.stdout.splitlines() if line.strip()})
    if families:
        yield good(families[0], families[0])
    else:
        yield note(
            "没有中文字体：截图会显示方框（Debian：fonts-noto-cjk）",
            "none: pictures show boxes (Debian: fonts-noto-cjk)",
        )
