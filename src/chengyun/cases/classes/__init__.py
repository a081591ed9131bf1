"""What a town counts as a case: classes of part and event, their standards and limits, from files that it edits.

Free of Django. The files beside this module are what a town starts with; its own copies lie in the data folder.
"""

from chengyun.cases.classes.book import PRIORITIES, CaseClass, ClassBook, Major, read_classes
from chengyun.cases.classes.checks import BadTable, Fault
from chengyun.cases.classes.limits import StageLimit, parse_limit
from chengyun.cases.classes.practice import Practice, read_practice
from chengyun.cases.classes.store import (
    STANDARD_FILES,
    Standards,
    export_standards,
    install_standards,
    read_standards,
    write_default,
)

__all__ = [
    "PRIORITIES",
    "STANDARD_FILES",
    "BadTable",
    "CaseClass",
    "ClassBook",
    "Fault",
    "Major",
    "Practice",
    "StageLimit",
    "Standards",
    "export_standards",
    "install_standards",
    "parse_limit",
    "read_classes",
    "read_practice",
    "read_standards",
    "write_default",
]
