"""Departments from a table: all of its rows or none, found again by their codes."""

from pathlib import Path

import openpyxl
import pytest

from accounts.world import TownWorld
from chengyun.accounts.importing import Kept, keep_departments, read_departments
from chengyun.accounts.models import Department
from chengyun.kernel.actor import System
from chengyun.kernel.refusal import Invalid
from chengyun.places.models import Town

pytestmark = pytest.mark.django_db
ACTOR = System("test")
HEAD = ["编码", "部门名称", "类型", "上级"]


def book(path: Path, *rows: list[str]) -> Path:
    sheet = openpyxl.Workbook()
    for row in (HEAD, *rows):
        sheet.active.append(row)
    sheet.save(path)
    return path


def here(town: Town) -> dict[str, Department]:
    rows = Department.objects.as_system("test").filter(town=town)
    return {one.code: one for one in rows.select_related("parent", "supervisor")}


def test_departments_come_from_a_table_and_are_known_again(town: TownWorld, tmp_path: Path) -> None:
    rows = [
        ["sweep", "保洁公司", "作业单位", "绿化所"], ["green", "绿化所", "", ""], ["garden", "园艺组", "科室", "green"],
    ]  # fmt: skip
    given = read_departments(book(tmp_path / "a.xlsx", *rows))
    assert keep_departments(town.town, actor=ACTOR, rows=given) == Kept(3, 0, 0)
    made = here(town.town)
    assert (made["sweep"].kind, made["sweep"].supervisor, made["garden"].parent) == (
        "contractor", made["green"], made["green"],
    )  # fmt: skip
    rows[1][1] = "绿化市容所"
    rows[0][3] = "green"
    again = read_departments(book(tmp_path / "b.xlsx", *rows))
    assert keep_departments(town.town, actor=ACTOR, rows=again) == Kept(0, 1, 2)
    assert here(town.town)["green"].name == "绿化市容所"


@pytest.mark.parametrize(
    ("rows", "code", "line"),
    [
        ([["a", "甲", "部门", ""], ["a", "乙", "部门", ""]], "accounts.department_code_row", 3),
        ([["a", "", "部门", ""]], "accounts.department_name_row", 2),
        ([["a", "甲", "商店", ""]], "accounts.department_kind_row", 2),
        ([["a", "甲", "部门", "无此部门"]], "accounts.department_above_row", 2),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_kept(
    town: TownWorld, tmp_path: Path, rows: list[list[str]], code: str, line: int
) -> None:
    before = set(here(town.town))
    with pytest.raises(Invalid) as refused:
        keep_departments(town.town, actor=ACTOR, rows=read_departments(book(tmp_path / "a.xlsx", *rows)))
    assert (refused.value.code, refused.value.params["line"]) == (code, line)
    assert set(here(town.town)) == before
