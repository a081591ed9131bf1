"""The live process: Uvicorn, for the streams that stay open all day."""

import uvicorn

from chengyun.kernel.env import Env
from chengyun.kernel.health.log import logging_config

TARGET = "chengyun.config.live:app"
STOP = 3  # seconds: open streams would otherwise hold the stop for twenty


def serve_live(env: Env) -> None:
    """Serve until SIGTERM, on the port after the web's."""
    uvicorn.run(
        TARGET,
        host=env.host,
        port=env.port + 1,
        timeout_graceful_shutdown=STOP,
        log_config=logging_config(env.log_level),
        access_log=False,
        proxy_headers=env.behind_proxy,
        ssl_certfile=env.tls_cert or None,
        ssl_keyfile=env.tls_key or None,
    )
