"""Reading what a visitor filled in."""

from django.http import HttpRequest

from chengyun.services.residents import Told


def told_in(request: HttpRequest) -> Told:
    """The form as sent."""
    said = {name: request.POST.get(name, "").strip() for name in ("text", "class", "address", "name", "phone")}
    return Told(
        text=said["text"], class_code=said["class"], address=said["address"][:200], point=_point(request),
        name=said["name"][:60], phone=said["phone"][:20], photos=request.FILES.getlist("photos"),
    )  # fmt: skip


def _point(request: HttpRequest) -> tuple[float, float] | None:
    """A position that the device gave; nonsense counts as none."""
    try:
        lng, lat = float(request.POST["lng"]), float(request.POST["lat"])
    except (KeyError, ValueError):
        return None
    return (lng, lat) if -180 <= lng <= 180 and -90 <= lat <= 90 else None
