"""Where damaged files end: whatever a library raises over them becomes one clear answer."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from chengyun.plans.compiler.errors import ReadError


@contextlib.contextmanager
def damaged(kind: str) -> Iterator[None]:
    """Turns any error of a library over the bytes of a file into `ReadError("damaged")`.

    The libraries for Word, Excel and PDF name no set of errors: a changed byte has been seen to raise nine different
    ones, from zlib, lxml and their own code. So here, and nowhere else, every kind is caught.
    """
    try:
        yield
    except ReadError:
        raise
    except Exception as error:
        raise ReadError("damaged", f"the {kind} file is damaged: its content cannot be read") from error
