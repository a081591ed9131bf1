"""Categories from a file: YAML as the shipped one, or a table with the headings code, name, english, group, unit."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from chengyun.kernel.refusal import Invalid
from chengyun.places.actions.categories import CategoryGiven
from chengyun.places.readers.guard import guard
from chengyun.places.readers.table import decode, read_table

_HEADINGS = {"code": "code", "编码": "code", "代码": "code", "name": "name", "名称": "name", "english": "english",
             "英文": "english", "group": "group", "分组": "group", "unit": "unit", "单位": "unit"}  # fmt: skip


def read_categories(path: Path) -> list[CategoryGiven]:
    """The categories of a file. Raises Invalid."""
    guard(path)
    rows = _yaml(path) if path.suffix.lower() in {".yaml", ".yml"} else _table(path)
    return [_given(row) for row in rows]


def _yaml(path: Path) -> list[Mapping[str, Any]]:
    try:
        said = yaml.safe_load(decode(path.read_bytes())[0])
    except yaml.YAMLError as error:
        raise Invalid("places.file_yaml", f"{path.name}: not YAML: {error}", field="file") from error
    rows = said.get("categories") if isinstance(said, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        words = f"{path.name}: the key categories holds a list, as in the shipped file"
        raise Invalid("places.file_categories", words, field="file")
    return rows


def _table(path: Path) -> list[Mapping[str, Any]]:
    table = read_table(path)
    names = [_HEADINGS.get(heading.strip().lower(), "") for heading in table.headings]
    return [{name: cell for name, cell in zip(names, row, strict=True) if name} for row in table.rows]


def _given(row: Mapping[str, Any]) -> CategoryGiven:
    texts = {name: str(row.get(name) or "") for name in ("code", "name", "english", "group", "unit")}
    return CategoryGiven(**(texts | {"group": texts["group"] or "service"}))
