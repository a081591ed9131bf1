"""Compares what was read with labels: tasks by their text, targets by value, unit and words."""

import json
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

DOCUMENTS = Path(__file__).parent / "documents"
Row = dict[str, Any]


@dataclass
class Score:
    """Shares of 1, and in words what was missed or wrong."""

    tasks: float = 1.0
    tasks_precise: float = 1.0
    departments: float = 1.0
    supporting: float = 1.0
    lead: float = 1.0
    deadline: float = 1.0
    path: float = 1.0
    recall: float = 1.0
    precision: float = 1.0
    achievements_as_targets: int = 0
    comparator: float = 1.0
    problems: list[str] = field(default_factory=list)


def fold(text: object) -> str:
    return re.sub(r"[\s，,。．.、；;：:“”\"'‘’（）()《》]", "", unicodedata.normalize("NFKC", str(text or ""))).lower()


def pairs(row: Row) -> set[str]:
    text = fold("".join(str(row.get(key) or "") for key in ("object", "indicator", "text")))
    return {text[i : i + 2] for i in range(len(text) - 1)}


def score(gold: Row, read: Row) -> Score:
    out = Score()
    if gold.get("tasks"):
        _tasks(out, gold["tasks"], read["tasks"])
    wanted = [*gold.get("targets", []), *(one for task in gold.get("tasks", []) for one in task["targets"])]
    _targets(out, wanted, [one for one in read["targets"] if one["kind"] == "target"])
    return out


def labels(name: str) -> Row:
    loaded: Row = json.loads((DOCUMENTS / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


def _tasks(out: Score, gold: list[Row], read: list[Row]) -> None:
    used: set[int] = set()
    hits = []
    for task in gold:
        index = next((i for i, r in enumerate(read) if i not in used and _same_task(task, r)), None)
        if index is None:
            out.problems.append(f"no task: {task['text']}")
            continue
        used.add(index)
        hits.append((task, read[index]))
    share = len(gold)
    out.tasks, out.tasks_precise = len(hits) / share, len(hits) / max(1, len(read))
    for name, same in (("departments", _names("departments")), ("supporting", _names("supporting_departments")),
                       ("lead", _lead), ("deadline", _deadline), ("path", _path)):  # fmt: skip
        wrong = [(g, r) for g, r in hits if not same(g, r)]
        setattr(out, name, (len(hits) - len(wrong)) / share)
        out.problems += [f"{name} of {g['text'][:20]}" for g, _ in wrong]


def _same_task(gold: Row, read: Row) -> bool:
    one, two = fold(gold["text"]), fold(read["text"])
    return one[:12] == two[:12] or one[:24] in two or two[:24] in one


def _names(key: str) -> Any:
    return lambda gold, read: {fold(x) for x in gold[key]} == {fold(x) for x in read[key]}


def _lead(gold: Row, read: Row) -> bool:
    return fold(gold["lead"]) == fold(read["lead"])


def _deadline(gold: Row, read: Row) -> bool:
    return bool(gold["deadline"] == read["deadline"])


def _path(gold: Row, read: Row) -> bool:
    return fold((gold["path"] or [""])[-1]) == fold((read["path"] or [""])[-1])


def _targets(out: Score, gold: list[Row], read: list[Row]) -> None:
    left = list(read)
    firm = [g for g in gold if g.get("kind") != "achievement" and not g.get("optional")]
    found = [(g, _take(g, left)) for g in firm]
    for row in [g for g in gold if g.get("kind") != "achievement" and g.get("optional")]:
        _take(row, left)
    wrong = [g for g in gold if g.get("kind") == "achievement" and _take(g, left)]
    hits = [(g, r) for g, r in found if r is not None]
    out.recall = len(hits) / len(firm) if firm else 1.0
    out.precision = len(hits) / max(1, len(hits) + len(left) + len(wrong))
    out.achievements_as_targets = len(wrong)
    right = [r for g, r in hits if r["comparator"] == g["comparator"]]
    out.comparator = len(right) / len(hits) if hits else 1.0
    out.problems += [
        f"no target: {g['value']} {g['unit']} {g.get('object') or g.get('indicator')}" for g, r in found if r is None
    ]
    out.problems += [f"no such target: {r['value']} {r['unit']} {r['object']}" for r in left]


def _take(gold: Row, left: list[Row]) -> Row | None:
    fits = [r for r in left if _same_value(gold, r) and pairs(gold) & pairs(r)]
    if not fits:
        return None
    best = max(fits, key=lambda r: len(pairs(gold) & pairs(r)))
    left.remove(best)
    return best


def _same_value(gold: Row, read: Row) -> bool:
    if gold["value"] is None or read["value"] is None:
        return gold["value"] is None and read["value"] is None
    one, two = fold(gold["unit"]), fold(read["unit"])
    return abs(gold["value"] - read["value"]) < 1e-6 and (one in two or two in one)
