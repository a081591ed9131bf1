"""Words of files that leave the platform: government papers, Chinese whatever the language of the screen."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def words() -> dict[str, Any]:
    """The words, by file and place."""
    text = files("chengyun.plans.rules").joinpath("wording.yaml").read_text(encoding="utf-8")
    read: dict[str, Any] = yaml.safe_load(text)
    return read
