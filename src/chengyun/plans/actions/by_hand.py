"""A new version of a document, and what people made of the one before: items added by hand, parts of a divided task."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from chengyun.kernel.action import lock, save
from chengyun.plans.models import Document, Project, Question, Reading, Target, Task
from chengyun.plans.rules.standing import stand_anew

OVER = ("rejected", "merged", "withdrawn", "closed")
_DATES = ("starts_on", "due_on", "due_rule", "due_words", "due_dates", "due_event", "due_months", "recurrence")
_IN_REVIEW = ("proposed", "accepted")


def pieces_follow(task: Task, before: Mapping[str, Any], names: Iterable[str]) -> None:
    """The parts of a divided task have its dates: they follow where the part still has what the task had before."""
    dates = [name for name in names if name in _DATES]
    if not dates:
        return
    pieces = Task.objects.as_system("parts of a divided task").filter(split_from=task, state__in=_IN_REVIEW)
    for piece in pieces.select_for_update():
        own = [name for name in dates if name not in piece.corrected and getattr(piece, name) == before[name]]
        for name in own:
            setattr(piece, name, getattr(task, name))
        if own and piece.state == "accepted":
            piece.state, piece.accepted_by, piece.accepted_at = "proposed", "", None
        if own:
            save(piece)


def dates_of(task: Any) -> dict[str, Any]:
    """What `pieces_follow` compares with, before a task follows the new words."""
    return {name: getattr(task, name) for name in _DATES} if isinstance(task, Task) else {}


def stand_in(document: Document, reading: Reading) -> None:
    """Find the words of what people added or divided in the new text; of what is gone from it, ask."""
    last = document.readings.filter(number__lt=reading.number, state=Reading.State.DONE).order_by("-number").first()
    if last is None:
        return
    for model in (Task, Target, Project):
        rows = model.objects.as_system("items made by hand, in a new version").filter(document=document)
        for row in rows.filter(origin__in=("added", "split"), spans__isnull=False).exclude(state__in=OVER):
            if row.spans:
                _move(lock(row, None), last.text, reading)
    _narrow(document, reading)


def _move(row: Task | Target | Project, old: str, reading: Reading) -> None:
    spans: Sequence[Sequence[int]] = row.spans
    found = stand_anew([old[start:end] for start, end in spans], spans[0][0], reading.text)
    row.spans, row.at, row.reading = found, found[0][0] if found else None, reading.number
    save(row)
    if not found:
        tie = {row.subject_kind.removeprefix("plan_"): row} if isinstance(row, Task | Target) else {}
        said = str(getattr(row, "text", "") or getattr(row, "name", ""))[:300]
        question = Question(document=reading.document, reading=reading.number, code="version.removed", words=said)
        for name, thing in tie.items():
            setattr(question, name, thing)
        question.save(force_insert=True)


def _narrow(document: Document, reading: Reading) -> None:
    """A task that was divided has its own words only, wherever they stand in those of the whole."""
    divided = Task.objects.as_system("divided tasks, in a new version").filter(document=document, pieces__isnull=False)
    for task in divided.distinct():
        found = stand_anew([task.text], task.at or 0, reading.text)
        if found:
            Task.objects.as_system("where a divided task stands").filter(pk=task.pk).update(spans=found, at=found[0][0])
