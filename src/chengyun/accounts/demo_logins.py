"""The logins that a synthetic town shows at its door; no real town has the file."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings

MARK = "demo.json"  # left in the data folder by whoever made the synthetic town


def shown() -> list[dict[str, Any]]:
    """Role, title, login and password of each demo login; empty unless the installation is a synthetic town."""
    path = Path(settings.ENV.data) / MARK
    if not settings.ENV.demo or not path.exists():
        return []
    rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8")).get("logins", [])
    return rows
