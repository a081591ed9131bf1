"""`chengyun run live`."""

from chengyun.cli.words import command
from chengyun.config.serve.streams import serve_live
from chengyun.kernel.env import Env
from chengyun.kernel.parent import watch_parent


@command("live")
def live() -> None:
    watch_parent()
    serve_live(Env.from_environ())
