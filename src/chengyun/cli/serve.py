"""`chengyun serve`: starts the processes, says where they answer, and watches them. Loads no Django itself."""

import os
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from chengyun.cli.texts import text
from chengyun.cli.words import command, option
from chengyun.config.serve.health import port_is_free
from chengyun.config.serve.installation import command as process
from chengyun.config.serve.installation import serve as serve_installation
from chengyun.config.serve.keeping import say
from chengyun.kernel.env import Env

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
PORT = click.IntRange(1, 65534)


def place_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options that `serve` and `demo` share: where to listen, and how."""
    for add in (
        option("--tls-key", type=FILE),
        option("--tls-cert", type=FILE),
        option("--web-workers", type=click.IntRange(1, 64)),
        option("--host"),
        option("--port", type=PORT),
    ):
        function = add(function)
    return function


def env_with(settings: Mapping[str, Any]) -> Env:
    """The Env after the options that were given, for this process and those it starts."""
    for name, value in settings.items():
        if value is not None:
            os.environ[f"CHENGYUN_{name.upper()}"] = str(value)
    env = Env.from_environ()
    if bool(env.tls_cert) != bool(env.tls_key):
        raise click.UsageError(text("complaint", "tls_pair"))
    for port in (env.port, env.port + 1):
        if not port_is_free(env.host, port):
            raise click.ClickException(text("complaint", "port_taken", port=port))
    return env


def what_is_wrong() -> str:
    """What would keep the processes from starting, in words; empty if nothing."""
    done = subprocess.run(process("doctor", "--quick"), check=False, capture_output=True, text=True)
    return (done.stdout + done.stderr).strip() if done.returncode else ""


def check_installation() -> None:
    """Say what would keep the processes from starting, once and here."""
    problem = what_is_wrong()
    if problem:
        raise click.ClickException(problem)


@command("serve")
@place_options
def serve(**settings: Any) -> int:
    env = env_with(settings)
    check_installation()
    return serve_installation(env, lambda: say(text("say", "serving", url=env.base_url)))
