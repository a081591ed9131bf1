"""Targets of tables: rows of an indicator table, and the measurable results inside the rows of a task table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chengyun.plans.compiler.comparators import compare, less_is_better
from chengyun.plans.compiler.context import Context
from chengyun.plans.compiler.healed import Healed
from chengyun.plans.compiler.model import Target, quoted
from chengyun.plans.compiler.numbers import Quantity, quantities
from chengyun.plans.compiler.sections import PAST, PLAN
from chengyun.plans.compiler.tables import Row, Table, words
from chengyun.plans.compiler.targets import SentenceReader, Setting
from chengyun.plans.compiler.task_tables import TableReader
from chengyun.plans.compiler.unit_table import named

_NUMBER = re.compile(
    r"[\[〔（(]?\s*(?P<sign>≥|≤|＞|＜|>|<|>=|<=)?\s*(?P<value>\d[\d,]*(?:\.\d+)?)(?:\s?[-—~至]\s?(?P<max>\d[\d,]*(?:\.\d+)?))?\s*[\]〕）)]?"
)
_SIGNS = {"≥": ">=", ">=": ">=", "≤": "<=", "<=": "<=", ">": ">", "＞": ">", "<": "<=", "＜": "<="}
_REFER = re.compile(
    r"完成.{0,12}(?:下达|任务|目标|指标|要求)|按.{0,10}(?:下达|标准|要求)|(?:达到|高于|低于|不低于|优于).{0,14}(?:水平|标准|要求|平均|指标|目标|上年|前列|第一)|(?:逐年|持续)(?:提高|下降|增加|减少|提升)|与.{2,12}(?:同步|持平)|保持|进一步"
)
_YEAR = re.compile(r"(20\d\d)")
_BARE_YEAR = re.compile(r"(20\d\d)年?")
_RISES = re.compile(r"增长|增速|增幅|下降|降低|提高|减少")
_NOTHING = frozenset("-—–/ ")
_LISTS = re.compile(r"项目")
_PROMISED = re.compile(r"实事|民生|惠民|民心")
_MARK = re.compile(r"[，。；：]")
_UNNAMED = re.compile(r"[≥≤><=\d.,%‰]*\d[\d.,%‰]*(?:[\u4e00-\u9fff/²]{1,6})?")
_BARE = re.compile(rf"(?:{_NUMBER.pattern})(?:及)?(?:以上|以内|以下|左右)?")
_OF_NAME = re.compile(r"（([^（）]{1,12})）$")


def indicator_targets(table: Table, context: Context) -> list[Target]:
    """The goals of each row of an indicator table, with its baseline; a value in words is a reference and a question.

    A row may set a goal for several years, and a growth 年均增长 beside them.
    """
    out: list[Target] = []
    goals = _goal_columns(table, context)
    for row in table.rows:
        context.clock.check()
        name = _cell(context, table, row, "indicator") or _cell(context, table, row, "content")
        if name is None:
            continue
        for place in goals:
            value = words(context.source, row.cells.get(place))
            if len(value) and set(value.norm) - _NOTHING:
                target = _target(name, value, _cell(context, table, row, "unit"), context)
                _complete(target, table, row, place, context)
                out.append(target)
        out += _growth(name, table, row, context)
    return out


def _goal_columns(table: Table, context: Context) -> list[int]:
    """Columns of goals: those named so, and bare years that lie in the plan."""
    start = context.calendar.start
    out = table.where("value")
    for place in table.where("baseline"):
        year = _BARE_YEAR.fullmatch(table.columns[place].heading.strip())
        if year is not None and start and year[1] >= start[:4]:
            out.append(place)
    return sorted(out)


def _growth(name: Healed, table: Table, row: Row, context: Context) -> Iterator[Target]:
    """What a column such as 年均增长 promises: in percent where the indicator itself is no share."""
    for place in table.where("growth"):
        value = words(context.source, row.cells.get(place))
        if _NUMBER.search(value.norm) is None:
            continue
        unit = _cell(context, table, row, "unit")
        own = unit if unit is not None and unit.norm.startswith(("%", "‰")) else None
        target = _target(name, value, own, context)
        if own is None and not target.unit:
            target.unit = target.norm_unit = "%"
            target.norm_value = target.value
        if _RISES.search(name.norm) is None:
            target.indicator = name.text + table.columns[place].heading
        _complete(target, table, row, place, context)
        target.baseline, target.baseline_unit = None, ""
        yield target


def _cell(context: Context, table: Table, row: Row, role: str) -> Healed | None:
    places = table.where(role)
    text = words(context.source, row.cells.get(places[-1])) if places else None
    return text if text is not None and len(text) else None


def _target(name: Healed, value: Healed, unit: Healed | None, context: Context) -> Target:
    in_name = _OF_NAME.search(name.norm)
    shown = unit.norm if unit is not None else in_name[1] if in_name and named(in_name[1]) else ""
    target = Target("target", quoted(name, 0.95), name.text, quoted(name, 0.95))
    number = _NUMBER.search(value.norm)
    if number is None:
        target.reference = value.text if _REFER.search(value.norm) else ""
        target.question = f"the table gives no number but: {value.text}"
        target.unit = shown
        context.ask("target.reference", target.question, value)
        return target
    target.number = quoted(value)
    _fill(target, number, value.norm, shown)
    return target


def _fill(target: Target, number: re.Match[str], text: str, unit: str) -> None:
    bare = number["value"] + (f"-{number['max']}" if number["max"] else "")
    after = text[number.end() :]
    own = next(iter(quantities(text)), None)
    read: Quantity | None = own or next(iter(quantities(bare + unit)), None)
    target.value, target.unit = float(number["value"].replace(",", "")), (own.unit if own else unit)
    target.value_max = float(number["max"].replace(",", "")) if number["max"] else None
    if read is not None:
        target.norm_value, target.norm_max, target.norm_unit = read.norm, read.norm_max, read.norm_unit
    compared = compare(text[: number.start()], after)
    sign = _SIGNS.get(number["sign"] or "")
    target.comparator = sign or compared.sign
    target.explicit = sign is not None or compared.explicit
    target.approx = compared.approx
    if not target.explicit and less_is_better(target.indicator):
        target.comparator = "<="


def _complete(target: Target, table: Table, row: Row, place: int, context: Context) -> None:
    year = _YEAR.search(table.columns[place].heading)
    target.by = year[1] if year else context.calendar.end or context.calendar.start
    target.by_inherited = year is None
    _base(target, table, row, context)


def _base(target: Target, table: Table, row: Row, context: Context) -> None:
    goals = _goal_columns(table, context)
    places = [place for place in table.where("baseline") if place not in goals]
    base = words(context.source, row.cells.get(places[-1])) if places else None
    number = _NUMBER.search(base.norm) if base is not None else None
    if number is not None:
        target.baseline, target.baseline_unit = float(number["value"].replace(",", "")), target.unit


def row_targets(reader: TableReader, sentences: SentenceReader) -> list[Target]:
    """Measurable results in the words of a row; a column of what was done gives achievements, never targets."""
    out: list[Target] = []
    table, source = reader.table, reader.context.source
    results = table.where("result")
    for task, row in zip(reader.tasks, reader.rows, strict=True):
        project = _project(reader, row)
        setting = Setting(PLAN, project=project, due=task.deadline.chief, page=task.page)
        told: list[Target] = []
        for place in sorted({*table.where("content", "project", "size"), *reader.contents}):
            cell = row.cells.get(place)
            if cell is not None and cell.row == row.index:
                told += sentences.read(words(source, cell), setting)
        out += [*told, *_goals(reader, row, told, sentences, setting)]
        for place in results:
            out += sentences.read(words(source, row.cells.get(place)), Setting(PAST, page=task.page))
    return out


def _project(reader: TableReader, row: Row) -> str:
    """The project of a row of a list of projects: what it says of sizes is no promise. 实事项目 promise."""
    table, title = reader.table, reader.context.meta.title
    named = f"{title.value if title is not None else ''} {table.caption}"
    if not table.builds or not _LISTS.search(named) or _PROMISED.search(named):
        return ""
    cells = [words(reader.context.source, row.cells.get(place)) for place in table.where("project", "content")]
    return next((cell.text for cell in cells if len(cell)), "")


def _goals(
    reader: TableReader, row: Row, told: list[Target], sentences: SentenceReader, setting: Setting
) -> Iterator[Target]:
    """What the column of goals adds: a number that the words of the row give too is the same target once more."""
    table, context = reader.table, reader.context
    name = _name(reader, row)
    for place in (place for place in table.where("value") if place not in reader.contents):
        cell = row.cells.get(place)
        value = words(context.source, cell)
        if cell is None or cell.row != row.index or not len(value):
            continue
        found = sentences.read(value, setting)
        unit = _cell(context, table, row, "unit")
        told_by_unit = unit is not None and _BARE.fullmatch(value.norm) is not None
        if not found and name is not None and (told_by_unit or _REFER.search(value.norm)):
            found = [_target(name, value, unit, context)]
            found[0].by, found[0].by_inherited = setting.due or context.calendar.end, setting.due is None
            _base(found[0], table, row, context)
        for target in found:
            if any(_alike(target, other) for other in told):
                continue
            if name is not None and _UNNAMED.fullmatch(target.object.value):
                target.object, target.indicator = quoted(name, 0.7), name.text
            yield target


def _alike(target: Target, other: Target) -> bool:
    same = (target.norm_value, target.norm_unit) == (other.norm_value, other.norm_unit)
    return same and target.norm_value is not None


def _name(reader: TableReader, row: Row) -> Healed | None:
    """What the goals of a row are about: its short name where it has one, else the first clause of its words."""
    cells = [words(reader.context.source, row.cells.get(place)) for place in reader.names]
    named = [cell for cell in cells if len(cell)]
    if not named:
        return None
    stop = _MARK.search(named[-1].norm)
    return named[-1][: stop.start()] if stop is not None and stop.start() else named[-1]
