"""`chengyun run web`."""

from chengyun.cli.words import command
from chengyun.config.serve.web import serve_web
from chengyun.kernel.env import Env
from chengyun.kernel.parent import watch_parent


@command("web")
def web() -> None:
    watch_parent()
    serve_web(Env.from_environ())
