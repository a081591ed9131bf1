"""Everything about one indicator."""

from typing import Any

from chengyun.indicators.models import Indicator, IndicatorTarget
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
        "versions": [{name: getattr(version, name) for name in _VERSION} for version in versions],
    }
