"""Shapes that every room builds on, and the kernel's own tables."""

from chengyun.kernel.ids import Counter
from chengyun.kernel.journal.models import Entry, Private, Seal
from chengyun.kernel.models.bases import Located, Placed, Subject
from chengyun.kernel.models.geometry import GeometryField
from chengyun.kernel.models.scoped import ScopedManager, ScopedQuerySet, Unscoped

__all__ = [
    "Counter",
    "Entry",
    "GeometryField",
    "Located",
    "Placed",
    "Private",
    "ScopedManager",
    "ScopedQuerySet",
    "Seal",
    "Subject",
    "Unscoped",
]
