"""Tables of the room."""

from chengyun.plans.models.documents import Clause, Document, Openness, Reading, Status, UnitName, Upstream
from chengyun.plans.models.links import Alignment, Question
from chengyun.plans.models.projects import Payment, Project, Stage
from chengyun.plans.models.targets import Actual, Share, Target
from chengyun.plans.models.tasks import Adjustment, Party, Task

__all__ = [
    "Actual",
    "Adjustment",
    "Alignment",
    "Clause",
    "Document",
    "Openness",
    "Party",
    "Payment",
    "Project",
    "Question",
    "Reading",
    "Share",
    "Stage",
    "Status",
    "Target",
    "Task",
    "UnitName",
    "Upstream",
]
