"""The town's own plan documents, written for the demo in the forms of real ones, for the years around a year."""

import io
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from docx import Document

FOLDER = "data/plans"


@dataclass(frozen=True)
class Paper:
    """A document as it is sent: its file, when it was issued, its openness, and when it was put in force."""

    code: str
    name: str
    data: bytes
    issued: date
    openness: str = "public"


def papers(year: int) -> list[Paper]:
    """The four documents of a town whose running year is `year`, in the order of their issue."""
    span = {"y": year, "a": year - 1, "b": year + 1, "n": year + 1, "e": year + 4}
    return [
        Paper("action", "城市品质提升三年行动计划.docx", _paragraphs(_text("action.txt", span)), date(year - 1, 3, 12)),
        Paper("points", f"{year}年重点工作要点.docx", _paragraphs(_text("points.txt", span)), date(year, 1, 15)),
        Paper("five", "经济社会发展五年规划.docx", _paragraphs(_text("five.txt", span)), date(year, 2, 20)),
        Paper("table", "住宅小区综合治理行动方案.docx", _table(span), date(year, 4, 8), "on_request"),
    ]


def _text(name: str, span: dict[str, int]) -> str:
    return files("chengyun.demo").joinpath(f"{FOLDER}/{name}").read_text(encoding="utf-8").format(**span)


def scheme() -> str:
    """The town's assessment rules in the scoring language."""
    return files("chengyun.demo").joinpath(f"{FOLDER}/scheme.txt").read_text(encoding="utf-8")


@cache
def words() -> dict[str, Any]:
    """Words of meetings, orders, findings and titles."""
    text = files("chengyun.demo").joinpath(f"{FOLDER}/minutes.yaml").read_text(encoding="utf-8")
    read: dict[str, Any] = yaml.safe_load(text)
    return read


def _paragraphs(text: str) -> bytes:
    """A Word file with a paragraph for each line, as an office would save it."""
    paper = Document()
    for line in text.splitlines():
        if line.strip():
            paper.add_paragraph(line.strip())
    return _saved(paper)


def _table(span: dict[str, int]) -> bytes:
    """The action plan whose tasks stand in a table at its end."""
    text = files("chengyun.demo").joinpath(f"{FOLDER}/table.yaml").read_text(encoding="utf-8")
    said = yaml.safe_load(text)
    paper = Document()
    issuer = "云岸镇人民政府"
    for line in (f"{issuer}文件", said["number"], issuer, said["dated"], said["title"], *said["paragraphs"]):
        paper.add_paragraph(line.format(**span))
    paper.add_paragraph(said["table"])
    grid = paper.add_table(rows=1, cols=len(said["head"]))
    grid.style = "Table Grid"
    for cell, word in zip(grid.rows[0].cells, said["head"], strict=True):
        cell.text = word
    for number, row in enumerate(said["rows"], 1):
        for cell, word in zip(grid.add_row().cells, [str(number), *row], strict=True):
            cell.text = word.format(**span)
    return _saved(paper)


def _saved(paper: Any) -> bytes:
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()
