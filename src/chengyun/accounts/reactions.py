"""What the room does when something happened."""

from chengyun.accounts import jobs
from chengyun.accounts.notices import tell_of
from chengyun.kernel.events import EntryView, listen

__all__ = ["jobs", "notify"]


@listen("*", name="accounts.notices")
def notify(entry: EntryView) -> None:
    """Write the notices that the rooms have declared for this event."""
    tell_of(entry)
