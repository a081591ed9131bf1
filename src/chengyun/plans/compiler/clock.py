"""A bound on the time that one reading may take, asked between pages, paragraphs and sentences."""

from __future__ import annotations

import time

from chengyun.plans.compiler.errors import ReadError


class Deadline:
    """Raises `ReadError("too_slow")` once `seconds` of wall time have passed since it was made."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def check(self) -> None:
        if time.monotonic() > self._end:
            raise ReadError("too_slow", f"reading took more than {self.seconds:g} s: split the file and read its parts")
