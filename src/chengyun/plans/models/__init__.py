"""Tables of the room."""

from chengyun.plans.models.assessments import AssessedFigure, Assessment, AssessmentScheme, DepartmentScore
from chengyun.plans.models.documents import Clause, Document, Openness, Reading, Status, UnitName, Upstream
from chengyun.plans.models.evaluations import Evaluation, EvaluationBlock, Publication
from chengyun.plans.models.exports import Export
from chengyun.plans.models.funds import Budget
from chengyun.plans.models.lights import LightBook, MonthLight
from chengyun.plans.models.links import Alignment, Question
from chengyun.plans.models.meetings import AgendaItem, Decision, Group, Meeting, Member
from chengyun.plans.models.projects import Payment, Project, Stage
from chengyun.plans.models.reports import MonthlyReport, ReportLine
from chengyun.plans.models.supervision import Finding, LookBack, Order, Reminder
from chengyun.plans.models.targets import Actual, Share, Target
from chengyun.plans.models.tasks import Adjustment, Party, Task
from chengyun.plans.models.titles import Title, TitleEvidence

__all__ = [
    "Actual",
    "Adjustment",
    "AgendaItem",
    "Alignment",
    "AssessedFigure",
    "Assessment",
    "AssessmentScheme",
    "Budget",
    "Clause",
    "Decision",
    "DepartmentScore",
    "Document",
    "Evaluation",
    "EvaluationBlock",
    "Export",
    "Finding",
    "Group",
    "LightBook",
    "LookBack",
    "Meeting",
    "Member",
    "MonthLight",
    "MonthlyReport",
    "Openness",
    "Order",
    "Party",
    "Payment",
    "Project",
    "Publication",
    "Question",
    "Reading",
    "Reminder",
    "ReportLine",
    "Share",
    "Stage",
    "Status",
    "Target",
    "Task",
    "Title",
    "TitleEvidence",
    "UnitName",
    "Upstream",
]
