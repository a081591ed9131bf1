"""What the compiler says when a file cannot be read: one clear sentence and a code, never a stack trace."""

from __future__ import annotations


class ReadError(Exception):
    """A file that cannot be read as a document.

    `code` is stable (`empty`, `too_large`, `encrypted`, `old_word`, `not_a_document`, `encoding`, `damaged`,
    `too_slow`); `detail` is one English sentence that says what is wrong and what would be right.
    """

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
