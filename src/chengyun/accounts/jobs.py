"""Work that comes round by itself."""

from datetime import timedelta
from typing import Any

from django.db.models import Q

from chengyun.accounts.models import LoginAttempt, Notice
from chengyun.kernel.clock import now
from chengyun.kernel.jobs import Run, daily

KEPT_READ = timedelta(days=90)
KEPT_UNREAD = timedelta(days=365)


@daily("accounts.tidy", at="03:40")
def tidy(_run: Run, _given: dict[str, Any]) -> dict[str, Any]:
    """Old notices and attempts to log in go; the journal keeps what happened."""
    moment = now()
    old = Notice.objects.filter(Q(read_at__lt=moment - KEPT_READ) | Q(at__lt=moment - KEPT_UNREAD))
    tries = LoginAttempt.objects.filter(at__lt=moment - timedelta(days=1))
    return {"notices": old.delete()[0], "attempts": tries.delete()[0]}
