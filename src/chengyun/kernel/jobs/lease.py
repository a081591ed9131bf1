"""One at a time, over several workers and machines: a lease in the database, renewed while its holder lives."""

import os
import secrets
import socket
import time
from datetime import timedelta

from django.db.models import Q

from chengyun.kernel.clock import now
from chengyun.kernel.jobs.models import Lease

SECONDS = 20
RENEWED_AFTER = 5.0
_own: set[str] = set()


def owner_name() -> str:
    """A name for this process that no other has: host, process, and something at random."""
    name = f"{socket.gethostname()[:30]}/{os.getpid()}/{secrets.token_hex(4)}"
    _own.add(name)
    return name


def is_gone(owner: str) -> bool:
    """Whether the owner was a process of this machine that runs no more. Of other machines nothing is known."""
    host, _, rest = owner.partition("/")
    process = rest.partition("/")[0]
    if host != socket.gethostname()[:30] or not process.isdigit():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return int(process) == os.getpid() and owner not in _own  # the number of a dead process was given to us


class Held:
    """A lease that this process tries to hold."""

    def __init__(self, name: str, owner: str) -> None:
        self._name = name
        self._owner = owner
        self._asked = -RENEWED_AFTER
        self._mine = False

    def hold(self) -> bool:
        """Whether it is ours now; asks the database every few seconds only."""
        if time.monotonic() - self._asked >= RENEWED_AFTER:
            self._asked = time.monotonic()
            self._mine = self._take()
        return self._mine

    def release(self) -> None:
        """Let the next one have it at once."""
        Lease.objects.filter(name=self._name, owner=self._owner).delete()
        self._mine = False

    def _take(self) -> bool:
        until = now() + timedelta(seconds=SECONDS)
        rows = Lease.objects.filter(name=self._name)
        free = Q(owner=self._owner) | Q(until__lt=now())
        if rows.filter(free).update(owner=self._owner, until=until):
            return True
        there = rows.first()
        if there is not None and is_gone(there.owner):
            return bool(rows.filter(owner=there.owner).update(owner=self._owner, until=until))
        if there is None:
            Lease.objects.bulk_create([Lease(name=self._name, owner=self._owner, until=until)], ignore_conflicts=True)
            return rows.filter(owner=self._owner).exists()
        return False


def held_now(name: str) -> bool:
    """Whether somebody holds the lease."""
    return Lease.objects.filter(name=name, until__gte=now()).exists()
