"""Towns, schemes and the tree of their areas."""

from collections.abc import Sequence
from typing import Any

from chengyun.kernel.access import found, scope_of
from chengyun.kernel.actor import Actor
from chengyun.kernel.refusal import Invalid, NotFound
from chengyun.places.models import Area, BaseMap, Town
from chengyun.places.queries.visible import shown


def towns() -> list[Town]:
    """All towns of the installation, by code."""
    return list(Town.objects.as_system("the tenants of the installation").order_by("code"))


def town_of(code: str) -> Town:
    """The town of a code. Raises NotFound."""
    town: Town | None = Town.objects.as_system("a town by its code").filter(code=code).first()
    if town is None:
        raise NotFound("places.no_town", f"there is no town {code!r}", params={"town": code})
    return town


def only_town(code: str | None = None) -> Town:
    """The town of the code, or the only one there is. Raises Invalid if none was named among several."""
    if code:
        return town_of(code)
    found = towns()
    if len(found) != 1:
        named = ", ".join(town.code for town in found) or "none yet"
        raise Invalid("places.which_town", f"town: say which one (there are: {named})", field="town")
    return found[0]


def area_tree(actor: Actor, town: int, roles: Sequence[str] = ()) -> list[Area]:
    """The areas of a town that the actor may see, in tree order; of the given roles only, if any. Two queries."""
    rows = shown(Area.objects.within(actor, "places.read").filter(town_id=town))
    if roles:
        rows = rows.filter(level__role__in=roles)
    return list(rows.select_related("level", "scheme").order_by("scheme_id", "level__rank", "code"))


def visible_towns(actor: Actor) -> list[Town]:
    """The towns whose map the actor may see, by code."""
    return list(Town.objects.within(actor, "places.read").order_by("code"))


def town_for(actor: Actor, code: str | None = None) -> Town:
    """The town of a request: the one named, else the actor's own, else the first. Raises NotFound."""
    rows = Town.objects.within(actor, "places.read").order_by("code")
    if code:
        named: Town | None = rows.filter(code=code).first()
        return found(named, "town")
    own = _own_towns(actor)
    first: Town | None = (rows.filter(id__in=own).first() if own else None) or rows.first()
    return found(first, "town")


def _own_towns(actor: Actor) -> set[int]:
    """The town that an actor says is theirs; else those of their grants, by town or by area."""
    said = getattr(actor, "town_id", None)
    if said is not None:
        return {said}
    scope = scope_of(actor, "places.read")
    held = scope.areas | {area for _, area in scope.bounded}
    if scope.towns or not held:
        return set(scope.towns)
    rows = Area.objects.as_system("in which town somebody's areas lie").filter(id__in=held).exclude(town=None)
    return set(rows.values_list("town_id", flat=True))


def base_map(code: str | None = None) -> dict[str, Any]:
    """Where the ground of a town comes from; the whole world without tiles where nothing was imported yet. Public."""
    rows = Town.objects.as_system("the ground is public: residents draw it too").order_by("id")
    town = (rows.filter(code=code) if code else rows).first()
    archives = BaseMap.objects.as_system("the ground is public: residents draw it too")
    made = archives.filter(town=town).order_by("-made_at", "-id").first() if town else None
    choice = town.settings.get("base_map", {}) if town else {}
    chosen = choice if choice.get("kind") == "wmts" else {}
    return {
        "tiles": f"/tiles/{made.name}" if made else None,
        "bounds": made.bounds if made else (73.5, 18.0, 135.1, 53.6),
        "attribution": chosen.get("attribution") or (made.attribution if made else ""),
        "layers": made.layers if made else {},
        "wmts": chosen.get("url"),
        "review_number": chosen.get("review_number"),
    }
