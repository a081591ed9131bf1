"""What a document says once it is read: every field with the words that it came from, and a confidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from chengyun.plans.compiler.healed import Healed, Span

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """A value and the words of the document behind it. `inferred` marks what the words imply but do not state."""

    value: T
    words: str = ""
    spans: tuple[Span, ...] = ()
    confidence: float = 1.0
    inferred: bool = False
    note: str = ""


def quoted(words: Healed, confidence: float = 1.0, *, inferred: bool = False, note: str = "") -> Field[str]:
    """A field whose value is the words themselves, as written."""
    return Field(words.text, words.text, words.spans(), confidence, inferred, note)


def valued(value: T, words: Healed, confidence: float = 1.0, *, inferred: bool = False, note: str = "") -> Field[T]:
    """A field whose value was worked out from the words."""
    return Field(value, words.text, words.spans(), confidence, inferred, note)


@dataclass(slots=True)
class Party:
    """A unit that answers or supports, as written, and the full name that the document gives it elsewhere."""

    name: Field[str]
    unit: str | None = None
    generic: bool = False
    lead: bool = False
    inferred: bool = False  # the lead because it stands first, not because the words say so
    question: str = ""


@dataclass(slots=True)
class Deadline:
    """When a task is due. `chief` is YYYY, YYYY-MM or None; `day` keeps the day where the words give one."""

    rule: str
    words: Field[str] | None = None
    start: str | None = None
    chief: str | None = None
    day: str | None = None
    all: tuple[str, ...] = ()
    every: str | None = None
    event: str | None = None
    months: int | None = None
    before_issue: bool = False


@dataclass(slots=True)
class Target:
    """A measurable result. `kind`: target, achievement (of the past), parameter (of a project), fact, candidate (a
    reading that a person should look at). `comparator` is >=, <=, > or =; open ones have no value and a question."""

    kind: str
    object: Field[str]
    indicator: str
    text: Field[str]
    comparator: str = ">="
    explicit: bool = False
    value: float | None = None
    value_max: float | None = None
    unit: str = ""
    norm_value: float | None = None
    norm_max: float | None = None
    norm_unit: str = ""
    by: str | None = None
    by_inherited: bool = False
    period_from: str | None = None
    recurrence: str | None = None
    floor: bool = False
    approx: str = ""
    derived: str = ""
    baseline: float | None = None
    baseline_unit: str = ""
    reference: str = ""
    placeholder: str = ""
    question: str = ""
    project: str = ""
    same_as: int | None = None
    number: Field[str] | None = None
    confidence: float = 0.9
    task: int | None = None


@dataclass(slots=True)
class Task:
    """Something to do: its words, the headings above it, who answers, who supports, by when."""

    text: Field[str]
    path: list[str]
    title: Field[str] | None = None
    label: str = ""
    number: int | None = None
    lead: Field[str] | None = None
    departments: list[Party] = field(default_factory=list)
    supporting: list[Party] = field(default_factory=list)
    deadline: Deadline = field(default_factory=lambda: Deadline("none"))
    origin: str = "item"  # item with a tail, table, flattened, narrative, listed (an item beside items with tails)
    notes: dict[str, str] = field(default_factory=dict)
    places: list[Place] = field(default_factory=list)
    box: str = ""
    clause: str = ""
    page: int = 1
    confidence: float = 0.95


@dataclass(slots=True)
class Project:
    """A thing to build: its name and what the document says of its size, money, place and stages."""

    name: Field[str]
    category: str = ""
    parameters: list[Target] = field(default_factory=list)
    stages: list[Stage] = field(default_factory=list)
    cells: dict[str, str] = field(default_factory=dict)
    box: str = ""
    page: int = 1


@dataclass(slots=True)
class Stage:
    """A step of a project or of the plan with its dates, or with an event that they hang on."""

    name: Field[str]
    start: str | None = None
    due: str | None = None
    event: str | None = None
    months: int | None = None


@dataclass(slots=True)
class Place:
    """A place that the document names; `found` is what the lookup answered."""

    name: Field[str]
    kind: str
    found: object | None = None


@dataclass(slots=True)
class Post:
    """A seat in a leading group or working group, with the post of its holder. Names stay in the reading."""

    group: str
    role: str
    name: Field[str] | None
    posts: list[str]
    unit: str = ""


@dataclass(slots=True)
class Group:
    """A working group: what for, who leads, which units belong to it."""

    name: Field[str]
    duty: str = ""
    lead: Field[str] | None = None
    members: list[Party] = field(default_factory=list)


@dataclass(slots=True)
class Question:
    """Something that the reader did not understand or that the document leaves open, with the words."""

    code: str
    detail: str
    words: Field[str]


@dataclass(slots=True)
class Upstream:
    """A document that this one names: its title and its number where given."""

    title: Field[str]
    number: str = ""


@dataclass(slots=True)
class Meta:
    """What the document says about itself."""

    title: Field[str] | None = None
    kind: str = "document"
    status: str = "issued"
    openness: str = ""
    issuer: list[Field[str]] = field(default_factory=list)
    number: Field[str] | None = None
    date: Field[str] | None = None
    start: str | None = None
    end: str | None = None
    year: int | None = None
    period: Field[str] | None = None
    upstream: list[Upstream] = field(default_factory=list)
