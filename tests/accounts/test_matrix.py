"""The permission matrix: every endpoint × every role × inside, elsewhere in the town, outside it; see matrix.toml.

A new endpoint without a row fails. After a change that is meant, `MATRIX_WRITE=1 pytest tests/accounts/test_matrix.py`
writes what holds now into the table, for the change to be read in its difference.
"""

import json
import os
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

import accounts.stage_indicators
import accounts.stage_registers
import accounts.stage_supervision  # noqa: F401  adds its records to the stage
from accounts.stage import COLUMNS, Corner, Stage
from chengyun.accounts.roles import ROLES
from chengyun.cases.flow_table import FLOW as CASE_FLOW
from chengyun.cases.flow_table import ORDER_FLOW
from chengyun.config.api import api
from chengyun.places.importing.uploads import keep_upload
from chengyun.plans.supervision_table import FLOWS as SUPERVISION_FLOWS

pytestmark = pytest.mark.django_db
FILE = Path(__file__).with_name("matrix.toml")
ROWS: dict[str, dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))
METHODS = ("get", "post", "put", "patch", "delete", "head")
DENIED = {401, 403, 404}
NONE: frozenset[str] = frozenset()
BACKEND = "chengyun.accounts.authentication.PersonOfSession"
SHEET = "name,category,lng,lat\n消火栓,hydrant,121.005,31.005\n".encode()
_seen: dict[str, dict[str, frozenset[str]]] = {}


def endpoints() -> list[str]:
    """Every operation of the API: "GET /accounts/people/{id}"."""
    return [
        f"{method.upper()} {path.removeprefix('/api/v1')}"
        for path, operations in api.get_openapi_schema()["paths"].items()
        for method in operations
        if method in METHODS
    ]


def told(text: str) -> frozenset[str]:
    """Roles from the table: codes, "all", or nothing."""
    return frozenset(ROLES) if text == "all" else frozenset(text.split())


def holders(permission: str) -> frozenset[str]:
    """The roles that allow it."""
    return frozenset(code for code, shape in ROLES.items() if permission in (*shape.permissions, *shape.own))


class Door:
    """Sends requests as one role and forgets what they did."""

    def __init__(self, person: Any = None) -> None:
        self.client = Client(raise_request_exception=False)
        self.mine = ""
        if person is not None:
            self.client.force_login(person, backend=BACKEND)
            self.mine = str(keep_upload("mine.csv", [SHEET], actor=person).id)  # only who sent a file may import it
        self.cookies = self.client.cookies.output(header="")

    def send(self, endpoint: str, row: dict[str, Any], corner: Corner) -> Any:
        endpoint, _, variant = endpoint.partition("#")
        method, _, path = endpoint.partition(" ")
        sample = corner.things.get(row.get("sample", ""))
        path = "/api/v1" + path + row.get("query", "")
        for name in ("{id}", "{uuid}", "{key}"):
            path = path.replace(name, str(sample.uuid) if sample is not None else "")
        path = (
            path.replace("{code}", row.get("code", "{code}"))
            .replace("{verb}", variant.rpartition(".")[2])
            .replace("{digest}", "0" * 64)
            .replace("{number}", "1")
        )
        for name, value in row.get("path", {}).items():
            path = path.replace(f"{{{name}}}", value)
        path = corner.fill(path, sample)
        body = corner.fill(row.get("body", ""), sample).replace("$mine", self.mine or str(uuid4()))
        kind = "application/json"
        if "upload" in row:
            sent = SimpleUploadedFile("sent.json", row["upload"].encode(), "application/json")
            form = {name: corner.fill(value) for name, value in row.get("form", {}).items()}
            body, kind = encode_multipart(BOUNDARY, form | {"file": sent}), MULTIPART_CONTENT
        self.client.cookies.load(self.cookies)
        with transaction.atomic():
            answer = self.client.generic(method, path, body, content_type=kind)
            content = b"".join(answer) if answer.streaming else answer.content
            transaction.set_rollback(True)
        return answer.status_code, content.decode(errors="replace")


class Theatre:
    """The stage with a door for each role."""

    def __init__(self) -> None:
        self.stage = Stage()
        self.doors = {code: Door(self.stage.people[code]) for code in ROLES}
        self.stranger = Door()


@pytest.fixture(scope="module")
def theatre(django_db_setup: None, django_db_blocker: Any) -> Iterator[Theatre]:
    """One world for all rows; nothing that a request does is kept."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Theatre()
        transaction.set_rollback(True)
    if os.environ.get("MATRIX_WRITE"):
        write()


def reaches(theatre: Theatre, endpoint: str, row: dict[str, Any], code: str, column: str) -> tuple[bool, int, str]:
    """Whether a role gets through at a corner: it is let in, and a list shows the corner's record."""
    corner = theatre.stage.at(code, column)
    status, text = theatre.doors[code].send(endpoint, row, corner)
    assert status < 500, f"{endpoint} as {code} {column}: {status} {text[:500]}"
    through = status not in DENIED
    if row.get("kind") == "list" and through:
        through = str(corner.things[row["sample"]].uuid) in text
    return through, status, text


def test_every_endpoint_has_its_row_and_every_row_its_endpoint() -> None:
    there, rows = set(endpoints()), {row.partition("#")[0] for row in ROWS}
    assert not there - rows, "no row in matrix.toml for: " + ", ".join(sorted(there - rows))
    assert not rows - there, "no endpoint any more for: " + ", ".join(sorted(rows - there))


def test_every_verb_of_a_case_has_its_row() -> None:
    verbs = {v.name for flow in (CASE_FLOW, ORDER_FLOW) for v in flow.verbs.values() if not v.outside}
    rows = {row.partition("#")[2] for row in ROWS if row.startswith("POST /cases/{id}/verbs/")}
    assert not verbs - rows, "no row in matrix.toml for: " + ", ".join(sorted(verbs - rows))
    assert not rows - verbs


def test_every_verb_of_supervision_has_its_row() -> None:
    verbs = {(flow.kind, v.name) for flow in SUPERVISION_FLOWS.values() for v in flow.verbs.values() if not v.outside}
    start = "POST /plans/{things}/{id}/verbs/{verb}#"
    kinds = {kind.removeprefix("plan_") + "s": kind for kind in SUPERVISION_FLOWS}
    names = [row.removeprefix(start).split(".") for row in ROWS if row.startswith(start)]
    assert {(kinds[things], name) for things, name in names} == verbs


def test_the_table_names_only_roles_that_there_are() -> None:
    for endpoint, row in ROWS.items():
        for column in COLUMNS:
            assert told(row.get(column, "")) <= set(ROLES), endpoint


@pytest.mark.parametrize("endpoint", [e for e, row in ROWS.items() if row["kind"] in {"list", "act"}])
def test_roles_reach_what_the_table_says_and_nothing_else(theatre: Theatre, endpoint: str) -> None:
    """Roles without the permission are tried where they work: refused there, no other place helps them. What belongs to
    no single town is the same everywhere in one."""
    row, able = ROWS[endpoint], holders(ROWS[endpoint]["may"])
    got: dict[str, set[str]] = {column: set() for column in COLUMNS}
    statuses: dict[int, str] = {}
    places = ("inside", "outside") if row.get("open") else COLUMNS
    for code in ROLES:
        for column in places if code in able else ("inside",):
            through, status, text = reaches(theatre, endpoint, row, code, column)
            statuses.setdefault(status, f"{code} {column}: {text[:300]}")
            if through:
                got[column].add(code)
    if row.get("open"):
        got["elsewhere"] = got["inside"]
    _seen[endpoint] = {column: frozenset(codes) for column, codes in got.items()}
    if os.environ.get("MATRIX_WRITE"):
        return
    wrong = {
        column: {"more": sorted(got[column] - said), "less": sorted(said - got[column])}
        for column in COLUMNS
        if got[column] != (said := told(row[column]))
    }
    assert not wrong, (wrong, statuses)
    good = row.get("status", (200, 201, 202, 204))
    assert set(statuses) & set(good), f"nobody got {good}: the row's sample or body does not fit: {statuses}"
    assert set(statuses) <= {*DENIED, *good}, f"an answer of another kind: {statuses}"


@pytest.mark.parametrize("endpoint", [e for e, row in ROWS.items() if row["kind"] in {"list", "act"}])
def test_the_table_agrees_with_the_roles(endpoint: str) -> None:
    """Who gets through has the permission in his role; nobody reaches another town, but where a row says so."""
    row = ROWS[endpoint]
    able = holders(row["may"])
    for column in COLUMNS:
        assert told(row[column]) <= able, f"{column}: without {row['may']}: {sorted(told(row[column]) - able)}"
    if not row.get("open"):
        assert told(row["outside"]) == NONE
    assert told(row["elsewhere"]) <= told(row["inside"]), "more elsewhere than where one works"


@pytest.mark.parametrize("endpoint", [e for e, row in ROWS.items() if row["kind"] == "self"])
def test_what_is_one_s_own_is_for_everyone(theatre: Theatre, endpoint: str) -> None:
    row = ROWS[endpoint]
    for code in ROLES:
        status, text = theatre.doors[code].send(endpoint, row, theatre.stage.at(code, "inside"))
        assert status in row.get("status", ()) or status not in DENIED | {500}, f"{code}: {status} {text[:300]}"


@pytest.mark.parametrize("endpoint", list(ROWS))
def test_a_stranger_comes_in_nowhere_but_at_the_public_doors(theatre: Theatre, endpoint: str) -> None:
    row = ROWS[endpoint]
    status, text = theatre.stranger.send(endpoint, row, theatre.stage.at("operator", "inside"))
    if row["kind"] == "public":
        assert status in row.get("status", (200,)), text[:300]
    else:
        assert status == 401, text[:300]


def write() -> None:
    """Put what was seen into the table; what a row says beside it stays."""
    lines = [line for line in FILE.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    missing = set(endpoints()) - {row.partition("#")[0] for row in ROWS}
    for endpoint in sorted({*ROWS, *missing}, key=lambda e: (e.split("/")[1], e.split(" ")[1], e)):
        row = dict(ROWS.get(endpoint, {"kind": "act", "may": ""}))
        for column, codes in _seen.get(endpoint, {}).items():
            row[column] = "all" if codes == frozenset(ROLES) else " ".join(code for code in ROLES if code in codes)
        lines += ["", f"[{json.dumps(endpoint)}]"]
        lines += [f"{name} = {_toml(value)}" for name, value in row.items()]
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _toml(value: Any) -> str:
    if isinstance(value, str):
        return f"'{value}'" if '"' in value else json.dumps(value, ensure_ascii=False)
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {_toml(one)}" for name, one in value.items()) + " }"
    return json.dumps(value)
