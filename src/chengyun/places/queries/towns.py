"""Towns, schemes and the tree of their areas."""

from collections.abc import Sequence

from chengyun.kernel.actor import Actor
from chengyun.kernel.refusal import Invalid, NotFound
from chengyun.places.models import Area, Town
from chengyun.places.queries.visible import shown


def towns() -> list[Town]:
    """All towns of the installation, by code."""
    return list(Town.objects.as_system("the tenants of the installation").order_by("code"))


def town_of(code: str) -> Town:
    """The town of a code. Raises NotFound."""
    town = Town.objects.as_system("a town by its code").filter(code=code).first()
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
