"""The pages of docs/ that are made from the code; a house test compares them with what stands there."""

import json
import re
from collections.abc import Iterator
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any, get_type_hints

from chengyun.accounts.reference import roles_markdown
from chengyun.config.api import api
from chengyun.kernel.access import permissions
from chengyun.kernel.env import PREFIX, Env
from chengyun.kernel.events import events, fields_of, listeners
from chengyun.kernel.flow import flows

MADE = "<!-- Made from the code by `make docs`; a test compares. -->\n"


def pages() -> dict[str, str]:
    """Every page by its name below docs/."""
    return {
        "settings.md": settings_page(),
        "permissions.md": permissions_page(),
        "events.md": events_page(),
        "verbs.md": verbs_page(),
        "openapi.json": openapi(),
    }


def openapi() -> str:
    """The description of the API, as /api/v1/openapi.json gives it."""
    return json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=1, sort_keys=True, default=str) + "\n"


def refusals(web: Path) -> str:
    """The screens' Chinese words of each refusal by code, from the client's sources, for the command line.

    With them, as "right.…", what would be right in a row of an import.
    """
    found: dict[str, str] = {}
    for file in sorted(web.rglob("locales/zh-CN.json")):
        texts = json.loads(file.read_text(encoding="utf-8"))
        rooms = {**texts.get("refusal", {}), "right": texts.get("import", {}).get("right", {})}
        for room, said in rooms.items():
            found |= {f"{room}.{code}": words for code, words in said.items() if isinstance(words, str)}
    return json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def settings_page() -> str:
    """A heading for each setting."""
    return "\n".join(_settings()) + "\n"


def _settings() -> Iterator[str]:
    hints = get_type_hints(Env)
    yield "# Settings\n"
    yield MADE
    yield "An installation is set by environment variables alone. `chengyun serve` has options for the commonest ones."
    for field in fields(Env):
        default = "" if field.default in (MISSING, "") else f", default `{field.default}`"
        kind = {bool: "true or false", int: "whole number", str: "text"}.get(hints[field.name], "path")
        yield f"\n## {PREFIX}{field.name.upper()}\n\n{field.metadata['words']} ({kind}{default})"


def permissions_page() -> str:
    """A row for each permission, and the roles that allow it."""
    rows = [f"| `{p.name}` | {p.zh} | {p.en} |" for p in permissions().values()]
    table = _table("Permissions", "What a role may allow, always at a place and, where it matters, for a department.",
                   "| permission | 中文 | English |", rows)  # fmt: skip
    return f"{table}\n{roles_markdown()}"


def events_page() -> str:
    """A row for each event: what it tells, and who listens."""
    rows = []
    kind: Any
    for name, kind in events().items():
        if not kind.__module__.startswith("chengyun."):
            continue  # what tests registered in the same process is no part of the platform
        facts = ", ".join(f"`{f}`" for f in fields_of(kind))
        heard = ", ".join(f"`{listener.name}`" for listener in listeners().values() if listener.wants(name))
        words = _meaning(kind)
        rows.append(f"| `{name}` | {words} | {facts} | {heard} |")
    return _table("Events", "What the journal holds and webhooks tell. Facts are ids, codes and numbers.",
                  "| event | meaning | facts | heard by |", rows)  # fmt: skip


def _meaning(kind: Any) -> str:
    """The docstring's first line; the words of the name where a dataclass wrote its own signature instead."""
    first = (kind.__doc__ or "").strip().splitlines()[0]
    return (
        re.sub(r"(?<!^)(?=[A-Z])", " ", kind.__name__).capitalize() if first.startswith(f"{kind.__name__}(") else first
    )


def verbs_page() -> str:
    """A table and a diagram for each kind of thing that has states."""
    head = "# Verbs\n\n" + MADE + "\nThe tables that decide what may be done to a thing in each state.\n\n"
    return head + "\n".join(flow.markdown() for _, flow in sorted(flows().items()))


def _table(title: str, words: str, head: str, rows: list[str]) -> str:
    line = "|" + "---|" * (head.count("|") - 1)
    return "\n".join([f"# {title}\n", MADE, words, "", head, line, *rows]) + "\n"
