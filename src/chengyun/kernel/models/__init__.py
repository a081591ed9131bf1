"""Shapes that every room builds on, and the kernel's own tables."""

from chengyun.kernel.calendar.models import CalendarDay, CalendarYear, OfficeHours
from chengyun.kernel.delivery.models import Cursor, Heard, Parcel, Webhook
from chengyun.kernel.files.models import File
from chengyun.kernel.idempotency.models import Answer
from chengyun.kernel.ids import Counter
from chengyun.kernel.jobs.models import Job, Lease, Schedule
from chengyun.kernel.journal.models import Entry, Private, Seal
from chengyun.kernel.models.bases import Exported, Located, Placed, Subject
from chengyun.kernel.models.geometry import GeometryField
from chengyun.kernel.models.scoped import ScopedManager, ScopedQuerySet, Unscoped
from chengyun.kernel.search.models import SearchText

__all__ = [
    "Answer",
    "CalendarDay",
    "CalendarYear",
    "Counter",
    "Cursor",
    "Entry",
    "Exported",
    "File",
    "GeometryField",
    "Heard",
    "Job",
    "Lease",
    "Located",
    "OfficeHours",
    "Parcel",
    "Placed",
    "Private",
    "Schedule",
    "ScopedManager",
    "ScopedQuerySet",
    "Seal",
    "SearchText",
    "Subject",
    "Unscoped",
    "Webhook",
]
