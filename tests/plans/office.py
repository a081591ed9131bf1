"""Word and Excel files made on the spot, in the forms that offices send: merged cells, automatic numbers, titles."""

import io
from collections.abc import Sequence
from itertools import pairwise

import docx
import openpyxl
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

HEADS = ("序号", "工作类别", "重点任务", "本月工作内容", "责任领导", "责任部门", "配合部门", "完成时间")
# An empty cell under a filled one of the two path columns is one merged cell.
ROWS = (
    ("1", "城市管理", "架空线整治", "完成云栖路沟槽开挖800米。", "沈望舒", "城建中心", "规建办、执法队", "3月25日"),
    ("2", "", "", "启动望湖路店招更新方案征询，走访商户60家。", "沈望舒", "城运中心", "望湖居民区", "3月底"),
    ("3", "", "无违建巩固", "拆除存量违建12处，新增违建发现处置率100%。", "顾长宁", "综合行政执法队", "", "3月31日"),
    ("4", "民生服务", "适老化改造", "完成40户老人家庭改造验收。", "叶知秋", "社建办", "社区服务中心", "3月20日"),
    ("5", "", "就业创业", "举办招聘会2场，提供岗位500个以上。", "叶知秋", "社建办（就业所）", "工会、妇联", "长期"),
)  # fmt: skip
TITLE = "云岸镇2024年3月重点工作安排表"


def merged(rows: Sequence[Sequence[str]]) -> list[tuple[int, int, int]]:
    """(first row, last row, column) of each merged cell of the path columns."""
    out = []
    for column in (1, 2):
        starts = [r for r, row in enumerate(rows) if row[column]] + [len(rows)]
        out += [(a, b - 1, column) for a, b in pairwise(starts) if b - a > 1]
    return out


def excel() -> bytes:
    """A sheet with a title row over all columns, a header, and merged path cells."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([TITLE])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(HEADS))
    sheet.append(HEADS)
    for row in ROWS:
        sheet.append([int(row[0]), *row[1:]])
    for first, last, column in merged(ROWS):
        sheet.merge_cells(start_row=first + 3, end_row=last + 3, start_column=column + 1, end_column=column + 1)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def word_table() -> bytes:
    """A Word document with the same table."""
    document = docx.Document()
    document.add_heading(TITLE, 0)
    table = document.add_table(rows=1 + len(ROWS), cols=len(HEADS))
    for r, row in enumerate((HEADS, *ROWS)):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    for first, last, column in merged(ROWS):
        table.cell(first + 1, column).merge(table.cell(last + 1, column))
    return _saved(document)


def word_text(lines: Sequence[tuple[int | None, str]]) -> bytes:
    """A Word document whose numbers are automatic: level 0 is 一、, level 1 is （一）, level 2 is 1."""
    document = docx.Document()
    number = _numbering(document)
    for level, text in lines:
        paragraph = document.add_paragraph(text)
        if level is not None:
            _number(paragraph, number, level)
    return _saved(document)


def _numbering(document: docx.document.Document) -> str:
    root = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "90")
    for level, (form, text) in enumerate(
        (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))
    ):
        node = OxmlElement("w:lvl")
        node.set(qn("w:ilvl"), str(level))
        for tag, value in (("w:start", "1"), ("w:numFmt", form), ("w:lvlText", text)):
            child = OxmlElement(tag)
            child.set(qn("w:val"), value)
            node.append(child)
        abstract.append(node)
    root.insert(0, abstract)
    instance = OxmlElement("w:num")
    instance.set(qn("w:numId"), "90")
    link = OxmlElement("w:abstractNumId")
    link.set(qn("w:val"), "90")
    instance.append(link)
    root.append(instance)
    return "90"


def _number(paragraph: Paragraph, number: str, level: int) -> None:
    mark = OxmlElement("w:numPr")
    for tag, value in (("w:ilvl", str(level)), ("w:numId", number)):
        child = OxmlElement(tag)
        child.set(qn("w:val"), value)
        mark.append(child)
    paragraph._p.get_or_add_pPr().append(mark)


def _saved(document: docx.document.Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
