"""What the command line says, in Chinese and English, from texts.toml beside this file."""

import os
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("zh", "en")
_chosen: list[str] = []


def choose(language: str) -> None:
    """Speak `language` ("zh" or "en") from here on."""
    _chosen[:] = [language]


def forget() -> None:
    """Ask the environment again."""
    _chosen.clear()


def language() -> str:
    """The language chosen by --lang, else by LANG and its elders; Chinese where they do not say English."""
    if _chosen:
        return _chosen[0]
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "")
        if value:
            return "en" if value.startswith("en") else "zh"
    return "zh"


@cache
def catalogue() -> dict[str, Any]:
    """The texts by section and key, each in both languages."""
    return tomllib.loads(files("chengyun.cli").joinpath("texts.toml").read_text(encoding="utf-8"))


def text(section: str, key: str, /, **values: object) -> str:
    """A text in the chosen language with its values filled in. Raises KeyError if the catalogue has none."""
    return str(catalogue()[section][key][language()]).format(**values)


def has(section: str, key: str) -> bool:
    """Whether the catalogue has such a text."""
    return key in catalogue()[section]
