"""What happens to a document."""

from dataclasses import dataclass
from datetime import date

from chengyun.kernel.events import event


@event("plans.document_imported")
@dataclass(frozen=True)
class DocumentImported:
    """A file was sent to be read: the first of a document, or a new version. `reading` is its number."""

    reading: int
    file: str
    job: str


@event("plans.document_read")
@dataclass(frozen=True)
class DocumentRead:
    """The compiler was through with a file: what it found, and what differs from the version before."""

    reading: int
    tasks: int
    targets: int
    projects: int
    questions: int
    added: int
    changed: int
    removed: int
    error: str


@event("plans.document_corrected")
@dataclass(frozen=True)
class DocumentCorrected:
    """A person corrected what the document says about itself."""

    fields: tuple[str, ...]


@event("plans.document_moved")
@dataclass(frozen=True)
class DocumentMoved:
    """Its status changed 文件状态. `issued_items`: so many approved items became live by it."""

    verb: str
    before: str
    state: str
    on: date | None
    issued_items: int


@event("plans.question_answered")
@dataclass(frozen=True)
class QuestionAnswered:
    """An open matter of the document was settled, or put aside."""

    question: str
    code: str
    state: str


@event("plans.unit_named")
@dataclass(frozen=True)
class UnitNamed:
    """It was settled whom a name in documents means. `tasks`: so many tasks got their department by it."""

    unit: str
    kind: str
    departments: tuple[int, ...]
    tasks: int


@event("plans.unit_forgotten")
@dataclass(frozen=True)
class UnitForgotten:
    """A settled name was taken back."""

    unit: str
    kind: str
