"""From a file to a document: the order in which its parts are read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from chengyun.plans.compiler.clock import Deadline as Clock
from chengyun.plans.compiler.context import Context
from chengyun.plans.compiler.dates import Calendar, dates
from chengyun.plans.compiler.document import Document
from chengyun.plans.compiler.healed import Healed, heal, joined
from chengyun.plans.compiler.meta import read_meta
from chengyun.plans.compiler.model import Meta
from chengyun.plans.compiler.narrative import narrative_tasks
from chengyun.plans.compiler.outline import Block, Heading, Outline
from chengyun.plans.compiler.places import name_places
from chengyun.plans.compiler.posts import read_posts
from chengyun.plans.compiler.projects import box_project, projects_of_boxes, projects_of_table, stages_of_plan
from chengyun.plans.compiler.readers import load, read_source
from chengyun.plans.compiler.registry import Registry
from chengyun.plans.compiler.sections import PLAN, tenses
from chengyun.plans.compiler.tables import Table, read_table
from chengyun.plans.compiler.tails import find_tails
from chengyun.plans.compiler.target_tables import indicator_targets, row_targets
from chengyun.plans.compiler.targets import SentenceReader, Setting
from chengyun.plans.compiler.task_flat import read_flat
from chengyun.plans.compiler.task_items import ItemReader, run_in
from chengyun.plans.compiler.task_tables import TableReader
from chengyun.plans.compiler.width import fold

SECONDS = 60.0
_GOAL = re.compile(r"[到至]\s?(20\d\d)\s?年")


def read(
    given: Path | str | bytes,
    lookup: Callable[[str], object | None] | None = None,
    *,
    units: Iterable[str] = (),
    seconds: float = SECONDS,
) -> Document:
    """Reads a plan document from a path or from bytes (.txt, .md, .docx, .xlsx, .pdf).

    `lookup` answers a place name with whatever the caller knows of it, or None. `units` are full names of the town's
    units, against which short names are resolved. Takes at most `seconds`. Error: `ReadError`.
    """
    clock = Clock(seconds)
    source = read_source(load(given), clock)
    outline = Outline(source, clock)
    meta = read_meta(outline.blocks)
    context = Context(source.text, meta, clock, _calendar(meta, source.text))
    document = Document(source, outline.headings, meta, questions=context.questions)
    _Reading(document, outline.blocks, context).run(lookup, units)
    return document


def _calendar(meta: Meta, text: str) -> Calendar:
    """What bare months and 5年内 are counted from."""
    goals = frozenset(int(year) for year in _GOAL.findall(text))
    return Calendar(meta.year, meta.start, meta.end, meta.date.value if meta.date else None, goals)


class _Reading:
    """One pass over the blocks of a document for each kind of thing in it."""

    def __init__(self, document: Document, blocks: Sequence[Block], context: Context) -> None:
        self.document = document
        self.blocks = list(blocks)
        self.context = context
        self.sentences = SentenceReader(context)
        self.tables: dict[int, Table] = {}
        self.tense = {id(block): tense for block, tense in tenses(blocks, context.meta)}

    def run(self, lookup: Callable[[str], object | None] | None, units: Iterable[str]) -> None:
        document, context = self.document, self.context
        document.posts, document.groups = read_posts(self.blocks, context)
        context.people = frozenset(post.name.value for post in document.posts if post.name is not None)
        self._read_tables()
        self._tasks()
        self._targets()
        document.projects += projects_of_boxes(self.blocks, document.targets, context)
        document.stages = stages_of_plan(self.blocks, context)
        Registry(units, document.posts, context).resolve(document.tasks, document.groups)
        name_places(document, lookup)
        document.link()

    def _read_tables(self) -> None:
        before: Table | None = None
        for block in self.blocks:
            if block.grid is None:
                continue
            table = read_table(self.context.source, block.grid, before, block.caption)
            if table is None:
                self.document.ask_grid(block.grid, "table.unknown", "no heading of this table was understood")
                continue
            self.tables[id(block)] = before = table

    def _tasks(self) -> None:
        items = ItemReader(self.blocks, self.context)
        self.document.tasks += items.tasks
        for block in self.blocks:
            if block.flat is not None:
                self.document.tasks += read_flat(block.flat, self.document.headings, self.context, block.page)
            elif id(block) in self.tables:
                self._table(block, self.tables[id(block)])
        if not self.document.tasks:
            self.document.tasks += narrative_tasks(self.blocks, self.tense, self.context)
        self.context.clock.check()
        self._clauses()
        self.document.tasks.sort(key=lambda task: task.text.spans[0].start if task.text.spans else 0)

    def _clauses(self) -> None:
        """Rows of a table that repeat an item of the text are tied to it by the title they share."""
        titles = {}
        for block in self.blocks:
            title = run_in(block.body) if block.rank is not None and not block.is_heading else None
            if title is not None:
                titles[fold(title.text)] = f"{block.label}{title.text}"
        for task in self.document.tasks:
            if task.origin in {"flattened", "table"} and task.path:
                task.clause = titles.get(fold(task.path[-1]), "")

    def _table(self, block: Block, table: Table) -> None:
        if table.kind == "tasks":
            reader = TableReader(table, self.context, [])
            self.document.tasks += reader.tasks
            found = row_targets(reader, self.sentences)
            self.document.targets += found
            self.document.projects += projects_of_table(table, self.context, found) if table.builds else []
        elif table.kind == "projects":
            self.document.projects += projects_of_table(table, self.context, ())
        elif table.kind == "indicators":
            self.document.targets += indicator_targets(table, self.context)
        else:
            self.document.ask_grid(block.grid, "table.other", "this table is neither of tasks, projects nor indicators")

    def _targets(self) -> None:
        for task in self.document.tasks:
            if task.origin == "flattened":
                body = heal(self.context.source, [(span.start, span.end) for span in task.text.spans])
                self.document.targets += self.sentences.read(
                    body, Setting(PLAN, due=task.deadline.chief, page=task.page)
                )
        project = ""
        for block in self.blocks:
            if block.grid is not None or block.flat is not None or block.is_heading:
                project = "" if not block.box else project
                continue
            project = box_project(block, project)
            index = self._task_of(block)
            due = self.document.tasks[index].deadline.chief if index is not None else None
            due = due or self._dated(block.heading)
            setting = Setting(self.tense[id(block)], block.box, project, due, block.page)
            self.document.targets += self.sentences.read(self._told(block), setting)
        self.document.targets.sort(key=lambda target: target.text.spans[0].start if target.text.spans else 0)

    def _dated(self, heading: Heading | None) -> str | None:
        """The year that a heading gives what stands under it, where it lies beyond the plan: “十五五”时期的奋斗目标."""
        ends = self.context.calendar.end
        for step in reversed(heading.path if heading is not None else ()):
            found = [when.last for when in dates(step.title.norm, self.context.calendar) if when.last and not when.base]
            if found and ends:
                return found[-1][:7] if found[-1][:4] > ends[:4] else None
        return None

    def _task_of(self, block: Block) -> int | None:
        """The task that a paragraph belongs to; a key in front of it (建设内容：) is no part of the task's words."""
        at = block.body.at
        found = (self.document.task_at(place) for place in (at[:1] + at[-1:]))
        return next((index for index in found if index is not None), None)

    def _told(self, block: Block) -> Healed:
        """The words of a block without its tails: their dates are deadlines, not results."""
        parts, begin = [], 0
        for tail in find_tails(block.body):
            parts.append(block.body[begin : tail.start])
            begin = tail.end
        return joined([*parts, block.body[begin:]]) if begin else block.body
