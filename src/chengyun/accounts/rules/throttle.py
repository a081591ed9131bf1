"""How long one must wait after failed logins. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

# Many people share the address of an office: one of them who forgot a password must not lock out all.
ADDRESS_FACTOR = 10


def seconds_to_wait(failures: Sequence[datetime], limit: int, window: timedelta, now: datetime) -> int:
    """Seconds until another try is taken, 0 if now: at most `limit` failures within any `window`.

    `failures` are the moments of failed tries, in any order.
    """
    recent = sorted(moment for moment in failures if moment > now - window)
    if len(recent) < limit:
        return 0
    free_at = recent[-limit] + window
    return max(1, int((free_at - now).total_seconds()) + 1)
