"""What reviewers do to items: tasks, targets and projects alike. The stream is that of the item."""

from dataclasses import dataclass

from chengyun.kernel.events import event


@event("plans.item_added")
@dataclass(frozen=True)
class ItemAdded:
    """A person added an item that the compiler had not found. `item`: task, target or project."""

    item: str
    document: str | None


@event("plans.item_corrected")
@dataclass(frozen=True)
class ItemCorrected:
    """Fields of an item were corrected; what stood there before is kept with the item."""

    item: str
    fields: tuple[str, ...]


@event("plans.item_split")
@dataclass(frozen=True)
class ItemSplit:
    """One task became several."""

    pieces: tuple[str, ...]


@event("plans.item_merged")
@dataclass(frozen=True)
class ItemMerged:
    """Other items were merged into this one."""

    item: str
    others: tuple[str, ...]


@event("plans.item_moved")
@dataclass(frozen=True)
class ItemMoved:
    """A target or project took a verb: accepted, rejected, restored, approved, issued, closed, withdrawn."""

    item: str
    verb: str
    before: str
    state: str


@event("plans.shares_set")
@dataclass(frozen=True)
class SharesSet:
    """A task or target was decomposed 分解 into so many shares."""

    item: str
    shares: int
    whole: float | None


@event("plans.documents_aligned")
@dataclass(frozen=True)
class DocumentsAligned:
    """Ties of a document's items to those of one above were proposed."""

    upper: str
    proposed: int


@event("plans.item_aligned")
@dataclass(frozen=True)
class ItemAligned:
    """It was decided whether an item serves one above 对齐."""

    upper: str
    state: str
