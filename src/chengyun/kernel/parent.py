"""No process outlives the one that started it, even if that one was killed without a word."""

import os
import signal
import threading
import time

EVERY = 0.5  # seconds between two looks
GRACE = 4.0  # seconds for a clean stop before the hard one
VARIABLE = "CHENGYUN_PARENT"


def watch_parent(expected: int | None = None) -> None:
    """Stop this process when its parent is gone. `expected` is the parent's id; None takes the present one.

    The starter passes its id in CHENGYUN_PARENT, because it may already be gone when the child first asks. It is taken
    out of the environment: what this process starts has another parent.
    """
    given = os.environ.pop(VARIABLE, "")
    parent = expected or int(given or os.getppid())
    threading.Thread(target=_watch, args=(parent,), name="parent", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(EVERY)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(1)
