"""Whom the events of gaps concern: declared for the notices of accounts."""

from collections.abc import Iterable
from uuid import UUID

from chengyun.accounts.notices import Audience, tell
from chengyun.indicators.models import Gap
from chengyun.kernel.access import Where
from chengyun.kernel.events import EntryView


def _gap(entry: EntryView) -> Gap:
    rows = Gap.objects.as_system("whom an event of a gap concerns").select_related("indicator")
    gap: Gap = rows.get(uuid=UUID(entry.subject))
    return gap


@tell("indicators.gap_raised", "indicators.gap_returned", "indicators.gap_refused")
def tell_owner(entry: EntryView) -> Iterable[Audience]:
    """The department that answers has a gap to close."""
    gap = _gap(entry)
    offices = frozenset([gap.department_id] if gap.department_id is not None else [])
    params = {"code": gap.indicator.code, "deadline": gap.deadline.isoformat()}
    where = Where(town=gap.town_id, departments=offices)
    return [Audience("indicators.read", where, ("liaison",), level="act", params=params)] if offices else []


@tell("indicators.gap_met", "indicators.gap_returned")
def tell_planners(entry: EntryView) -> Iterable[Audience]:
    """Whoever raises gaps looks at what is said to be closed, and at what came back."""
    gap = _gap(entry)
    params = {"code": gap.indicator.code, "cause": gap.cause}
    return [Audience("indicators.raise", gap.where(), ("planner",), level="act", params=params)]
