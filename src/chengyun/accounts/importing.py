"""Departments of a town from a table: all of its rows, or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chengyun.accounts.actions.organisation import add_department, change_department
from chengyun.accounts.models import Department
from chengyun.kernel.action import action
from chengyun.kernel.actor import Actor
from chengyun.kernel.refusal import Invalid
from chengyun.places.importing.founding import heading_of
from chengyun.places.models import Area, Town
from chengyun.places.readers.guard import guard
from chengyun.places.readers.table import Table, read_table

HEADINGS = {
    "code": ("code", "编码", "代码", "部门编码", "部门代码"),
    "name": ("name", "名称", "部门", "部门名称", "单位", "单位名称"),
    "kind": ("kind", "类型", "类别", "性质"),
    "above": ("above", "parent", "supervisor", "上级", "上级部门", "主管部门", "主管单位"),
    "area": ("area", "区域", "区域编码", "辖区", "居村"),
}
KINDS = {
    **{kind.value: kind.value for kind in Department.Kind},
    "": "department", "部门": "department", "科室": "department", "派驻力量": "posted_force", "派驻": "posted_force",
    "作业单位": "contractor", "养护单位": "contractor", "物业": "contractor", "居委会": "neighbourhood",
    "居委": "neighbourhood", "村委会": "village", "村委": "village",
}  # fmt: skip
LONGEST = {"code": 40, "name": 80}


@dataclass(frozen=True)
class Row:
    """A department as the file says it. `line`: of the file; `above`: the code or name of another; `area`: likewise."""

    line: int
    code: str
    name: str
    kind: str
    above: str = ""
    area: str = ""


@dataclass(frozen=True)
class Kept:
    """What became of the rows."""

    new: int
    changed: int
    same: int


def read_departments(path: Path) -> list[Row]:
    """The rows of a .csv or .xlsx with code and name, and kind, above, area if it has them.

    Raises Invalid that names the line and what would be right.
    """
    guard(path)
    table = read_table(path)
    wanted = {name: heading_of(table, HEADINGS[name]) for name in ("code", "name")}
    at = {name: _column(table, words) for name, words in HEADINGS.items()} | wanted
    rows = [_row(table.first + index, cells, at) for index, cells in enumerate(table.rows)]
    known = set[str]()
    for row in rows:
        if not 0 < len(row.code) <= LONGEST["code"] or row.code in known:
            raise _wrong_code(row)
        known.add(row.code)
    return rows


def _column(table: Table, words: Sequence[str]) -> int | None:
    found = (index for index, heading in enumerate(table.headings) if heading.strip().lower() in words)
    return next(found, None)


def _row(line: int, cells: Sequence[Any], at: Mapping[str, int | None]) -> Row:
    said = {name: str(cells[n]).strip() if n is not None and cells[n] is not None else "" for name, n in at.items()}
    if not 0 < len(said["name"]) <= LONGEST["name"]:
        words = f"line {line}: name: 1 to 80 characters"
        raise Invalid("accounts.department_name_row", words, field="name", params={"line": line})
    if said["kind"] not in KINDS:
        words = f"line {line}: kind: {said['kind']!r} is none of {', '.join(filter(None, KINDS))}"
        params = {"line": line, "value": said["kind"]}
        raise Invalid("accounts.department_kind_row", words, field="kind", params=params)
    return Row(line, said["code"], said["name"], KINDS[said["kind"]], said["above"], said["area"])


@action
def keep_departments(town: Town, *, actor: Actor, rows: Sequence[Row]) -> Kept:
    """Add the departments, or change those of the same code; what the file lacks stays as it is."""
    here = Department.objects.as_system("departments that a file names").filter(town=town)
    before = {one.code: one for one in here}
    areas = _areas(town)
    for row in rows:
        if row.area and row.area not in areas:
            params = {"line": row.line, "value": row.area}
            words = f"line {row.line}: area: the town has no {row.area!r}"
            raise Invalid("accounts.department_area_row", words, field="area", params=params)
        if row.code not in before:
            more = {"kind": row.kind, "area": areas.get(row.area)}
            add_department(town.pk, actor=actor, code=row.code, name=row.name, more=more)
    now = {word: one for one in here.all() for word in (one.name, one.code)}
    changed = [row.code for row in rows if _set(now[row.code], row, now, areas, actor) and row.code in before]
    new = sum(row.code not in before for row in rows)
    return Kept(new, len(changed), len(rows) - new - len(changed))


def _set(one: Department, row: Row, known: Mapping[str, Department], areas: Mapping[str, Area], actor: Actor) -> bool:
    """Bring a department to what its row says; whether that changed anything."""
    if row.above and row.above not in known:
        params = {"line": row.line, "value": row.above}
        words = f"line {row.line}: above: there is no department {row.above!r}"
        raise Invalid("accounts.department_above_row", words, field="above", params=params)
    under = "supervisor" if row.kind == Department.Kind.CONTRACTOR else "parent"
    values: dict[str, Any] = {"name": row.name, "kind": row.kind}
    values |= {under: known[row.above]} if row.above else {}
    values |= {"area": areas[row.area]} if row.area else {}
    different = {name: value for name, value in values.items() if getattr(one, name) != value}
    if different:
        change_department(one, actor=actor, expected=one.version, values=different)
    return bool(different)


def _areas(town: Town) -> dict[str, Area]:
    rows = Area.objects.as_system("areas that a file names").filter(town=town, retired_at=None)
    return {word: area for area in rows for word in (area.name, area.code)}


def _wrong_code(row: Row) -> Invalid:
    words = f"line {row.line}: code: 1 to 40 characters, each code once"
    return Invalid("accounts.department_code_row", words, field="code", params={"line": row.line})
