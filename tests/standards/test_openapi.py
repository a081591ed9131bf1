"""A real third-party client reads our OpenAPI file and tries every operation of a served town: no 5xx."""

import http.cookiejar
import json
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from journeys.served import Served, town

ROLES = ("operator", "administrator", "grid_worker", "planner")


def session(served: Served, role: str) -> dict[str, str]:
    """The headers of a logged-in browser: its cookies and its CSRF token."""
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    opener.open(f"{served.url}/api/v1/accounts/csrf", timeout=10).close()
    who = served.logins[role]
    body = json.dumps({"login": who["login"], "password": who["password"]}).encode()
    token = next(str(c.value) for c in jar if c.name == "chengyun_csrf")
    headers = {"Content-Type": "application/json", "X-CSRFToken": token, "Referer": served.url}
    opener.open(urllib.request.Request(f"{served.url}/api/v1/accounts/login", body, headers), timeout=10).close()
    cookies = {c.name: str(c.value) for c in jar}
    return {
        "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        "X-CSRFToken": cookies["chengyun_csrf"],
        "Referer": served.url,
    }


def no_server_error(served: Served, role: str, examples: int) -> None:
    """Run the client as one role; its report says which call had a 5xx, with a command that repeats it."""
    headers = [part for name, value in session(served, role).items() for part in ("--header", f"{name}: {value}")]
    done = subprocess.run(
        [
            str(Path(sys.executable).parent / "schemathesis"), "run", f"{served.url}/api/v1/openapi.json",
            *headers, "--checks", "not_a_server_error", "--max-examples", str(examples), "--seed", "1",
            "--exclude-path-regex", "accounts/(logout|password|login)", "--no-color", "--phases", "examples,fuzzing",
            "--request-timeout", "60",
        ],
        capture_output=True, text=True, timeout=1500, check=False,
    )  # fmt: skip
    told = done.stdout[max(0, done.stdout.find("= FAILURES =")) :]
    assert done.returncode == 0, told[:6000] + done.stderr[-2000:]


@pytest.mark.long
@pytest.mark.parametrize("role", ROLES)
def test_no_operation_answers_with_a_server_error(role: str, tmp_path: Path) -> None:
    with town(tmp_path, days=1) as served:
        no_server_error(served, role, 40)
