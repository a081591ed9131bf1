"""What changes plans. Each action: lock → require → rule → save → record."""

from chengyun.plans.actions.adjusting import adjust, lapse_adjustment, move_adjustment
from chengyun.plans.actions.aligning import align, decide_alignment, propose_alignments
from chengyun.plans.actions.compiling import read_document
from chengyun.plans.actions.consenting import lapse
from chengyun.plans.actions.correcting import correct_project, correct_target, correct_task
from chengyun.plans.actions.documents import Sent, correct_document, import_document, import_version, move_document
from chengyun.plans.actions.editing import accept_many, add_project, add_target, add_task, split_task
from chengyun.plans.actions.items import take_item
from chengyun.plans.actions.owners import expand
from chengyun.plans.actions.raising import Gap, note_gap, raise_task
from chengyun.plans.actions.shares import set_shares
from chengyun.plans.actions.tasks import take
from chengyun.plans.actions.units import answer_question, forget_unit, name_unit

__all__ = [
    "Gap",
    "Sent",
    "accept_many",
    "add_project",
    "add_target",
    "add_task",
    "adjust",
    "align",
    "answer_question",
    "correct_document",
    "correct_project",
    "correct_target",
    "correct_task",
    "decide_alignment",
    "expand",
    "forget_unit",
    "import_document",
    "import_version",
    "lapse",
    "lapse_adjustment",
    "move_adjustment",
    "move_document",
    "name_unit",
    "note_gap",
    "propose_alignments",
    "raise_task",
    "read_document",
    "set_shares",
    "split_task",
    "take",
    "take_item",
]
