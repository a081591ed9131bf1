"""A small identity provider (OpenID Connect, authorization code with a signed id token), served on this machine."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
CLIENT, SECRET = "chengyun", "a secret of the client"


class Provider(ThreadingHTTPServer):
    """Says about everyone who comes the `claims` that the test set."""

    claims: dict[str, Any]

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def answers(self) -> dict[str, Any]:
        """The discovery document and the public key."""
        key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key())) | {"kid": "1", "use": "sig"}
        endpoints = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
        about = {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/keys",
                 "token_endpoint_auth_methods_supported": ["client_secret_post"]}  # fmt: skip
        about |= {f"{name}_endpoint": f"{self.issuer}/{path}" for name, path in endpoints.items()}
        return {"/.well-known/openid-configuration": about, "/keys": {"keys": [key]}, "/userinfo": self.claims}

    def token(self, form: dict[str, list[str]]) -> dict[str, Any]:
        """What the token endpoint gives for the right code of the right client."""
        if (form["client_id"], form["client_secret"], form["code"]) != ([CLIENT], [SECRET], ["the-code"]):
            return {"error": "invalid_grant"}
        body = self.claims | {"iss": self.issuer, "aud": CLIENT, "iat": int(time.time()), "exp": int(time.time()) + 60}
        return {"access_token": "x", "token_type": "Bearer", "expires_in": 60,
                "id_token": jwt.encode(body, KEY, algorithm="RS256", headers={"kid": "1"})}  # fmt: skip


class Handler(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        self._answer(self.server.answers().get(urlsplit(self.path).path))

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self._answer(self.server.token(form))

    def _answer(self, body: Any) -> None:
        content = json.dumps(body).encode()
        self.send_response(404 if body is None else 400 if "error" in body else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: Any) -> None:
        """Say nothing: the tests look at what comes back."""


@contextmanager
def serve() -> Iterator[Provider]:
    """A provider that runs while the block does."""
    provider = Provider(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=provider.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        provider.shutdown()
        thread.join()
        provider.server_close()
