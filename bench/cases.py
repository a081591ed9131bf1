"""Lists, pages and reports of a town with 100,000 cases: SQL queries and server time, beside Signalen and bare SQL.

The town is the demo's, made once in var/bench (or CHENGYUN_BENCH_DATA). A request is measured whole (session, rights,
queries, JSON). Server time is the CPU time of the process, SQLite inside of it, the median of some twenty, so that a
busy machine does not blur it; the time on the wall stands beside it. Signalen was measured without its login.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

DATA = Path(os.environ.get("CHENGYUN_BENCH_DATA", "var/bench")).resolve()
os.environ["CHENGYUN_DATA"] = str(DATA)
os.environ["DJANGO_SETTINGS_MODULE"] = "chengyun.config.settings"
DATA.mkdir(parents=True, exist_ok=True)

import django  # noqa: E402  the settings read the folder above

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from chengyun.accounts.models import Person  # noqa: E402
from chengyun.accounts.seed import seed_roles  # noqa: E402
from chengyun.cases.models import Case  # noqa: E402
from chengyun.demo.build import build  # noqa: E402

ROUNDS = 21
LIST_QUERIES, LIST_MS, DETAIL_QUERIES, CREATE_QUERIES = 12, 60, 12, 20
BACKEND = "chengyun.accounts.authentication.PersonOfSession"
BARE = """
SELECT c.uuid, c.number, c.title, c.state, c.due_at, d.name, a.name
FROM cases_case c LEFT JOIN accounts_department d ON d.id = c.department_id LEFT JOIN places_area a ON a.id = c.grid_id
WHERE c.town_id = %s ORDER BY c.reported_at DESC, c.id DESC LIMIT 50
"""
LISTS = [
    ("operator", "cases?limit=50"),
    ("operator", "cases?limit=200"),
    ("operator", "cases?view=queue&limit=50"),
    ("operator", "cases?view=late&limit=50"),
    ("operator", "cases?state=closed&class=E01&limit=50"),
    ("operator", "cases?q=垃圾&limit=50"),
    ("operator", "cases?from=2026-01-01&to=2026-03-31&light=green&limit=50"),
    ("duty_officer", "cases?view=open&limit=50"),
    ("liaison", "cases?view=in_hand&limit=50"),
    ("liaison", "cases?limit=50"),
    ("grid_worker", "cases?view=phone&limit=50"),
    ("grid_worker", "cases?limit=50"),
    ("sector_head", "cases?limit=50"),
    ("neighbourhood", "cases?view=community&limit=50"),
    ("leader", "cases?view=supervised&limit=50"),
]
SIGNALEN = {"list of 50": (386, 316), "detail": (17, 24), "create": (45, 34)}


def prepare() -> None:
    """The town, if it is not there yet."""
    call_command("migrate", verbosity=0, interactive=False)
    seed_roles()
    build(settings.ENV, progress=_tell)
    print(f"{Case.objects.as_system('bench').count():,} cases in {DATA}")


def _tell(done: int, total: int, words: str) -> None:
    if sys.stderr.isatty():
        print(f"\r{words} {done:,}/{total:,}   ", end="", file=sys.stderr)


def session(role: str) -> Client:
    """A browser of the person with the demo login of a role."""
    client = Client()
    client.force_login(Person.objects.as_system("bench").get(login=role), backend=BACKEND)
    return client


def measured(call: Callable[[], Any]) -> tuple[int, float, float]:
    """SQL queries, and the medians of CPU time and of time on the wall in milliseconds."""
    call()
    with CaptureQueriesContext(connection):  # a request begins by forgetting the queries before it
        answer = call()
        said = [query["sql"] for query in connection.queries]
    assert answer.status_code < 300, answer.content[:500]
    count = len([sql for sql in said if not sql.startswith(("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT"))])
    return count, *timed(call)


def timed(call: Callable[[], Any]) -> tuple[float, float]:
    """Medians of CPU time and of time on the wall, in milliseconds."""
    spent, passed = [], []
    for _ in range(ROUNDS):
        begun, start = time.perf_counter(), time.process_time()
        call()
        spent.append((time.process_time() - start) * 1000)
        passed.append((time.perf_counter() - begun) * 1000)
    return statistics.median(spent), statistics.median(passed)


def _of(client: Client, path: str) -> tuple[int, float, float]:
    return measured(lambda: client.get(f"/api/v1/{path}"))


def line(name: str, got: tuple[int, float, float], queries: int, ms: float | None = None) -> bool:
    """Print a measurement; whether it keeps its promise."""
    good = got[0] <= queries and (ms is None or got[1] <= ms)
    mark = "ok  " if good else "OVER"
    print(f"{mark} {name:66} {got[0]:3} queries  {got[1]:6.1f} ms  (wall {got[2]:6.1f} ms)", flush=True)
    return good


def bare() -> float:
    """Median CPU time of the bare query, rows fetched, in milliseconds."""
    town = Case.objects.as_system("bench").values_list("town_id", flat=True).first()

    def ask() -> None:
        with connection.cursor() as cursor:
            cursor.execute(BARE, [town])
            cursor.fetchall()

    return timed(ask)[0]


def main() -> int:
    prepare()
    people = {role: session(role) for role in {role for role, _ in LISTS}}
    good = []
    for role, path in LISTS:
        good.append(line(f"{role}: {path}", _of(people[role], path), LIST_QUERIES, LIST_MS))
    desk = people["operator"]
    case = Case.objects.as_system("bench").filter(is_open=True).order_by("-id").first()
    one = f"cases/{case.uuid}"
    good.append(line("operator: a case", _of(desk, one), DETAIL_QUERIES))
    more = (f"{one}/timeline", f"{one}/similar", "cases/counts", "cases/map?view=open")
    good.extend(line(f"operator: {path.replace(one, 'a case')}", _of(desk, path), 12) for path in more)
    body = {"text": "路口有一堆垃圾", "point": list(case.point or (0, 0)), "class": "E0101"}
    create = lambda: desk.post("/api/v1/cases", body, content_type="application/json")  # noqa: E731
    good.append(line("operator: report", measured(create), CREATE_QUERIES))
    print(f"     a bare query of 50 rows {bare():.1f} ms")
    for name, (queries, ms) in SIGNALEN.items():
        print(f"     Signalen, {name}: {queries} queries, {ms} ms of CPU (101,500 cases, without login)")
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
