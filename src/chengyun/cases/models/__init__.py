"""Tables of the room."""

from chengyun.cases.models.acts import Approval, Attachment, Export, Rating, Reporter, Supervision
from chengyun.cases.models.case import Case
from chengyun.cases.models.work import Clock, Part

__all__ = ["Approval", "Attachment", "Case", "Clock", "Export", "Part", "Rating", "Reporter", "Supervision"]
