"""`chengyun plan read`, and what it writes."""

import json
from pathlib import Path

import openpyxl
import pytest

from chengyun.cli.main import run
from chengyun.plans.commands import Wanted, read_plan
from chengyun.plans.compiler import read
from chengyun.plans.compiler.sheetform import write_xlsx
from plans.scoring import DOCUMENTS


def test_the_command_prints_and_writes_what_a_document_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, book = tmp_path / "read.json", tmp_path / "read.xlsx"
    file = DOCUMENTS / "monthly.md"
    assert run(["plan", "read", str(file), "--json", str(out), "--xlsx", str(book)]) == 0
    assert "架空线" in capsys.readouterr().out
    written = json.loads(out.read_text(encoding="utf-8"))
    assert len(written["tasks"]) == 8
    text = file.read_text(encoding="utf-8")
    start, end = written["tasks"][0]["span"]
    assert text[start:end] == written["tasks"][0]["text"]
    sheet = openpyxl.load_workbook(book)["任务"]
    assert sheet.max_row == 9
    assert sheet["E2"].value == "城建中心"


def test_explaining_shows_the_words_behind_each_field(capsys: pytest.CaptureFixture[str]) -> None:
    read_plan(DOCUMENTS / "points.txt", Wanted(explain=True))
    shown = capsys.readouterr().out
    assert "平安办（应急所）" in shown.replace("(", "（").replace(")", "）")
    assert "✗" not in shown
    read_plan(DOCUMENTS / "points.txt", Wanted(explain=True), language="en")
    assert "page 1" in capsys.readouterr().out


def test_a_file_that_cannot_be_read_is_one_line_and_a_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "bad.pdf"
    file.write_bytes(b"%PDF-1.7 broken")
    assert run(["plan", "read", str(file)]) == 1
    told = capsys.readouterr().err.strip()
    assert told.count("\n") == 0
    assert "bad.pdf" in told
    assert "(damaged)" in told


def test_a_text_that_looks_like_a_formula_stays_a_text(tmp_path: Path) -> None:
    document = read('1.=HYPERLINK("x")完成道路整治3条。（责任部门：=1+1办）'.encode())
    write_xlsx(document, tmp_path / "out.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["任务"]
    assert sheet["C2"].data_type == "s"
    assert sheet["C2"].value.startswith("=HYPERLINK")
