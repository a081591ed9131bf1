"""A document that was read: its parts, the check of every span, and its form as data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from chengyun.plans.compiler.healed import Healed, Span, heal
from chengyun.plans.compiler.model import Field, Group, Meta, Post, Project, Question, Stage, Target, Task, quoted
from chengyun.plans.compiler.outline import Heading
from chengyun.plans.compiler.source import Grid, Source
from chengyun.plans.compiler.width import fold


@dataclass(slots=True)
class Document:
    """What was read. Spans count characters of `source.text`."""

    source: Source
    headings: list[Heading]
    meta: Meta
    tasks: list[Task] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    stages: list[Stage] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text that spans refer to."""
        return self.source.text

    @property
    def bodies(self) -> Iterator[Healed]:
        """The words of each task as one run."""
        for task in self.tasks:
            yield heal(self.text, [(span.start, span.end) for span in task.text.spans])

    def ask_grid(self, grid: Grid | None, code: str, detail: str) -> None:
        """Puts a table that was not understood on the list of questions."""
        if grid is not None:
            words = heal(self.text, [(grid.start, min(grid.end, grid.start + 60))], spaces=True)
            self.questions.append(Question(code, detail, quoted(words, 0.3)))

    def link(self) -> None:
        """Ties targets to the tasks that they stand in, and marks a target that is stated twice."""
        for target in self.targets:
            at = target.text.spans[0].start if target.text.spans else -1
            for index, task in enumerate(self.tasks):
                if task.text.spans and task.text.spans[0].start <= at < task.text.spans[-1].end:
                    target.task = index
        wanted = [(index, target) for index, target in enumerate(self.targets) if target.kind == "target"]
        for place, (_, target) in enumerate(wanted):
            for index, other in wanted[:place]:
                if _same(target, other):
                    target.same_as = index
                    break

    def fields(self) -> Iterator[Field[Any]]:
        """Every field that has words, for checking and for showing."""
        for task in self.tasks:
            yield from _of_task(task)
        for target in self.targets:
            yield from (one for one in (target.object, target.text, target.number) if one is not None)
        for project in self.projects:
            yield project.name
            yield from (stage.name for stage in project.stages)
        yield from (stage.name for stage in self.stages)
        yield from (post.name for post in self.posts if post.name is not None)
        yield from (question.words for question in self.questions)
        meta = self.meta
        yield from (one for one in (meta.title, meta.number, meta.date, meta.period, *meta.issuer) if one is not None)
        yield from (up.title for up in meta.upstream)

    def unverified(self) -> list[Field[Any]]:
        """Fields whose words are not exactly the words at their spans, white space and width apart. Always empty."""
        return [one for one in self.fields() if not self.verifies(one)]

    def verifies(self, one: Field[Any]) -> bool:
        """True when the words of a field stand at its spans."""
        return bool(one.spans) and fold("".join(self.text[span.start : span.end] for span in one.spans)) == fold(
            one.words
        )

    def page_of(self, span: Span) -> int:
        """The page, from 1, on which a span starts."""
        return max(1, sum(start <= span.start for start in self.source.pages))


def _of_task(task: Task) -> Iterator[Field[Any]]:
    yield task.text
    yield from (one for one in (task.title, task.lead, task.deadline.words) if one is not None)
    for party in (*task.departments, *task.supporting):
        yield party.name
    for place in task.places:
        yield place.name


def _same(target: Target, other: Target) -> bool:
    if (
        target.value is None
        or other.value is None
        or target.norm_value != other.norm_value
        or target.norm_unit != other.norm_unit
    ):
        return False
    if target.norm_unit in {"个", "家", "处", "条"} and target.norm_value is not None and target.norm_value < 100:
        return fold(target.object.value) == fold(other.object.value)
    ours, theirs = _pairs(target.indicator), _pairs(other.indicator)
    return len(ours & theirs) >= 2


def _pairs(text: str) -> set[str]:
    folded = fold(text)
    return {folded[i : i + 2] for i in range(len(folded) - 1)}
