"""The roles that every installation starts with, read from data/roles.yaml."""

from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import yaml

OTHERS = "outside"


@dataclass(frozen=True)
class RoleShape:
    """A role as the file says it. `usual`: what its grants are mostly given for."""

    code: str
    zh: str
    en: str
    permissions: tuple[str, ...]
    own: tuple[str, ...] = ()
    usual: str = ""
    home: str = ""
    summary_zh: str = ""
    summary_en: str = ""


def _shape(code: str, row: dict[str, Any]) -> RoleShape:
    listed: dict[str, Any] = {key: tuple(row.pop(key, None) or ()) for key in ("permissions", "own")}
    return RoleShape(code, **listed, **row)


def read_roles() -> dict[str, RoleShape]:
    """Roles by code, in the order of the file."""
    text = files("chengyun.accounts").joinpath("data/roles.yaml").read_text(encoding="utf-8")
    return {code: _shape(code, row) for code, row in yaml.safe_load(text).items()}


_read = read_roles()
# What someone outside, without an account, may do: no row of the database, and nothing that a town edits.
OUTSIDE = _read.pop(OTHERS)
ROLES = _read
