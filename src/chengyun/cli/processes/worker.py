"""`chengyun run worker`."""

from chengyun.cli.words import command
from chengyun.kernel.parent import watch_parent
from chengyun.kernel.worker import main


@command("worker")
def worker() -> None:
    watch_parent()
    main()
