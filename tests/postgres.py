"""A PostgreSQL for the tests: the one that CHENGYUN_TEST_DATABASE_URL names, else a temporary one started here."""

import contextlib
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

# Durability is PostgreSQL's own business; these tests ask what it answers, so the temporary cluster need not sync.
QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=100"


class Unavailable(Exception):
    """No PostgreSQL can be reached or started; the message says what to install."""


@contextlib.contextmanager
def database_url() -> Iterator[str]:
    """Address of an empty PostgreSQL database, stopped and removed afterwards if it was started here."""
    given = os.environ.get("CHENGYUN_TEST_DATABASE_URL")
    if given:
        yield given
        return
    programs = find_programs()
    owner = owner_of_the_server()
    folder = Path(tempfile.mkdtemp(prefix="chengyun-postgres-"))
    if owner is not None:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    with ended_with_us(programs, folder, owner):
        yield start(programs, folder, owner)


def find_programs() -> Path:
    """The folder that holds initdb and pg_ctl, the newest version first."""
    on_path = shutil.which("initdb")
    candidates = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: -float(p.parent.name))
    candidates += [Path(p) for p in ("/opt/homebrew/bin", "/usr/local/bin", "/usr/local/pgsql/bin")]
    if on_path:
        candidates.append(Path(on_path).resolve().parent)
    for folder in candidates:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise Unavailable("no PostgreSQL here (Debian: apt install postgresql), and CHENGYUN_TEST_DATABASE_URL is not set")


def owner_of_the_server() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root; then it runs as postgres, else as nobody."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise Unavailable("PostgreSQL refuses to run as root, and there is neither a user postgres nor nobody")


# Waits until its standard input ends, which it does when whoever holds the other end ends, killed or not.
GUARD = """
import shutil, subprocess, sys
sys.stdin.read()
folder, user, *stop = sys.argv[1:]
subprocess.run(stop, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, user=int(user) if user else None)
shutil.rmtree(folder, ignore_errors=True)
"""


@contextlib.contextmanager
def ended_with_us(programs: Path, folder: Path, owner: pwd.struct_passwd | None) -> Iterator[None]:
    """Stop the server in `folder` and remove the folder at the end of the block, even if this process is killed."""
    stop = [str(programs / "pg_ctl"), "-D", str(folder / "data"), "-m", "immediate", "-w", "stop"]
    user = "" if owner is None else str(owner.pw_uid)
    guard = subprocess.Popen(
        [sys.executable, "-c", GUARD, str(folder), user, *stop], stdin=subprocess.PIPE, cwd="/", start_new_session=True
    )
    try:
        yield
    finally:
        guard.communicate()


def start(programs: Path, folder: Path, owner: pwd.struct_passwd | None) -> str:
    """Start a cluster in `folder` on a free loopback port, with a password of its own. Returns its address."""
    password, port, data = secrets.token_hex(16), free_port(), folder / "data"
    secret = folder / "password"
    secret.write_text(password)
    if owner is not None:
        os.chown(secret, owner.pw_uid, owner.pw_gid)
    run(owner, programs / "initdb", "-D", data, "-U", "chengyun", "-A", "scram-sha-256", f"--pwfile={secret}",
        "--encoding=UTF8", "--locale=C", "--no-sync")  # fmt: skip
    listen = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder} {QUICK}"
    run(owner, programs / "pg_ctl", "-D", data, "-o", listen, "-l", folder / "log", "-w", "start")
    return f"postgresql://chengyun:{password}@127.0.0.1:{port}/postgres"


def run(owner: pwd.struct_passwd | None, *command: object) -> None:
    """Run a program of PostgreSQL as `owner`; Unavailable with its own words if it fails."""
    identity = {} if owner is None else {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    with tempfile.TemporaryFile() as words:  # a file, not a pipe: the server keeps it open and would hold a pipe's end
        done = subprocess.run(
            [str(part) for part in command], stdout=words, stderr=words, cwd="/", check=False, **identity
        )
        if done.returncode:
            words.seek(0)
            said = words.read().decode(errors="replace").strip().splitlines()
            raise Unavailable(f"{Path(str(command[0])).name} failed: {said[-1] if said else 'without a word'}")


def free_port() -> int:
    """A loopback port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    with database_url() as url:
        sys.exit(subprocess.run(sys.argv[1:], env={**os.environ, "CHENGYUN_DATABASE_URL": url}, check=False).returncode)
