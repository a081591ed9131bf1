"""Projects: named things to build, from boxes 专栏 and from tables of projects, and the stages of a plan."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chengyun.plans.compiler.context import Context
from chengyun.plans.compiler.dates import When, dates
from chengyun.plans.compiler.healed import Healed
from chengyun.plans.compiler.model import Project, Stage, Target, quoted
from chengyun.plans.compiler.outline import Block
from chengyun.plans.compiler.tables import Row, Table, words

_SIZED = re.compile(r"(?:用地|占地|建筑|土地|计容)(?:总)?面积|容积率|限高|总投资|投资额|建设规模")
_TOLD = re.compile(r"^([^：。；，]{2,40})：")
_STEP = re.compile(r"开工建设|开工|动工|竣工|投产|达产|建成|交付|投用|投入使用|完工|开业|封顶|启用")
_MARK = re.compile(r"[，；。]")
_EVENT = re.compile(r"^.*(?:计划于|计划|预计|拟于|拟|力争|时间|为|于)")
_PERIOD = re.compile(r"（([^（）]{3,40})）")
_NAMED = 60


def box_name(block: Block) -> Healed | None:
    """The name of the thing that a box item is about: its heading inside the box, or the words before its colon."""
    if block.rank is not None and (match := _TOLD.match(block.body.norm)) is not None:
        return block.body[match.start(1) : match.end(1)]
    if block.heading is not None and block.heading.rank >= _NAMED:
        title = block.heading.title
        return title[: len(title.norm.rstrip("："))]
    return None


def box_project(block: Block, before: str) -> str:
    """The project that a paragraph of a box belongs to, "" when it speaks of no sized project."""
    if not block.box:
        return ""
    name = box_name(block)
    if name is None:
        return before if block.rank is None else ""
    if _SIZED.search(block.body.norm) or name.text == before:
        return name.text
    return ""


def projects_of_boxes(blocks: Sequence[Block], targets: Sequence[Target], context: Context) -> list[Project]:
    """Sized projects of all boxes with their parameters and stages."""
    out: dict[str, Project] = {}
    current = ""
    for block in blocks:
        current = box_project(block, current)
        name = box_name(block) if current else None
        if name is not None and name.text == current and current not in out:
            out[current] = Project(quoted(name, 0.9), box=block.box, page=block.page)
        if current in out:
            out[current].stages += stages(block.body, context)
    for target in targets:
        if target.kind == "parameter" and target.project in out:
            out[target.project].parameters.append(target)
    return list(out.values())


def stages(body: Healed, context: Context) -> list[Stage]:
    """Steps with their dates: 计划于交地后6个月开工建设 is tied to an event and stays open until it is recorded."""
    out = []
    for when in dates(body.norm, context.calendar):
        step = _step(body.norm, when) if when.kind in {"event", "day", "month", "year", "range"} else None
        if step is not None:
            event = _EVENT.sub("", re.split(r"(?:之日)?起|后", when.words)[0]) if when.kind == "event" else None
            out.append(Stage(quoted(body[step.start() : step.end()], 0.85), when.first, when.last, event, when.months))
    return out


def _step(norm: str, when: When) -> re.Match[str] | None:
    """What happens then: right after the date (交地后24个月竣工), else in or before it (投产时间预计交地后30个月)."""
    begin = max(norm.rfind(mark, 0, when.at) for mark in "，；。：") + 1
    stop = _MARK.search(norm, when.end)
    end = stop.start() if stop is not None else len(norm)
    return _STEP.match(norm, when.end) or _STEP.search(norm, begin, when.end) or _STEP.search(norm, when.end, end)


def stages_of_plan(blocks: Sequence[Block], context: Context) -> list[Stage]:
    """Stages of the plan itself: items whose title carries a period (2023年6月—2025年6月)."""
    out = []
    for block in blocks:
        if block.rank is None or block.grid is not None or block.flat is not None:
            continue
        stop = block.body.norm.find("。")
        for match in _PERIOD.finditer(block.body.norm, 0, stop if stop > 0 else len(block.body)):
            found = [when for when in dates(match[1], context.calendar) if when.kind != "recurring"]
            if found and sum(when.end - when.at for when in found) >= len(match[1]) - 4:
                first = next((when.first for when in found if when.first), None)
                start = first if len(found) > 1 or found[0].kind in {"range", "open"} else None
                out.append(Stage(quoted(block.body[: match.start()], 0.85), start, found[-1].last))
    return out


def projects_of_table(table: Table, context: Context, targets: Sequence[Target]) -> list[Project]:
    """One project per row; the category of a merged or empty first cell, or of the row above, is carried down."""
    names = table.where("project", "content")
    sizes: dict[str, list[Target]] = {}
    for target in targets:
        sizes.setdefault(target.project, []).append(target)
    out: list[Project] = []
    category = ""
    for row in table.rows:
        for place in table.where("path"):
            category = words(context.source, row.cells.get(place)).text or category
        name = _name(context.source, row, names)
        if name is not None:
            project = Project(quoted(name, 0.95), category or row.section, box=table.caption, page=table.page)
            project.parameters = [target for target in sizes.get(name.text, []) if target.kind == "parameter"]
            for place, column in enumerate(table.columns):
                text = words(context.source, row.cells.get(place)).text
                if column.role not in {"project", "path", "serial"} and text and text != name.text:
                    project.cells[column.heading] = text
                if column.role in {"content", "value", "due", "start", None}:
                    project.stages += stages(words(context.source, row.cells.get(place)), context)
            out.append(project)
    return out


def _name(source: str, row: Row, places: Sequence[int]) -> Healed | None:
    return next((text for place in places if len(text := words(source, row.cells.get(place)))), None)
