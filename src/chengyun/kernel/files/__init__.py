"""Attachments: taken in warily, kept by content, shown to whoever may see the subject they belong to."""

from chengyun.kernel.files.actions import attach, store
from chengyun.kernel.files.queries import file, files_by_owner, files_of

__all__ = ["attach", "file", "files_by_owner", "files_of", "store"]
