"""From labels to classes: proposed by keywords, written to a file, confirmed by a person, read back."""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chengyun.cases.classes import BadTable, ClassBook, Fault
from chengyun.kernel.refusal import Invalid
from chengyun.places.readers.table import decode

HEADINGS = ("label", "class", "class_name", "department", "rows", "sure", "confirmed", "others")
YES = frozenset({"yes", "是", "y", "1", "true"})


@dataclass(frozen=True)
class Proposal:
    """What a label may mean: the class whose keywords its texts have most, how sure that is, what else it may be."""

    label: str
    class_code: str
    rows: int
    sure: float
    others: tuple[str, ...]


@dataclass(frozen=True)
class Confirmed:
    """What a person said that a label means. Without a department the responsibility table decides."""

    class_code: str
    department: str = ""


def propose(rows: Iterable[Mapping[str, Any]], book: ClassBook) -> list[Proposal]:
    """A class for each label, from the words of its texts; rows without a label count as the label ""."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    sizes: Counter[str] = Counter()
    for row in rows:
        label = str(row.get("label") or "").strip()
        sizes[label] += 1
        code = class_of_text(f"{row.get('title') or ''} {row.get('text') or ''}", book)
        if code:
            votes[label][code] += 1
    return [_proposal(label, size, votes[label]) for label, size in sizes.most_common()]


def _proposal(label: str, size: int, votes: Counter[str]) -> Proposal:
    ranked = votes.most_common(4)
    first = ranked[0] if ranked else ("", 0)
    return Proposal(label, first[0], size, round(first[1] / size, 2), tuple(code for code, _ in ranked[1:]))


def class_of_text(text: str, book: ClassBook) -> str | None:
    """The class whose keywords a text has most, longer words counting more; None if it has none."""
    scores: Counter[str] = Counter()
    for kind in book.classes.values():
        scores[kind.code] = sum(len(word) * min(text.count(word), 3) for word in kind.keywords)
    code, score = scores.most_common(1)[0]
    return code if score else None


def write_proposals(path: Path, proposals: Iterable[Proposal], book: ClassBook) -> None:
    """Write the file that a person checks: right the class, put "yes" under confirmed."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADINGS)
    for p in proposals:
        kind = book.classes.get(p.class_code)
        others = " ".join(f"{code}={book.classes[code].zh}" for code in p.others)
        writer.writerow([p.label, p.class_code, kind.zh if kind else "", "", p.rows, p.sure, "no", others])
    path.write_text("\ufeff" + out.getvalue(), encoding="utf-8")


def read_confirmed(path: Path, book: ClassBook, departments: frozenset[str]) -> dict[str, Confirmed]:
    """The labels that a person confirmed. Raises Invalid naming line and field of what does not fit."""
    text, _ = decode(path.read_bytes())  # a spreadsheet may have saved it in GB18030
    found: dict[str, Confirmed] = {}
    faults: list[Fault] = []
    for line, row in enumerate(csv.DictReader(io.StringIO(text)), start=2):
        said = {name: (row.get(name) or "").strip() for name in HEADINGS}
        if said["confirmed"].lower() not in YES:
            continue
        if said["class"] not in book.classes:
            faults.append(Fault(line, "class", f"there is no class {said['class']!r}"))
        if said["department"] and said["department"] not in departments:
            faults.append(Fault(line, "department", f"there is no department {said['department']!r}"))
        found[said["label"]] = Confirmed(said["class"], said["department"])
    if faults:
        raise Invalid(
            "cases.bad_classes", str(BadTable(faults)), field="classes", params={"why": str(BadTable(faults))}
        )
    if not found:
        raise Invalid("cases.nothing_confirmed", "--classes: no line says yes under confirmed", field="classes")
    return found
