"""Where the bytes are. A port: rows know a digest, the storage knows the rest. So far there is only a disk."""

import hashlib
import os
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Protocol

from django.conf import settings


class Storage(Protocol):
    """Bytes by their SHA-256, in hexadecimal. What is kept under a digest never changes."""

    def put(self, data: bytes) -> str:
        """Keep `data`, durably, before this returns its digest."""

    def path(self, digest: str) -> Path | None:
        """A file that can be read, or None if there is none."""

    def remove(self, digest: str) -> None:
        """Drop what is kept under a digest, if anything is."""

    def older_than(self, seconds: float) -> Iterator[str]:
        """Digests of what was put, or put again, longer ago."""


class Disk:
    """Files in a folder, two levels deep by digest: written aside, forced to the disk, renamed."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._aside = root / "incoming"
        self._aside.mkdir(parents=True, exist_ok=True)

    def put(self, data: bytes) -> str:
        digest = hashlib.sha256(data).hexdigest()
        target = self._place(digest)
        if target.exists():
            os.utime(target)  # younger again, so that no sweep takes it before its new row is there
            return digest
        temporary = self._aside / f"{digest}.{os.getpid()}.{time.monotonic_ns()}"
        with temporary.open("xb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary.rename(target)
        _force(target.parent)
        return digest

    def path(self, digest: str) -> Path | None:
        target = self._place(digest)
        return target if target.is_file() else None

    def remove(self, digest: str) -> None:
        self._place(digest).unlink(missing_ok=True)

    def older_than(self, seconds: float) -> Iterator[str]:
        limit = time.time() - seconds
        for path in self._root.glob("??/??/*"):
            if path.stat().st_mtime < limit:
                yield path.name
        for path in self._aside.iterdir():
            if path.stat().st_mtime < limit:
                path.unlink(missing_ok=True)

    def _place(self, digest: str) -> Path:
        if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
            raise ValueError("not a SHA-256 in hexadecimal")
        return self._root / digest[:2] / digest[2:4] / digest


def _force(folder: Path) -> None:
    """A rename is durable when its folder is on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def storage() -> Storage:
    """The storage of this installation."""
    return _disk(settings.ENV.files_dir)


@cache
def _disk(root: Path) -> Disk:
    return Disk(root)
