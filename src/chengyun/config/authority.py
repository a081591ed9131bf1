"""A certificate authority of the town's own, where no other gives certificates for a name in its closed network.

Phones trust the town's pages after installing `ca.crt` once; the page that explains it stands beside the files.
"""

import ipaddress
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AUTHORITY_DAYS = 3650
SERVER_DAYS = 397  # phones refuse server certificates that live longer than 398 days
PAGE = """<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>安装证书 · Install the certificate</title>
<h1>安装证书</h1>
<p>手机要离线使用、拍照和定位，须先信任本镇的证书 <b>ca.crt</b>（只需一次）。核对指纹后再安装：</p>
<p><code>{fingerprint}</code></p>
<ul>
<li>安卓：设置 › 安全 › 加密与凭据 › 安装证书 › CA 证书，选择 ca.crt。</li>
<li>苹果：打开 ca.crt 并安装描述文件，再到 设置 › 通用 › 关于本机 › 证书信任设置 打开完全信任。</li>
</ul>
<h1>Install the certificate</h1>
<p>To work offline and to use camera and position, a phone must trust the town's certificate <b>ca.crt</b> once.
Compare the fingerprint above first.</p>
<ul>
<li>Android: Settings › Security › Encryption and credentials › Install a certificate › CA, choose ca.crt.</li>
<li>iPhone: open ca.crt and install the profile, then Settings › General › About › Certificate Trust Settings.</li>
</ul>
</html>
"""


@dataclass(frozen=True)
class Issued:
    """Where the files of a certificate are."""

    certificate: Path
    key: Path
    authority: Path
    page: Path


def issue(folder: Path, name: str) -> Issued:
    """A certificate for `name` (a host name or an address), signed by the authority in `folder`, made at first use."""
    folder.mkdir(parents=True, exist_ok=True)
    os.chmod(folder, 0o700)  # noqa: PTH101 (the folder holds private keys)
    authority, authority_key = _authority(folder)
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = (
        _builder(name, authority.subject, key.public_key(), SERVER_DAYS)
        .add_extension(x509.SubjectAlternativeName(_names(name)), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    issued = Issued(folder / "server.crt", folder / "server.key", folder / "ca.crt", folder / "install.html")
    chain = certificate.public_bytes(serialization.Encoding.PEM) + authority.public_bytes(serialization.Encoding.PEM)
    issued.certificate.write_bytes(chain)
    _write_key(issued.key, key)
    fingerprint = authority.fingerprint(hashes.SHA256()).hex(":").upper()
    issued.page.write_text(PAGE.format(fingerprint=fingerprint), encoding="utf-8")
    return issued


def _authority(folder: Path) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    certificate_path, key_path = folder / "ca.crt", folder / "ca.key"
    if certificate_path.exists() and key_path.exists():
        key = serialization.load_pem_private_key(key_path.read_bytes(), None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise ValueError(f"{key_path} is not a key of this authority")
        return x509.load_pem_x509_certificate(certificate_path.read_bytes()), key
    key = ec.generate_private_key(ec.SECP256R1())
    own = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Chengyun local authority")])
    certificate = (
        _builder("Chengyun local authority", own, key.public_key(), AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate_path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    _write_key(key_path, key)
    return certificate, key


def _builder(name: str, issuer: x509.Name, key: ec.EllipticCurvePublicKey, days: int) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])]))
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=days))
    )


def _names(name: str) -> list[x509.GeneralName]:
    """The name itself and, so that the server can be asked from its own machine, the loopback names."""
    local: list[x509.GeneralName] = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    try:
        return [x509.IPAddress(ipaddress.ip_address(name)), *local]
    except ValueError:
        return [x509.DNSName(name), *local]


def _write_key(path: Path, key: ec.EllipticCurvePrivateKey) -> None:
    text = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
        handle.write(text)
