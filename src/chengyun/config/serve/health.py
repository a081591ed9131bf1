"""Whether a process answers, asked the way a person would: over its port."""

import contextlib
import errno
import http.client
import socket
import ssl
from dataclasses import dataclass

REACHED_FROM_HERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104 (a look-up, nothing listens)


@dataclass(frozen=True)
class Address:
    """Where a process answers. The certificate is our own here: whether a browser trusts it is doctor's question."""

    host: str
    port: int
    tls: bool = False
    path: str = "/health"

    def answers(self, timeout: float = 2.0) -> bool:
        """Whether a request there gets an answer that is no failure of the server."""
        host = REACHED_FROM_HERE.get(self.host, self.host)
        connection: http.client.HTTPConnection = (
            http.client.HTTPSConnection(host, self.port, timeout=timeout, context=_any_certificate())
            if self.tls
            else http.client.HTTPConnection(host, self.port, timeout=timeout)
        )
        with contextlib.closing(connection):
            try:
                connection.request("GET", self.path)
                return connection.getresponse().status < 500
            except (OSError, http.client.HTTPException):
                return False


def _any_certificate() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def port_is_free(host: str, port: int) -> bool:
    """Whether a server can listen there now. Raises OSError where it never can: no such address, no right to it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            return False
    return True
