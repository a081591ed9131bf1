"""Checks of the data folder: that it can be written, has room, and that its key is nobody else's."""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from chengyun.kernel.checks import Finding, check, good, note, wrong
from chengyun.kernel.env import Env

TIGHT, SCARCE = 0.5e9, 5e9  # bytes
NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afpfs", "webdav"}


@check("data.folder", zh="数据文件夹", en="Data folder", quick=True)
def folder() -> Iterator[Finding]:
    data = Env.from_environ().data
    if not data.is_dir():
        yield wrong(f"{data} 不存在：先运行 chengyun init", f"{data} does not exist: run `chengyun init` first")
        return
    try:
        with tempfile.NamedTemporaryFile(dir=data, prefix=".doctor-"):
            yield good(f"{data}，可写", f"{data}, can be written")
    except OSError as error:
        yield wrong(f"{data} 不能写入：{error.strerror}", f"{data} cannot be written: {error.strerror}")


@check("data.disk", zh="磁盘余量", en="Disk left")
def disk() -> Iterator[Finding]:
    data = Env.from_environ().data
    place = next(p for p in (data, *data.absolute().parents) if p.exists())
    free = shutil.disk_usage(place).free
    words = f"{free / 1e9:.1f} GB"
    if free < TIGHT:
        yield wrong(f"只剩 {words}：请立即清理", f"only {words} are left: make room now")
    elif free < SCARCE:
        yield note(f"还剩 {words}", f"{words} are left")
    else:
        yield good(words, words)


@check("data.key", zh="密钥文件", en="Key file")
def key() -> Iterator[Finding]:
    env = Env.from_environ()
    path = env.data / "secret.key"
    if env.secret_key:
        yield good("由 CHENGYUN_SECRET_KEY 给出", "given by CHENGYUN_SECRET_KEY")
    elif not path.exists():
        yield wrong("还没有：先运行 chengyun init", "there is none yet: run `chengyun init` first")
    elif stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield wrong(f"{path} 其他用户可读：chmod 600 {path}", f"{path} can be read by others: chmod 600 {path}")
    else:
        yield good("只有本用户可读", "only this user can read it")


@check("data.filesystem", zh="文件系统", en="File system")
def filesystem() -> Iterator[Finding]:
    """SQLite's write-ahead log needs shared memory, which network file systems do not have."""
    env = Env.from_environ()
    kind = filesystem_of(env.data)
    if not env.database_url and kind in NETWORK:
        yield wrong(
            f"数据文件夹在网络文件系统（{kind}）上，SQLite 会损坏：请换到本机磁盘，或改用 PostgreSQL",
            f"the data folder is on a network file system ({kind}), which breaks SQLite: use a local disk",
        )
    elif kind:
        yield good(kind, kind)


def filesystem_of(path: Path) -> str:
    """The kind of file system that holds `path`, as Linux names it; empty where that cannot be asked."""
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return ""
    target, best = os.path.realpath(path), ("", "")
    for line in mounts.read_text().splitlines():
        _, point, kind, *_ = line.split()
        inside = target == point or target.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best[0]):
            best = (point, kind)
    return best[1]
