"""The web process: Granian with threads, in front of Django."""

from pathlib import Path
from typing import Any

from granian.constants import Interfaces, SSLProtocols
from granian.log import LogLevels
from granian.server import Server

from chengyun.config.wsgi import application
from chengyun.indicators.circle import warming
from chengyun.kernel.env import Env
from chengyun.kernel.health.log import logging_config
from chengyun.kernel.parent import watch_parent

TARGET = "chengyun.config.wsgi:application"
BACKLOG = 1024
STOP = 3  # seconds for requests in hand when the process is asked to stop


def load(_target: str) -> Any:
    """The application, in a worker of Granian: it stops when Granian's own process is gone."""
    watch_parent()
    warming.begin()
    return application


def serve_web(env: Env) -> None:
    """Serve until SIGTERM."""
    Server(
        TARGET,
        address=env.host,
        port=env.port,
        interface=Interfaces.WSGI,
        workers=env.web_workers,
        blocking_threads=env.web_threads,
        blocking_threads_idle_timeout=600,
        backlog=BACKLOG,
        respawn_failed_workers=True,
        respawn_interval=1,
        workers_kill_timeout=STOP,
        log_level=LogLevels.warning,
        log_dictconfig=logging_config(env.log_level),
        ssl_cert=Path(env.tls_cert) if env.tls_cert else None,
        ssl_key=Path(env.tls_key) if env.tls_key else None,
        ssl_protocol_min=SSLProtocols.tls12,  # phones of grid workers are old
    ).serve(target_loader=load)
