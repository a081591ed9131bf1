"""The Word file of a report: cover, passages, tables, charts, appendix."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell

from chengyun.plans.evaluation.charts import Chart, Series, add_chart
from chengyun.plans.evaluation.words import Snapshot, day_words, number, percent, texts

COLOURS = {"green": "3FA55A", "yellow": "E0A82E", "red": "C8453B", "grey": "A6A6A6"}
LIGHTS = ("green", "yellow", "red", "grey")
SONG, HEI = "宋体", "黑体"
_MOST_DEPARTMENTS = 14
_SHORT = 14
WORDY = 3.6  # centimetres from which on a column holds words, which begin at its left


@dataclass(frozen=True)
class Block:
    """A passage of the report as a person left it."""

    code: str
    text: str


def report_docx(kind: str, snapshot: Snapshot, blocks: Sequence[Block]) -> bytes:
    """The report of a frozen snapshot as a .docx. `kind`: yearly, mid_term or final."""
    paper = Document()
    _set_up(paper)
    _cover(paper, kind, snapshot)
    for block in blocks:
        _heading(paper, texts()["headings"][block.code])
        for paragraph in block.text.split("\n"):
            _passage(paper, paragraph, lead=block.code in _TABLED)
        _FIGURES.get(block.code, _nothing)(paper, snapshot)
    _evidence(paper, snapshot)
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()


def _set_up(paper: Paper) -> None:
    """A4 with the margins and type of an official document (GB/T 9704: 仿宋 where there is one; 宋体 is everywhere)."""
    section = paper.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = (
        Cm(3.0), Cm(2.8), Cm(2.7), Cm(2.5),
    )  # fmt: skip
    style = paper.styles["Normal"]
    style.font.name, style.font.size = SONG, Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), SONG)
    _page_number(section.footer.paragraphs[0])


def _page_number(paragraph: Any) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", " PAGE "), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        element.text = text or None
        run._r.append(element)


def _cover(paper: Paper, kind: str, snapshot: Snapshot) -> None:
    for _ in range(6):
        paper.add_paragraph()
    document = snapshot["document"]
    lines = ((snapshot["town"], 18, SONG), (f"《{document['title']}》", 22, HEI), (texts()["kinds"][kind], 26, HEI))
    for text, size, font in lines:
        paragraph = paper.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(18)
        _run(paragraph, text, size, font, bold=font == HEI)
    for _ in range(9):
        paper.add_paragraph()
    end = paper.add_paragraph()
    end.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(end, day_words(snapshot["as_of"]), 16, SONG)
    if snapshot.get("note"):
        note = paper.add_paragraph()
        note.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(note, snapshot["note"], 10.5, SONG)
    end.paragraph_format.space_before = Pt(12)
    paper.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _run(paragraph: Any, text: str, size: float, font: str = SONG, *, bold: bool = False) -> Any:
    run = paragraph.add_run(text)
    run.font.size, run.font.name, run.bold = Pt(size), font, bold
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)
    return run


def _heading(paper: Paper, text: str) -> None:
    paragraph = paper.add_heading(level=1)
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(14), Pt(8)
    run = _run(paragraph, text, 16, HEI, bold=True)
    run.font.color.rgb = RGBColor(0, 0, 0)


def _passage(paper: Paper, text: str, *, lead: bool) -> None:
    """A paragraph; `lead`: a table follows that it introduces."""
    paragraph = paper.add_paragraph()
    paragraph.paragraph_format.first_line_indent = Pt(24)
    paragraph.paragraph_format.line_spacing, paragraph.paragraph_format.keep_with_next = 1.5, lead
    _run(paragraph, text, 12)


def _table(paper: Paper, name: str, rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
    """A table whose head stands again on each page. Widths in centimetres."""
    head = texts()["tables"][name]
    table = paper.add_table(rows=1, cols=len(head))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    _row(table.rows[0].cells, head, widths, bold=True)
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(mark)
    for values in rows:
        row = table.add_row()
        _row(row.cells, values, widths)
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    # A short table stays on one page; of a long one the head is never left alone at the foot of a page.
    _keep(table.rows[: len(rows) if len(rows) <= _SHORT else 2])
    paper.add_paragraph()


def _keep(rows: Sequence[Any]) -> None:
    for row in rows:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _row(cells: Sequence[_Cell], values: Sequence[str], widths: Sequence[float], *, bold: bool = False) -> None:
    for cell, value, width in zip(cells, values, widths, strict=True):
        cell.width = Cm(width)
        paragraph = cell.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if bold or width < WORDY else WD_ALIGN_PARAGRAPH.LEFT
        _run(paragraph, value, 9.5, bold=bold)
        if bold:
            _shade(cell, "E8EEF5")


def _shade(cell: _Cell, colour: str) -> None:
    shading = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shading.set(qn(f"w:{key}"), value)
    cell._tc.get_or_add_tcPr().append(shading)


def _overview(paper: Paper, snapshot: Snapshot) -> None:
    names = texts()["lights"]
    counts = [sum(t["light"] == light for t in snapshot["tasks"]) for light in LIGHTS]
    series = Series(texts()["charts"]["lights"], counts, colours=[COLOURS[light] for light in LIGHTS])
    add_chart(paper, Chart("pie", texts()["charts"]["lights"], [names[light] for light in LIGHTS], [series]))
    months = snapshot["months"]
    if months:
        lines = [Series(names[light], [m[light] for m in months], COLOURS[light]) for light in LIGHTS]
        add_chart(paper, Chart("column", texts()["charts"]["months"], [m["month"] for m in months], lines))


def _progress(paper: Paper, snapshot: Snapshot) -> None:
    rows = snapshot["departments"]
    counted = [[d["name"], *(str(d[k]) for k in ("total", "done", *LIGHTS))] for d in rows]
    _table(paper, "departments", counted, (4.6, 1.8, 1.8, 1.8, 1.8, 1.8, 2.0))
    shown = rows[:_MOST_DEPARTMENTS]
    words = texts()["series"]
    done = Series(words["done"], [d["done"] for d in shown], COLOURS["green"])
    left = Series(words["open"], [d["total"] - d["done"] for d in shown], "B8C4D6")
    if shown:
        high = 3.0 + 0.62 * len(shown)
        title = texts()["charts"]["departments"]
        add_chart(paper, Chart("bar", title, [d["name"] for d in shown], [done, left], height=high))
    lights, states = texts()["lights"], texts()["states"]
    tasks = [
        [str(n), t["title"], t["department"], t["due_on"] or "—", f"{t['progress']}%", states.get(t["state"], ""),
         f"{lights[t['light']]}：{texts()['reasons'].get(t['reason'], '')}".rstrip("：")]
        for n, t in enumerate(snapshot["tasks"], 1)
    ]  # fmt: skip
    _table(paper, "tasks", tasks, (1.1, 3.7, 2.2, 2.4, 1.5, 1.6, 3.3))


def _targets(paper: Paper, snapshot: Snapshot) -> None:
    words, lights = texts()["comparators"], texts()["lights"]
    rows = []
    for n, t in enumerate(snapshot["targets"], 1):
        upper = f"—{number(t['value_max'])}" if t["value_max"] is not None else ""
        aim = f"{words.get(t['comparator'], '')}{number(t['value'])}{upper}{t['unit']}"
        actual = f"{number(t['actual'])}{t['unit']}" if t["actual"] is not None else "—"
        share = percent(t["actual"], t["value"]) if t["actual"] is not None and t["value"] else "—"
        rows.append([str(n), t["object"], aim, actual, share, lights[t["light"]]])
    _table(paper, "targets", rows, (1.1, 4.9, 3.5, 3.0, 1.8, 1.5))


def _projects(paper: Paper, snapshot: Snapshot) -> None:
    lights = texts()["lights"]
    if not snapshot["projects"]:
        return
    rows = [
        [str(n), p["name"], p["department"], number(p["investment"]), number(p["paid"]),
         f"{p['stages_done']}/{p['stages']}", lights[p["light"]]]
        for n, p in enumerate(snapshot["projects"], 1)
    ]  # fmt: skip
    _table(paper, "projects", rows, (1.1, 5.0, 2.5, 2.4, 2.4, 1.3, 1.3))
    money = snapshot["funds"]
    if money["by_source"]:
        sources = texts()["sources"]
        _table(paper, "funds", [[sources.get(k, k), number(v)] for k, v in money["by_source"].items()], (6.0, 5.0))
    months, words = money["months"], texts()["series"]
    if months:
        planned = Series(words["planned"], [m["planned"] for m in months], "B8C4D6")
        paid = Series(words["paid"], [m["paid"] for m in months], "2F6FB2")
        names = [m["month"] for m in months]
        add_chart(paper, Chart("clustered", texts()["charts"]["funds"], names, [planned, paid]))


def _supervision(paper: Paper, snapshot: Snapshot) -> None:
    if not any(o["issued"] for o in snapshot["orders"]):
        return
    colours = texts()["colours"]
    rows = [
        [colours[o["colour"]], str(o["issued"]), str(o["cleared"]), str(o["late"])] for o in snapshot["orders"]
    ]  # fmt: skip
    _table(paper, "orders", rows, (3.4, 3.0, 3.0, 3.0))


def _evidence(paper: Paper, snapshot: Snapshot) -> None:
    paper.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    _heading(paper, texts()["headings"]["evidence"])
    rows = [[str(n), e["title"], e["month"], str(e["files"])] for n, e in enumerate(snapshot["evidence"], 1)]
    _table(paper, "evidence", rows or [["", texts()["none"], "", ""]], (1.2, 9.6, 2.6, 2.2))


def _nothing(_paper: Paper, _snapshot: Snapshot) -> None:
    """A passage without a table or chart."""


_TABLED = ("progress", "targets", "supervision")
_FIGURES = {"overview": _overview, "progress": _progress, "targets": _targets, "projects": _projects,
            "supervision": _supervision}  # fmt: skip
