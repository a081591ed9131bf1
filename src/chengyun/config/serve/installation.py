"""Which processes an installation consists of, and how they are started from here."""

import sys
from collections.abc import Callable

from chengyun.config.serve.health import Address
from chengyun.config.serve.keeping import LogKeeper
from chengyun.config.serve.supervisor import Part, Supervisor
from chengyun.kernel.env import Env


def command(*words: str) -> list[str]:
    """The `chengyun` command with this interpreter, whatever the PATH says."""
    return [sys.executable, "-m", "chengyun.cli", *words]


def parts_of(env: Env, simulator: list[str] | None = None) -> list[Part]:
    """Web, live updates, worker, and the simulator where its arguments are given."""
    tls = bool(env.tls_cert)
    parts = [
        Part("web", command("run", "web"), address=Address(env.host, env.port, tls)),
        Part("live", command("run", "live"), address=Address(env.host, env.port + 1, tls)),
        Part("worker", command("run", "worker")),
    ]
    return parts + ([Part("simulator", command("run", "simulator", *simulator))] if simulator is not None else [])


def serve(env: Env, ready: Callable[[], None], simulator: list[str] | None = None) -> int:
    """Serve the installation until SIGTERM or Ctrl-C; 0 after a clean stop."""
    return Supervisor(parts_of(env, simulator), LogKeeper(env.data / "logs")).run(ready)
