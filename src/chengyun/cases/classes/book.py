"""The table of classes: 5 majors of part 部件 and 6 of event 事件 after GB/T 30428.2, and their small classes."""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Literal

from chengyun.cases.classes.checks import BadTable, Fault
from chengyun.cases.classes.limits import StageLimit, parse_limit

Kind = Literal["part", "event"]
PRIORITIES = ("low", "normal", "urgent")
_CODE = re.compile(r"[PE]\d{4}")


@dataclass(frozen=True)
class Major:
    """A major class 大类."""

    code: str
    kind: Kind
    gb: str
    zh: str
    en: str


@dataclass(frozen=True)
class CaseClass:
    """A small class 小类 with its standard: when it is filed, who handles it, how fast, when it may be closed."""

    code: str
    zh: str
    en: str
    department: str
    handle: StageLimit
    handle_urgent: StageLimit
    accept: str
    close: str
    simple: bool
    photo: bool
    priority: str
    keywords: tuple[str, ...]
    facilities: tuple[str, ...]
    gb: str
    hotline: str
    other_limits: Mapping[tuple[str, str], StageLimit]

    @property
    def major(self) -> str:
        return self.code[:3]

    @property
    def kind(self) -> Kind:
        return "part" if self.code.startswith("P") else "event"

    def limit(self, stage: str, priority: str) -> StageLimit | None:
        """The class's own limit of a stage; None where the town's usual one holds."""
        if stage == "handle":
            return self.handle_urgent if priority == "urgent" else self.handle
        return self.other_limits.get((stage, priority)) or self.other_limits.get((stage, ""))


@dataclass(frozen=True)
class ClassBook:
    """All classes of a town by code, in the order of the file."""

    majors: Mapping[str, Major]
    classes: Mapping[str, CaseClass]

    def of_upper(self, scheme: str, code: str) -> CaseClass | None:
        """The class that a scheme above ("gb", "hotline") calls `code`; None where it calls several so, or none."""
        same = [c for c in self.classes.values() if getattr(c, scheme) == code]
        return same[0] if len(same) == 1 else None

    def of_facility(self, category: str) -> list[CaseClass]:
        """The classes of what goes wrong with a facility of this category."""
        return [c for c in self.classes.values() if category in c.facilities]


COLUMNS = tuple(f.name for f in fields(CaseClass))


def read_classes(classes: str, majors: str, departments: frozenset[str] | None = None) -> ClassBook:
    """Read both tables (CSV texts). `departments` are the codes that may be named; None allows any.

    Raises BadTable with every fault.
    """
    heads = {row["code"]: Major(**row) for row in csv.DictReader(io.StringIO(majors))}  # type: ignore[arg-type]
    reader = csv.DictReader(io.StringIO(classes.lstrip("\ufeff")))
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or [])]
    if missing:
        raise BadTable([Fault(1, name, "this column is missing") for name in missing])
    faults: list[Fault] = []
    found: dict[str, CaseClass] = {}
    for line, row in enumerate(reader, start=2):
        wrong, read = _row(line, row, departments)
        if read and read.major not in heads:
            wrong.append(Fault(line, "code", f"there is no major class {read.major}"))
        if read and read.code in found:
            wrong.append(Fault(line, "code", f"{read.code} stands twice"))
        faults += wrong
        if read and not wrong:
            found[read.code] = read
    if faults or not found:
        raise BadTable(faults or [Fault(0, "classes", "the table is empty")])
    return ClassBook(heads, found)


def _row(
    line: int, row: Mapping[str, str | None], known: frozenset[str] | None
) -> tuple[list[Fault], CaseClass | None]:
    text = {name: (row.get(name) or "").strip() for name in COLUMNS}
    faults = [Fault(line, name, "is empty") for name in _NEEDED if not text[name]]
    if not _CODE.fullmatch(text["code"]):
        faults.append(Fault(line, "code", f"{text['code']!r} is not P or E and four digits"))
    if known is not None and text["department"] not in known:
        faults.append(Fault(line, "department", f"there is no department {text['department']!r}"))
    if text["priority"] not in PRIORITIES:
        faults.append(Fault(line, "priority", f"{text['priority']!r} is none of {', '.join(PRIORITIES)}"))
    faults += [Fault(line, n, f"{text[n]!r} is neither yes nor no") for n in ("simple", "photo") if text[n] not in _YES]
    limits = {name: _limit(line, name, text[name], faults) for name in ("handle", "handle_urgent")}
    others = _other_limits(line, text["other_limits"], faults)
    if faults or limits["handle"] is None or limits["handle_urgent"] is None:
        return faults, None
    read = CaseClass(
        **{n: text[n] for n in ("code", "zh", "en", "department", "accept", "close", "priority", "gb", "hotline")},
        handle=limits["handle"], handle_urgent=limits["handle_urgent"], other_limits=others,
        simple=_YES[text["simple"]], photo=_YES[text["photo"]],
        keywords=_words(text["keywords"]), facilities=_words(text["facilities"]),
    )  # fmt: skip
    return faults, read


_NEEDED = ("code", "zh", "en", "department", "accept", "close")
_YES = {"yes": True, "no": False, "是": True, "否": False}


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in re.split(r"[|、;；]", text) if word.strip())


def _limit(line: int, name: str, text: str, faults: list[Fault]) -> StageLimit | None:
    try:
        return parse_limit(text)
    except ValueError as error:
        faults.append(Fault(line, name, str(error)))
        return None


def _other_limits(line: int, text: str, faults: list[Fault]) -> dict[tuple[str, str], StageLimit]:
    """Limits of other stages: "sign=1 clock_hours; verify.urgent=4 clock_hours"."""
    found = {}
    for part in (p for p in re.split(r"[;；]", text) if p.strip()):
        name, equals, limit = part.partition("=")
        stage, _, priority = name.strip().partition(".")
        if not equals or priority not in ("", *PRIORITIES):
            faults.append(
                Fault(line, "other_limits", f"{part.strip()!r} is not 'stage=limit' or 'stage.priority=limit'")
            )
            continue
        read = _limit(line, "other_limits", limit, faults)
        if read:
            found[stage, priority] = read
    return found
