"""The worker process: `python -m chengyun.kernel.worker`. Ends cleanly on SIGTERM."""

import os
import signal
from types import FrameType

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chengyun.config.settings")
django.setup()  # whatever has a model can be imported only after this

from chengyun.kernel.jobs.worker import Worker  # noqa: E402


def main() -> None:
    """Work until SIGTERM or SIGINT."""
    worker = Worker()

    def end(number: int, frame: FrameType | None) -> None:  # noqa: ARG001  the form of a handler
        worker.stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    worker.run()


if __name__ == "__main__":
    main()
