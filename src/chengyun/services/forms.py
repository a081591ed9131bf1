"""Reading what a visitor filled in."""

import re

from django.http import HttpRequest

from chengyun.services.residents import Told

# Characters that no database keeps, that steer a terminal, or that turn the direction of what stands around them.
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def told_in(request: HttpRequest) -> Told:
    """The form as sent."""
    said = {name: plain(request.POST.get(name, "")) for name in ("text", "class", "address", "name", "phone")}
    return Told(
        text=said["text"], class_code=said["class"], address=said["address"][:200], point=_point(request),
        name=said["name"][:60], phone=said["phone"][:20], photos=request.FILES.getlist("photos"),
    )  # fmt: skip


def plain(text: str) -> str:
    """Text as typed, without hidden characters."""
    return HIDDEN.sub("", text).strip()


def _point(request: HttpRequest) -> tuple[float, float] | None:
    """A position that the device gave; nonsense counts as none."""
    try:
        lng, lat = float(request.POST["lng"]), float(request.POST["lat"])
    except (KeyError, ValueError):
        return None
    return (lng, lat) if -180 <= lng <= 180 and -90 <= lat <= 90 else None
