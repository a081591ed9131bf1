"""Every check of the project in one run, two at a time; times against tests/budget.toml.

Called by `make test` and, with --long, by `make check-long`. Standard library only.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
import tomllib
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import postgres

ROOT = Path(__file__).resolve().parent.parent
LOGS = ROOT / ".make" / "logs"
TIMES = ROOT / ".make" / "times"
TOWN = ROOT / ".make" / "town"
BIN = Path(sys.executable).parent
IN_CI = os.environ.get("CI") == "true"
PYTEST = [sys.executable, "-m", "pytest", "--quiet", "-p", "no:cacheprovider"]
APART = {"permission matrix": ["tests/accounts"], "processes": ["tests/config", "tests/cli"]}
"""Steps of their own among the tests on SQLite, so that two lanes take about as long."""
PAGES = "tests/journeys/test_accessible.py"
ROUTINE = "not journey and not long and not cluster"
COUNT = re.compile(r"(\d+) (passed|failed|errors?|skipped)\b")


@dataclass
class Step:
    """One command; `counts` says that its closing line counts tests, `absent` why it cannot run here."""

    name: str
    command: list[str]
    folder: Path = ROOT
    counts: bool = False
    absent: str = ""
    environ: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    code: int = 0
    output: str = ""

    @property
    def failed(self) -> bool:
        return self.code != 0 or (bool(self.absent) and IN_CI)

    def run(self) -> None:
        if self.absent:
            say(f"{'FAILED' if IN_CI else 'skipped'}  {self.name}: {self.absent}")
            return
        start = time.monotonic()
        times = str(TIMES / f"{slug(self.name)}.json")
        environ = {**os.environ, "NO_COLOR": "1", **self.environ, "CHENGYUN_TIMES": times}
        done = subprocess.run(
            self.command, cwd=self.folder, env=environ, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False,
        )  # fmt: skip
        self.seconds, self.output = time.monotonic() - start, done.stdout
        # pytest's 5 says that nothing was collected: a room without tests of this kind is no failure of the step
        self.code = 0 if self.counts and done.returncode == 5 else done.returncode
        (LOGS / f"{slug(self.name)}.log").write_text(self.output)
        self.report()

    def report(self) -> None:
        lines = [line for line in self.output.rstrip().splitlines() if line.strip()]
        closing = f"  {lines[-1].strip(' =')}" if self.counts and lines else ""
        say(f"{'FAILED' if self.failed else 'ok':7} {self.name}  {self.seconds:.0f} s{closing}")
        if self.failed:
            say("\n".join(self.output.rstrip().splitlines()[-150:]))
        elif self.counts:
            say("\n".join(line for line in lines if line.startswith("SKIPPED")))

    def tally(self) -> dict[str, int]:
        tail = self.output.rstrip().splitlines()[-1:] if self.counts else []
        return {
            word.rstrip("s") if word.startswith("error") else word: int(n) for n, word in COUNT.findall("".join(tail))
        }


def slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


_say = threading.Lock()


def say(words: str) -> None:
    """One write for one message: two lanes speak at the same time."""
    if words:
        with _say:
            print(words, flush=True)


def tool(name: str, *arguments: str) -> list[str]:
    return [str(BIN / name), *arguments]


def sqlite_steps() -> list[Step]:
    """Most tests first, then those apart."""
    marks = ["-m", f"{ROUTINE} and not postgres"]
    apart = [folder for folders in APART.values() for folder in folders]
    most = Step("tests on SQLite", [*PYTEST, *marks, *(f"--ignore={folder}" for folder in apart)], counts=True)
    return [
        most,
        *(Step(f"{name} on SQLite", [*PYTEST, *marks, *folders], counts=True) for name, folders in APART.items()),
    ]


def still_steps() -> list[Step]:
    """What reads the source, and the client's own tests."""
    web = ROOT / "web"
    no_web = "" if (web / "node_modules").is_dir() else "the web packages are not installed (make setup)"
    return [
        Step("ruff", tool("ruff", "check", ".")),
        Step("ruff format", tool("ruff", "format", "--check", ".")),
        Step("import contracts", tool("lint-imports", "--no-cache")),
        Step("mypy", tool("mypy")),
        Step("web check", ["npm", "run", "--silent", "check"], web, absent=no_web),
        Step("web tests", ["npm", "run", "--silent", "test"], web, absent=no_web),
    ]


def browser_steps() -> tuple[Step, list[Step]]:
    """The town of the journeys, and the journeys, each half in a copy of it.

    On a developer's machine they are left out, with a word, where there is no browser.
    """
    browser = next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), ""
    )
    absent = "" if browser else "no Chromium on the PATH (Debian: apt install chromium)"
    command = [sys.executable, "-m", "journeys.served", str(TOWN)]
    town = Step("town of the journeys", command, absent=absent, environ={"PYTHONPATH": str(ROOT / "tests")})
    environ = {"CHENGYUN_CHROMIUM": browser, "CHENGYUN_TOWN": str(TOWN)}
    marked = [*PYTEST, "-m", "journey"]
    halves = [("accessibility", [PAGES]), ("journeys", ["tests/journeys", f"--ignore={PAGES}"])]
    return town, [Step(name, [*marked, *paths], counts=True, absent=absent, environ=environ) for name, paths in halves]


def postgres_step(url: str, marks: str = "(db or postgres) and " + ROUTINE) -> Step:
    return Step("tests on PostgreSQL", [*PYTEST, "-m", marks], counts=True, environ={"CHENGYUN_DATABASE_URL": url})


def run_postgres(done: list[Step], marks: str | None = None) -> None:
    try:
        with postgres.database_url() as url:
            step = postgres_step(url, marks) if marks else postgres_step(url)
            done.append(step)
            step.run()
    except postgres.Unavailable as reason:
        step = Step("tests on PostgreSQL", [], absent=str(reason))
        done.append(step)
        step.run()


def run_quick() -> list[Step]:
    """Two lanes take what is next until nothing is left; the browser comes last, when its town is there."""
    done: list[Step] = []
    (most, *apart), (town, journeys) = sqlite_steps(), browser_steps()
    made = threading.Event()

    def postgres_and_town() -> None:
        try:
            run_postgres(done)
            run_step(town)
        finally:
            made.set()

    def run_step(step: Step) -> None:
        done.append(step)
        step.run()

    def run_journey(step: Step) -> None:
        made.wait()
        run_step(step)

    waiting: deque[Callable[[], None]] = deque([partial(run_step, most), postgres_and_town])
    waiting.extend(partial(run_step, step) for step in [*apart, *still_steps()])
    waiting.extend(partial(run_journey, step) for step in journeys)
    second = threading.Thread(target=work_off, args=(waiting,))
    second.start()
    work_off(waiting)
    second.join()
    return done


def work_off(waiting: deque[Callable[[], None]]) -> None:
    """Take what is next until nothing is left."""
    while True:
        try:
            run = waiting.popleft()
        except IndexError:  # asking before would let the other lane come between
            return
        run()


def run_long() -> list[Step]:
    """One after the other: these measure, and would disturb each other."""
    steps = [
        Step("long tests on SQLite", [*PYTEST, "-m", "long and not postgres"], counts=True),
        Step("audit of Python packages", tool("pip-audit", "--require-hashes", "-r", "requirements/dev.txt")),
        Step("audit of web packages", ["npm", "audit", "--omit=dev"], ROOT / "web"),
    ]
    for step in steps:
        step.run()
    run_postgres(steps, "(long and (db or postgres)) or cluster")
    return steps


def over_budget(steps: list[Step], total: float) -> list[str]:
    """What took longer than tests/budget.toml allows, in words, after printing the table of folders."""
    budget = tomllib.loads((ROOT / "tests" / "budget.toml").read_text())
    spent: dict[str, float] = {}
    for path in sorted(TIMES.glob("*.json")):
        for folder, seconds in json.loads(path.read_text()).items():
            spent[folder] = spent.get(folder, 0.0) + seconds
    say("\nSeconds by folder (all databases together), and what tests/budget.toml allows:")
    for folder, seconds in sorted(spent.items(), key=lambda item: -item[1]):
        say(f"  {folder:12} {seconds:6.1f} / {budget['folders'].get(folder, '—')}")
    for step in sorted(steps, key=lambda s: -s.seconds):
        say(f"  {step.name:26} {step.seconds:6.1f}")
    over = [
        f"tests/{folder} took {seconds:.0f} s and may take {budget['folders'].get(folder, 0)}"
        for folder, seconds in spent.items()
        if seconds > budget["folders"].get(folder, 0)
    ]
    return over + (
        [f"the whole run took {total:.0f} s and may take {budget['total']}"] if total > budget["total"] else []
    )


def closing_line(steps: list[Step]) -> None:
    tallies = [step.tally() for step in steps]
    total = {word: sum(t.get(word, 0) for t in tallies) for word in ("passed", "failed", "error", "skipped")}
    say(f"\n{total['passed']} passed, {total['failed'] + total['error']} failed, {total['skipped']} skipped")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--setup-seconds", type=int, default=0)
    parser.add_argument("--long", action="store_true")
    options = parser.parse_args()
    shutil.rmtree(TIMES, ignore_errors=True)
    for folder in (LOGS, TIMES):
        folder.mkdir(parents=True, exist_ok=True)
    start = time.monotonic()
    steps = run_long() if options.long else run_quick()
    total = time.monotonic() - start
    over = [] if options.long else over_budget(steps, total)
    say(f"\nSet-up {options.setup_seconds} s, checks {total:.0f} s")
    for line in over:
        say(f"over budget: {line}")
    failures = [step.name for step in steps if step.failed]
    if failures:
        say(f"FAILED  {', '.join(failures)} (full output in {LOGS.relative_to(ROOT)}/)")
    closing_line(steps)
    # A budget is a figure to look at, not a verdict: the same tests take longer on a busy machine.
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
