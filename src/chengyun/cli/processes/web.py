"""`chengyun run web`."""

from chengyun.cli.words import command
from chengyun.config.serve.parent import watch_parent
from chengyun.config.serve.web import serve_web
from chengyun.kernel.env import Env


@command("web")
def web() -> None:
    watch_parent()
    serve_web(Env.from_environ())
