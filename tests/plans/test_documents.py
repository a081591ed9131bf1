"""Documents in the forms that towns write, invented for these tests, read against their labels."""

import json
import os
from pathlib import Path

import pytest

from chengyun.plans.compiler import Document, read, to_json
from chengyun.plans.compiler.width import fold, measure
from house.source import ROOT
from plans.scoring import DOCUMENTS, labels, score

INVENTED = sorted(path.stem for path in DOCUMENTS.glob("*.json"))
SHARED = ROOT.parent / "shared" / "data"
REAL = {
    "zhangjiang-work-points-2023": 30, "jinyang-quality-district-2023": 23, "zhangjiang-modern-town-2023-2025": 0,
    "changzheng-five-year-plan-14": 0, "taopu-five-year-plan-14": 0,
}  # fmt: skip
needs_real = pytest.mark.skipif(
    bool(os.environ.get("CI")) or not (SHARED / "plans").is_dir(), reason="the five real documents are not here"
)


def path_of(name: str) -> Path:
    return next(path for path in DOCUMENTS.glob(f"{name}.*") if path.suffix != ".json")


def read_json(document: Document) -> dict[str, object]:
    return json.loads(json.dumps(to_json(document), ensure_ascii=False))


@pytest.mark.parametrize("name", INVENTED)
def test_an_invented_document_is_read_as_its_labels_say(name: str) -> None:
    result = score(labels(name), read_json(read(path_of(name))))
    assert result.tasks == 1.0, result.problems
    assert min(result.tasks_precise, result.departments, result.supporting, result.lead) == 1.0, result.problems
    assert min(result.deadline, result.path) >= 0.9, result.problems
    assert result.recall >= 0.9, result.problems
    assert result.precision >= 0.85, result.problems
    assert result.achievements_as_targets == 0, result.problems
    assert result.comparator >= 0.9, result.problems


@pytest.mark.parametrize("name", INVENTED)
def test_every_field_stands_where_its_span_says(name: str) -> None:
    document = read(path_of(name))
    assert document.unverified() == []
    for field in document.fields():
        words = "".join(document.text[span.start : span.end] for span in field.spans)
        assert fold(words) == fold(field.words)


def wrapped(text: str, width: int) -> str:
    """The text as a PDF gives it: every line cut at one width, a page number now and then, blank lines between."""
    out: list[str] = []
    for paragraph in filter(None, map(str.strip, text.split("\n"))):
        line = "　　"
        for char in paragraph:
            if measure(line + char) > width:
                out.append(line)
                line = ""
            line += char
        out += [line, *([f"- {len(out) // 26} -"] if len(out) % 26 == 0 else [])]
    return "\n\n".join(out)


@pytest.mark.parametrize("width", [22, 28, 34])
@pytest.mark.parametrize("name", [name for name in INVENTED if path_of(name).suffix == ".txt" and name != "fiveyear"])
def test_a_document_cut_into_lines_says_the_same(name: str, width: int) -> None:
    document = read(wrapped(path_of(name).read_text(encoding="utf-8"), width).encode())
    result = score(labels(name), read_json(document))
    assert min(result.tasks, result.departments, result.supporting, result.lead) == 1.0, result.problems
    assert min(result.recall, result.precision) >= 0.9, result.problems
    assert document.unverified() == []


@needs_real
@pytest.mark.parametrize(("name", "tasks"), REAL.items())
def test_a_real_document_is_read_within_its_bars(name: str, tasks: int) -> None:
    document = read(SHARED / "plans" / f"{name}.txt")
    gold = json.loads((SHARED / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    result = score(gold, read_json(document))
    assert document.unverified() == []
    if tasks:
        assert len(document.tasks) == tasks
        shares = (result.tasks, result.departments, result.supporting, result.lead, result.deadline, result.path)
        assert min(shares) >= 0.97, result.problems
    assert result.recall >= 0.9, result.problems
    assert result.precision >= 0.85, result.problems
    assert result.achievements_as_targets <= 0.02 * sum(t.kind == "achievement" for t in document.targets)


@needs_real
def test_due_dates_before_the_issue_are_marked_and_kept() -> None:
    document = read(SHARED / "plans" / "zhangjiang-work-points-2023.txt")
    early = [task for task in document.tasks if task.deadline.before_issue]
    assert {task.deadline.chief for task in early} == {"2023-05"}
    assert document.meta.date is not None
    assert document.meta.date.value == "2023-06-21"
