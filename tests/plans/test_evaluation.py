"""The evaluation report: a Word file that opens, with tables, passages and charts whose numbers can be edited."""

import io
import zipfile
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from docx import Document
from openpyxl import load_workbook

from chengyun.plans.evaluation import CODES, Block, draft_blocks, report_docx

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def snapshot(tasks: int = 24) -> dict[str, Any]:
    lights = ("green", "green", "yellow", "red", "grey")
    reasons = ("on_pace", "done", "near_due", "overdue", "no_data")
    rows = [
        {"title": f"第{n}项任务：完成道路整治<{n}>", "department": f"部门{n % 4}", "due_on": "2025-12-31",
         "progress": n * 4 % 101, "state": "closed" if n % 5 == 1 else "live", "light": lights[n % 5],
         "reason": reasons[n % 5]}
        for n in range(tasks)
    ]  # fmt: skip
    return {
        "town": "云岸镇", "as_of": "2025-12-31", "note": "本报告为演示数据。",
        "document": {"title": "云岸镇品质提升三年行动计划"},
        "tasks": rows,
        "departments": [{"name": f"部门{n}", "total": 6, "done": n, "green": 2, "yellow": 1, "red": n % 2, "grey": 1}
                        for n in range(4)],
        "targets": [{"object": "新增绿地", "comparator": ">=", "value": 3.5, "value_max": None, "unit": "万平方米",
                     "actual": 2.8, "light": "yellow"},
                    {"object": "增速", "comparator": ">=", "value": 6.0, "value_max": 8.0, "unit": "%", "actual": None,
                     "light": "grey"}],
        "projects": [{"name": "滨河步道", "department": "部门1", "investment": 1200.0, "paid": 640.5, "stages": 5,
                      "stages_done": 3, "light": "green"}],
        "funds": {"planned": 800.0, "paid": 640.5, "by_source": {"town": 700.0, "bond": 500.0},
                  "months": [{"month": "1月", "planned": 100.0, "paid": 90.0}]},
        "months": [{"month": f"{m}月", "green": 10, "yellow": 3, "red": 2, "grey": 1} for m in range(1, 13)],
        "orders": [{"colour": "red", "issued": 3, "cleared": 2, "late": 1}],
        "supervision": {"orders": 3, "red_orders": 3, "cleared": 2, "findings": 4, "rectified": 3, "looks": 2,
                        "failed": 1, "reports": 40, "late_reports": 2},
        "evidence": [{"title": "滨河步道", "month": "2025-11", "files": 3}],
    }  # fmt: skip


def made(kind: str = "final", data: dict[str, Any] | None = None) -> bytes:
    told = data or snapshot()
    return report_docx(kind, told, [Block(code, text) for code, text in draft_blocks(told).items()])


def test_the_report_opens_and_says_what_the_snapshot_says() -> None:
    paper = Document(io.BytesIO(made()))
    text = "\n".join(p.text for p in paper.paragraphs)
    assert "末期评估报告" in text
    assert "共纳入执行任务24项" in text
    assert "逾期未完成的任务有：“第3项任务：完成道路整治<3>”" in text
    assert [len(t.rows) for t in paper.tables] == [5, 25, 3, 2, 3, 2, 2]


def test_charts_are_words_own_and_hold_their_numbers() -> None:
    with zipfile.ZipFile(io.BytesIO(made())) as archive:
        charts = sorted(n for n in archive.namelist() if n.startswith("word/charts/chart"))
        books = sorted(n for n in archive.namelist() if n.startswith("word/embeddings/"))
        assert len(charts) == len(books) == 4
        for chart, book in zip(charts, books, strict=True):
            root = ET.fromstring(archive.read(chart))
            series = list(root.iter(f"{CHART}ser"))
            sheet = load_workbook(io.BytesIO(archive.read(book))).active
            assert sheet.max_column == len(series) + 1
            for column, one in enumerate(series, 2):
                cached = [float(v.text or 0) for v in one.find(f"{CHART}val").iter(f"{CHART}v")]
                assert cached == [sheet.cell(row, column).value for row in range(2, sheet.max_row + 1)]


def test_every_passage_is_drafted_without_an_open_brace() -> None:
    blocks = draft_blocks(snapshot())
    assert tuple(blocks) == CODES
    assert not [text for text in blocks.values() if "{" in text or "}" in text]


@pytest.mark.parametrize("kind", ["yearly", "mid_term", "final"])
def test_a_town_without_anything_still_gets_a_report(kind: str) -> None:
    empty = snapshot(0) | {"departments": [], "targets": [], "projects": [], "months": [], "orders": [], "evidence": []}
    empty["funds"] = {"planned": 0.0, "paid": 0.0, "by_source": {}, "months": []}
    assert Document(io.BytesIO(made(kind, empty))).tables


def test_nothing_is_said_of_what_there_is_none_of() -> None:
    quiet = snapshot(0) | {"targets": [], "projects": []}
    quiet["supervision"] = dict.fromkeys(snapshot()["supervision"], 0)
    blocks = draft_blocks(quiet)
    assert blocks["problems"] == "期末没有红灯事项。"
    assert blocks["advice"] == "继续按月填报和核查，保持现有进度。"
    assert blocks["targets"] == "本文件未列入量化指标。"
    assert not [code for code, text in blocks.items() if "0个" in text or "无。" in text]
    busy = draft_blocks(snapshot())
    assert busy["advice"].startswith("一是对")
    assert "；二是对" in busy["advice"]
