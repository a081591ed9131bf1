"""A web process that starts reads the towns at once, so that the first who asks for a life circle does not wait."""

import threading

from django.db import connections

from chengyun.indicators.circle.state import circle_of
from chengyun.places.models import Town

MOST = 3
"""Towns that are read beforehand; of a city only these, the others when they are asked for."""
AGE = "adult"


def begin() -> threading.Thread:
    """Read the towns in a thread of its own, which stops nobody: requests are answered meanwhile."""
    thread = threading.Thread(target=_warm, name="circle", daemon=True)
    thread.start()
    return thread


def _warm() -> None:
    try:
        for town in Town.objects.as_system("life circles read beforehand").order_by("id")[:MOST]:
            with circle_of(town) as (_, circle):
                circle.states(AGE)
    finally:
        connections.close_all()
