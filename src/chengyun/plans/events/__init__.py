"""What the room tells. Facts are ids, codes, numbers and dates; reasons and words lie in Private."""

from chengyun.plans.events.documents import (
    DocumentCorrected,
    DocumentImported,
    DocumentMoved,
    DocumentRead,
    QuestionAnswered,
    UnitNamed,
)
from chengyun.plans.events.items import (
    ItemAdded,
    ItemCorrected,
    ItemMerged,
    ItemMoved,
    ItemSplit,
    SharesSet,
)
from chengyun.plans.events.tasks import (
    AdjustmentAsked,
    AdjustmentMoved,
    ConsentAnswered,
    ConsentLapsed,
    EventRecorded,
    ProgressReported,
    TargetBound,
    TargetMeasured,
    TaskMoved,
    TaskRaised,
)

__all__ = [
    "AdjustmentAsked",
    "AdjustmentMoved",
    "ConsentAnswered",
    "ConsentLapsed",
    "DocumentCorrected",
    "DocumentImported",
    "DocumentMoved",
    "DocumentRead",
    "EventRecorded",
    "ItemAdded",
    "ItemCorrected",
    "ItemMerged",
    "ItemMoved",
    "ItemSplit",
    "ProgressReported",
    "QuestionAnswered",
    "SharesSet",
    "TargetBound",
    "TargetMeasured",
    "TaskMoved",
    "TaskRaised",
    "UnitNamed",
]
