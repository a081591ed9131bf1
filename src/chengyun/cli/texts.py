"""What the command line says, in Chinese and English, from texts.toml beside this file."""

import errno
import json
import os
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("zh", "en")
HOLE = re.compile(r"\{(\w+)\}")
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


def os_words(number: int | None, said: str) -> str:
    """What the system refused, in the chosen language: by the name of its error, else as the system says it."""
    name = errno.errorcode.get(number or 0, "")
    return text("system", name) if has("system", name) else said


def database_words(said: str) -> str:
    """What a database complains of, in the chosen language; what the catalogue does not know stays as it is."""
    for key in catalogue()["database"]:
        if key in said:
            return said.replace(key, text("database", key))
    return said


@cache
def screen_words() -> dict[str, str]:
    """The screens' Chinese words of each refusal by its code: a copy that `make docs` makes."""
    read: dict[str, str] = json.loads(files("chengyun.cli").joinpath("refusals.json").read_text(encoding="utf-8"))
    return read


def refusal_words(code: str, detail: str, params: Mapping[str, Any]) -> str:
    """A refusal, or what would be right ("right.…"), in the chosen language. English is its own detail."""
    if language() == "en":
        return detail
    words = text("refusal", code) if has("refusal", code) else screen_words().get(code, detail)
    return HOLE.sub(lambda hole: str(params.get(hole[1], hole[0])), words)
