"""Everything about one indicator."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from chengyun.accounts.models import Person
from chengyun.indicators.models import Indicator, IndicatorTarget, IndicatorVersion
from chengyun.indicators.queries.formulas import check
from chengyun.indicators.queries.rows import cards, target_row, town_of_row
from chengyun.kernel.actor import Actor
from chengyun.places.models import Area

_VERSION = ("number", "formula", "unit", "note_zh", "note_en", "source", "author", "created_at")


def detail(actor: Actor, row: Indicator, area: Area) -> dict[str, Any]:
    """Its scorecard, what it says in words, its targets and versions."""
    town = town_of_row(row)
    versions = list(row.versions.order_by("-number"))
    holds = next(version for version in versions if version.number == row.number)
    promised = IndicatorTarget.objects.as_system("what was promised of one indicator")
    targets = promised.filter(indicator=row).order_by("level", "id")
    return {
        **cards(actor, town, [row], area)[0],
        **{name: getattr(holds, name) for name in ("formula", "note_zh", "note_en", "source")},
        "checked": check(town, holds.formula, holds.unit),
        "targets": [target_row(target) for target in targets],
        "versions": _written(versions),
    }


def _written(versions: Sequence[IndicatorVersion]) -> list[dict[str, Any]]:
    """Versions with who wrote each by name; empty where the platform itself did. One query."""
    ids = {found for version in versions if (found := _uuid(version.author)) is not None}
    people = Person.objects.as_system("who wrote a version").filter(uuid__in=ids)
    names = {str(key): name for key, name in people.values_list("uuid", "name")}
    return [
        {name: getattr(version, name) for name in _VERSION} | {"author": names.get(version.author, "")}
        for version in versions
    ]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
