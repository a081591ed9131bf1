"""`chengyun demo`: makes a synthetic town once, then serves it with its simulator. Loads no Django itself."""

import os
import subprocess
from typing import Any

import click

from chengyun.cli.serve import check_installation, env_with, place_options, what_is_wrong
from chengyun.cli.texts import text
from chengyun.cli.words import command, option
from chengyun.config.demo_mark import DemoMark, read_mark
from chengyun.config.serve.installation import command as process
from chengyun.config.serve.installation import serve
from chengyun.config.serve.keeping import say
from chengyun.kernel.env import Env
from chengyun.kernel.parent import VARIABLE as PARENT

DAYS, SCALE = 540, 1


@command("demo", anywhere=True)
@place_options
@option("--days", type=click.IntRange(1, 2000))
@option("--scale", type=click.IntRange(1, 30))
@option("--speed", type=click.FloatRange(0, 1000), default=1.0)
def demo(days: int | None, scale: int | None, speed: float, **settings: Any) -> int:
    os.environ["CHENGYUN_DEMO"] = "true"
    env = env_with(settings)
    _make_once(env, days, scale)
    if what_is_wrong():  # a newer version wants its migrations: making the town again runs them, and finds it made
        _make(read_mark(env.data) or DemoMark(DAYS, SCALE))
    check_installation()
    simulator = ["--speed", str(speed)] if speed else None
    return serve(env, lambda: _welcome(env), simulator)


def _make_once(env: Env, days: int | None, scale: int | None) -> None:
    mark = read_mark(env.data)
    if mark is None and (env.data / "chengyun.sqlite3").exists():
        raise click.ClickException(text("complaint", "no_demo", path=env.data))
    wanted = DemoMark(days or (mark.days if mark else DAYS), scale or (mark.scale if mark else SCALE))
    if mark is not None and (wanted.days, wanted.scale) != (mark.days, mark.scale):
        words = text("complaint", "other_demo", path=env.data, days=mark.days, scale=mark.scale)
        raise click.ClickException(words)
    if mark is None or not mark.finished:
        env.data.mkdir(parents=True, exist_ok=True)
        wanted.write(env.data)
        _make(wanted)


def _make(mark: DemoMark) -> None:
    command = process("run", "town", "--days", str(mark.days), "--scale", str(mark.scale))
    made = subprocess.run(command, env={**os.environ, PARENT: str(os.getpid())}, check=False)
    if made.returncode:
        raise click.ClickException(text("complaint", "demo_failed"))


def _welcome(env: Env) -> None:
    mark = read_mark(env.data)
    say(text("say", "serving", url=env.base_url))
    for login in mark.logins if mark else ():
        say(f"  {login['title']:　<8}  {login['login']:<16} {login['password']}")
    say(text("say", "synthetic"))
