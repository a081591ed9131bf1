"""The logins that a synthetic town shows at its door; no real town has the file."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings

FILE = "demo-logins.json"


def shown() -> list[dict[str, Any]]:
    """Role, login and password of each demo login; empty unless the installation is a synthetic town."""
    path = Path(settings.ENV.data) / FILE
    if not settings.ENV.demo or not path.exists():
        return []
    rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return rows


def keep(data: Path, rows: list[dict[str, Any]]) -> None:
    """Write the logins of a synthetic town that was just made."""
    (data / FILE).write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
