"""How many cases there are: by state, in each view, and day by day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Q

from chengyun.cases.flow_table import DONE_STATES
from chengyun.cases.queries.lists import VIEWS, Filters, seen_by
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import local_day, now
from chengyun.kernel.refusal import Invalid

WORKING = (
    "queue", "mine", "to_sign", "in_hand", "due", "returned", "late", "soon", "phone", "community", "supervised",
    "orders",
)  # fmt: skip
"""Views of what is open: counted together, in one pass over the open cases."""

MOST_DAYS = 400


def counts(actor: Actor, filters: Filters, also: Sequence[str] = ()) -> dict[str, Any]:
    """How many cases by state, in each working view, and in the views named in `also`: two queries, and one for each.

    Those in `also` that are no working views are counted under the other filters, not within `filters.view`.
    """
    moment = now()
    rows = seen_by(actor, filters)
    by_state = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    working = {name: Count("pk", filter=VIEWS[name][1](actor, moment), distinct=True) for name in WORKING}
    views: dict[str, int] = rows.filter(is_open=True).order_by().aggregate(**working)
    for name in set(also) - set(WORKING):
        views[name] = seen_by(actor, replace(filters, view=name)).order_by().values("pk").distinct().count()
    return {"states": by_state, "views": views}


def per_day(actor: Actor, filters: Filters) -> list[dict[str, Any]]:
    """Each day of the filters with what was reported on it, and how much of that is done by now: one query.

    Without a last day until today, without a first day two weeks. Raises Invalid for more than MOST_DAYS.
    """
    last = filters.last_day or local_day(now(), settings.TIME_ZONE)
    first = filters.first_day or last - timedelta(days=13)
    if not 0 <= (last - first).days < MOST_DAYS:
        raise Invalid(
            "cases.too_many_days", f"from, to: 1 to {MOST_DAYS} days", field="from", params={"most": MOST_DAYS}
        )
    rows = seen_by(actor, replace(filters, first_day=first, last_day=last)).order_by()
    done = Count("pk", filter=Q(state__in=DONE_STATES))
    found = {day: figures for day, *figures in rows.values_list("local_day").annotate(n=Count("pk"), done=done)}
    return [_figures(first + timedelta(days=n), found) for n in range((last - first).days + 1)]


def _figures(day: date, found: dict[date, list[int]]) -> dict[str, Any]:
    reported, done = found.get(day, (0, 0))
    return {"day": day, "reported": reported, "done": done}
