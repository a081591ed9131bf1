"""A document that was read: its parts, the check of every span, and its form as data."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from chengyun.plans.compiler.healed import Healed, Span, heal
from chengyun.plans.compiler.model import Field, Group, Meta, Post, Project, Question, Stage, Target, Task, quoted
from chengyun.plans.compiler.outline import Heading
from chengyun.plans.compiler.source import Grid, Source
from chengyun.plans.compiler.width import fold

_LEVEL = re.compile(r"[率度比重例]$|人均|总[量额数]$|水平$|收入$|面积$|密度")
_ALIKE = 50  # so many equal values are compared with a new one


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
    _starts: list[int] = field(default_factory=list)

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
            target.task = self.task_at(target.text.spans[0].start) if target.text.spans else None
        known: dict[tuple[float, str], list[int]] = {}
        for index, target in enumerate(self.targets):
            if target.kind != "target" or target.norm_value is None:
                continue
            alike = known.setdefault((target.norm_value, target.norm_unit), [])
            target.same_as = next((i for i in alike[:_ALIKE] if _same(target, self.targets[i])), None)
            alike.append(index)
        self._baselines()

    def _baselines(self) -> None:
        """A level that the review of the past gives is where the target of the same name starts."""
        past = {(fold(one.object.value), one.norm_unit): one for one in self.targets if one.kind == "achievement"}
        for target in self.targets:
            one = past.get((fold(target.object.value), target.norm_unit))
            if (
                target.kind == "target"
                and target.baseline is None
                and one is not None
                and _LEVEL.search(one.object.value)
            ):
                target.baseline, target.baseline_unit = one.value, one.unit

    def task_at(self, place: int) -> int | None:
        """The task in whose words this place of the text stands."""
        starts = self._starts
        if len(starts) != len(self.tasks):
            starts = self._starts = [task.text.spans[0].start if task.text.spans else 0 for task in self.tasks]
        index = bisect_right(starts, place) - 1
        if index < 0 or not self.tasks[index].text.spans:
            return None
        return index if place < self.tasks[index].text.spans[-1].end else None

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
    """Whether two targets of equal value speak of the same thing."""
    if target.norm_unit in {"个", "家", "处", "条"} and target.norm_value is not None and target.norm_value < 100:
        return fold(target.object.value) == fold(other.object.value)
    ours, theirs = _pairs(target.indicator), _pairs(other.indicator)
    return len(ours & theirs) >= 2


def _pairs(text: str) -> set[str]:
    folded = fold(text)
    return {folded[i : i + 2] for i in range(len(folded) - 1)}
