"""Who is on duty in a synthetic town in the weeks to come: a duty officer by turns of eight hours, a leader by days."""

from datetime import datetime, time, timedelta
from itertools import cycle
from zoneinfo import ZoneInfo

from django.conf import settings

from chengyun.accounts.actions.duties import set_shift
from chengyun.accounts.models import Person
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import local_day, now
from chengyun.places.models import Town

TURNS = (("duty_officer", 8), ("leader", 24))
"""Duties, and how many hours a turn lasts; the first begins at MORNING."""
MORNING = time(8)
DAYS = 28


def fill_roster(town: Town, *, actor: Actor) -> int:
    """Put everyone of the duty roles on the roster by turns, for four weeks from today. Returns how many turns."""
    begin = datetime.combine(local_day(now(), settings.TIME_ZONE), MORNING, ZoneInfo(settings.TIME_ZONE))
    made = 0
    for duty, hours in TURNS:
        crew = cycle(_crew(town, duty))
        for number in range(DAYS * 24 // hours):
            start = begin + timedelta(hours=hours * number)
            set_shift(
                town.pk, actor=actor, duty=duty, who=next(crew), starts_at=start, ends_at=start + timedelta(hours=hours)
            )
            made += 1
    return made


def _crew(town: Town, role: str) -> list[Person]:
    """Who has a role in the town now."""
    holders = Person.objects.as_system("who can be put on duty").filter(
        town=town, tenures__ends_at=None, tenures__post__grants__role__code=role
    )
    return list(holders.order_by("id").distinct())
