"""The one Env: every setting of an installation, from CHENGYUN_* variables. Free of Django.

`docs/settings.md` has a heading for each field; a house test compares.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, get_type_hints
from urllib.parse import urlsplit

PREFIX = "CHENGYUN_"
DATABASE = "chengyun.sqlite3"


_RIGHT = {"flag": "true or false", "whole": "a whole number", "address": "postgresql://… or nothing"}


def setting(default: Any, words: str) -> Any:  # a dataclass field, not a shared value
    """A field of Env with its one-line meaning."""
    return field(default=default, metadata={"words": words})


class SettingError(ValueError):
    """A variable whose value is not of its kind ("flag", "whole" or "address")."""

    def __init__(self, name: str, value: str, kind: str) -> None:
        self.name, self.value, self.kind = name, value, kind
        super().__init__(f"{name}: {value!r} is not right: {_RIGHT[kind]}")


@dataclass(frozen=True)
class Env:
    """Settings of one installation. The variable of a field is CHENGYUN_ and its name in capitals."""

    data: Path = setting(Path("var"), "Folder of the whole installation: database, files, tiles, logs, secret key.")
    database_url: str = setting("", "Empty: SQLite in the data folder; postgresql://user:password@host/name otherwise.")
    secret_key: str = setting("", "Empty: made once and kept in the data folder with mode 0600.")
    host: str = setting("127.0.0.1", "Address that the web and live processes listen on.")
    port: int = setting(8000, "Port of the web process; live updates are on the next port.")
    web_workers: int = setting(1, "Web processes.")
    web_threads: int = setting(4, "Threads of each web process.")
    public_url: str = setting("", "Address that people type; empty: http://host:port.")
    live_url: str = setting("", "Address of the live updates; empty: the port after the web's; behind a proxy /live.")
    allowed_hosts: str = setting(
        "", "Host names that the web answers to, separated by commas; empty: that of public_url, any if that is empty."
    )
    tls_cert: str = setting("", "Certificate file; with tls_key the web and live processes speak HTTPS.")
    tls_key: str = setting("", "Private key file of tls_cert.")
    behind_proxy: bool = setting(False, "Trust X-Forwarded-Proto and X-Forwarded-For of a proxy in front.")
    zone: str = setting("Asia/Shanghai", "IANA time zone of the installation.")
    language: str = setting("zh-CN", "Language of texts where a person chose none: zh-CN or en.")
    clock_offset: int = setting(0, "Seconds added to the machine's clock, for training and tests. Never in a town.")
    debug: bool = setting(False, "Developer's mode: tracebacks in answers. Never in a town.")
    demo: bool = setting(False, "A synthetic town: screens say so, and demo logins are shown.")
    upload_megabytes: int = setting(20, "Largest file that is taken, in MB.")
    image_megapixels: int = setting(50, "Largest picture that is taken, in millions of pixels.")
    session_hours: int = setting(12, "A login lasts so many hours.")
    login_attempts: int = setting(
        5, "Failed logins of one name (of one address ten times as many) before it must wait."
    )
    login_wait_minutes: int = setting(5, "How long it must then wait.")
    report_per_hour: int = setting(60, "Reports of residents taken from one address in an hour.")
    oidc_name: str = setting("", "Name on the login button of the city's identity provider (OpenID Connect).")
    oidc_url: str = setting("", "Its discovery address; empty: no such login.")
    oidc_client: str = setting("", "Client id at the identity provider.")
    oidc_secret: str = setting("", "Client secret at the identity provider.")
    webhook_private: bool = setting(True, "Webhooks may go to private addresses: government networks are closed.")
    log_level: str = setting("INFO", "DEBUG, INFO, WARNING or ERROR.")

    @classmethod
    def from_environ(cls, environ: Mapping[str, str] | None = None) -> "Env":
        """Read the variables. Raises SettingError that names the variable and what would be right."""
        source = os.environ if environ is None else environ
        hints = get_type_hints(cls)
        values = {
            f.name: _parse(PREFIX + f.name.upper(), source[PREFIX + f.name.upper()], hints[f.name])
            for f in fields(cls)
            if source.get(PREFIX + f.name.upper())
        }
        return cls(**values)

    @property
    def base_url(self) -> str:
        """Where people find the platform, without a trailing slash."""
        scheme = "https" if self.tls_cert else "http"
        return self.public_url.rstrip("/") or f"{scheme}://{self.host}:{self.port}"

    @property
    def hosts(self) -> list[str]:
        """Host names that the web answers to, the machine's own among them; "*" is any."""
        said = [host.strip() for host in self.allowed_hosts.split(",") if host.strip()]
        if said or not self.public_url:
            return said or ["*"]
        return [urlsplit(self.public_url).hostname or "*", self.host, "localhost", "127.0.0.1", "[::1]"]

    @property
    def stream_url(self) -> str:
        """Where the browser finds the live updates, without a trailing slash."""
        scheme = "https" if self.tls_cert else "http"
        return self.live_url.rstrip("/") or f"{scheme}://{self.host}:{self.port + 1}"

    @property
    def files_dir(self) -> Path:
        return self.data / "files"

    @property
    def tiles_dir(self) -> Path:
        return self.data / "tiles"

    @property
    def kernels_dir(self) -> Path:
        return self.data.resolve() / "kernels"

    @property
    def stands(self) -> bool:
        """Whether there is an installation: its SQLite file in the data folder, or the address of its database."""
        return bool(self.database_url) or (self.data / DATABASE).exists()

    def key(self) -> str:
        """The secret key: the setting, else the one kept in the data folder, made at first use."""
        if self.secret_key:
            return self.secret_key
        path = self.data / "secret.key"
        if not path.exists():
            self.data.mkdir(parents=True, exist_ok=True)
            temporary = path.with_suffix(f".{os.getpid()}")
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as handle:
                handle.write(secrets.token_urlsafe(48))
            try:
                os.link(temporary, path)  # the first of several processes wins, and all read the same key
            except FileExistsError:
                pass
            finally:
                temporary.unlink()
        return path.read_text().strip()


def _parse(name: str, text: str, kind: Any) -> Any:
    if kind is bool:
        if text.lower() in {"1", "true", "yes", "on"}:
            return True
        if text.lower() in {"0", "false", "no", "off"}:
            return False
        raise SettingError(name, text, "flag")
    if kind is int:
        try:
            return int(text)
        except ValueError:
            raise SettingError(name, text, "whole") from None
    return Path(text) if kind is Path else text
