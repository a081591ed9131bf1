"""Checks of what people reach: ports, certificate, the address of live updates."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509

from chengyun.config.serve.health import Address, port_is_free
from chengyun.kernel.checks import Finding, check, good, note, wrong
from chengyun.kernel.env import Env

SOON = timedelta(days=30)
HERE = {"localhost", "127.0.0.1", "::1"}


@check("network.port", zh="端口", en="Ports")
def port() -> Iterator[Finding]:
    env = Env.from_environ()
    try:
        yield from _ports(env)
    except OSError as error:
        yield wrong(
            f"不能在 {env.host} 上监听（{error.strerror}）：检查 CHENGYUN_HOST 和端口",
            f"cannot listen on {env.host} ({error.strerror}): look at CHENGYUN_HOST and the port",
        )


def _ports(env: Env) -> Iterator[Finding]:
    for number, zh, en in ((env.port, "网页", "web"), (env.port + 1, "实时推送", "live updates")):
        if port_is_free(env.host, number):
            yield good(f"{zh} {number} 空闲", f"{en} {number} is free")
        elif Address(env.host, number, bool(env.tls_cert)).answers():
            yield good(f"{zh} {number} 正在服务", f"{en} {number} is being served")
        else:
            yield wrong(
                f"{zh}端口 {number} 被别的程序占用：chengyun serve --port 换一个",
                f"port {number} ({en}) is taken by another program: choose another with `chengyun serve --port`",
            )


@check("network.hosts", zh="主机名", en="Host names")
def hosts() -> Iterator[Finding]:
    env = Env.from_environ()
    if "*" not in env.hosts:
        yield good("、".join(env.hosts), ", ".join(env.hosts))
    elif env.host in HERE:
        yield good("只在本机提供", "served on this machine alone")
    else:
        yield note(
            "对任何主机名都应答：请设置 CHENGYUN_PUBLIC_URL", "answers to any host name: set CHENGYUN_PUBLIC_URL"
        )


@check("network.live", zh="实时推送地址", en="Address of live updates")
def live_url() -> Iterator[Finding]:
    env = Env.from_environ()
    web, live = urlsplit(env.base_url), urlsplit(env.stream_url)
    if web.scheme == "https" and live.scheme == "http":
        yield wrong(
            "网页是 HTTPS 而实时推送是 HTTP，浏览器会拒绝：设置 CHENGYUN_LIVE_URL",
            "the web is HTTPS and live updates are HTTP, which browsers refuse: set CHENGYUN_LIVE_URL",
        )
    elif env.public_url and not env.live_url:
        yield note(
            f"网页地址是 {env.base_url}，实时推送仍是 {env.stream_url}：经代理时请设置 CHENGYUN_LIVE_URL",
            f"people type {env.base_url}, live updates are at {env.stream_url}: set CHENGYUN_LIVE_URL behind a proxy",
        )
    else:
        yield good(env.stream_url, env.stream_url)


@check(
    "network.tls", zh="HTTPS（手机端离线、拍照、定位需要）", en="HTTPS (the phone needs it: offline, camera, position)"
)
def tls() -> Iterator[Finding]:
    env = Env.from_environ()
    host = urlsplit(env.base_url).hostname or ""
    if env.tls_cert:
        yield from _certificate(Path(env.tls_cert), Path(env.tls_key))
    elif env.base_url.startswith("https://") or host in HERE:
        yield good("本机或代理提供安全环境", "this machine or the proxy is a secure place")
    else:
        yield note(
            "没有证书：手机不能离线使用、拍照和定位（chengyun init --tls 名称）",
            "no certificate: phones can neither work offline nor use camera and position (`chengyun init --tls NAME`)",
        )


@check("network.certificate", zh="证书", en="Certificate", quick=True)
def certificate_fits() -> Iterator[Finding]:
    """A pair that does not fit keeps web and live from starting."""
    env = Env.from_environ()
    if not env.tls_cert:
        return
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(env.tls_cert, env.tls_key)
    except OSError as error:
        yield wrong(f"{env.tls_cert} 与私钥不能使用：{error}", f"{env.tls_cert} and its key cannot be used: {error}")


def _certificate(path: Path, key: Path) -> Iterator[Finding]:
    ends = x509.load_pem_x509_certificate(path.read_bytes()).not_valid_after_utc
    if ends < datetime.now(UTC):
        yield wrong(f"证书已于 {ends:%Y-%m-%d} 过期", f"the certificate ran out on {ends:%Y-%m-%d}")
    elif ends < datetime.now(UTC) + SOON:
        yield note(f"证书将于 {ends:%Y-%m-%d} 到期", f"the certificate runs out on {ends:%Y-%m-%d}")
    else:
        yield good(f"有效至 {ends:%Y-%m-%d}（{key.name}）", f"valid until {ends:%Y-%m-%d} ({key.name})")
