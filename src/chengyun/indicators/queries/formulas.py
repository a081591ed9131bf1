"""For the editor: what a formula may say, whether it is right, how it reads, what it would give."""

from typing import Any

from chengyun.indicators.definitions import Definition, TargetShape
from chengyun.indicators.evaluating import today_in
from chengyun.indicators.formula.aloud import read_aloud
from chengyun.indicators.formula.binding import Bound, bind
from chengyun.indicators.formula.catalogue import Catalogue
from chengyun.indicators.formula.problems import FormulaError
from chengyun.indicators.formula.uses import uses
from chengyun.indicators.measuring import COLUMNS, Ready, measure_one, prepare
from chengyun.indicators.models import Indicator, IndicatorTarget, IndicatorVersion
from chengyun.indicators.rules.levels import adds
from chengyun.indicators.rules.periods import period_of
from chengyun.indicators.worlds import world_of
from chengyun.kernel.measures import measures
from chengyun.places.models import Area, Town


def catalogue_of(town: Town) -> Catalogue:
    """What formulas of a town may name."""
    return Catalogue(measures(), town.pk)


def offered(town: Town) -> list[dict[str, Any]]:
    """Every measure with its fields and their words."""
    catalogue = catalogue_of(town)
    return [
        {
            "name": one.name, "zh": one.zh, "en": one.en, "unit": one.unit,
            "shape": "things" if one.load else "figures",
            "fields": [
                {
                    "name": field.name, "kind": field.kind, "zh": field.zh, "en": field.en, "unit": field.unit,
                    "of": field.of, "required": field.required,
                    "words": [
                        {"code": code, "zh": zh, "en": en} for code, zh, en in catalogue.words(one, field) or ()
                    ],
                }
                for field in one.fields
            ],
        }
        for one in catalogue.measures.values()
    ]  # fmt: skip


def check(town: Town, text: str, unit: str = "") -> dict[str, Any]:
    """Whether a formula is right; where not, and what would be. Else how it reads and what it stands on."""
    catalogue = catalogue_of(town)
    try:
        bound = bind(text, catalogue, unit)
    except FormulaError as error:
        return {"ok": False, "problem": error.shown(text)}
    return {"ok": True, **described(bound, catalogue)}


def described(bound: Bound, catalogue: Catalogue) -> dict[str, Any]:
    """A formula in words, and what it reads."""
    read = sorted({use.measure for use in uses(bound.tree)})
    return {
        "unit": bound.unit.words(),
        "adds": adds(bound.tree),
        "aloud": {"zh": read_aloud(bound, catalogue, "zh"), "en": read_aloud(bound, catalogue, "en")},
        "measures": [{"name": n, "zh": catalogue.of(n).zh, "en": catalogue.of(n).en} for n in read],
    }


def preview(town: Town, given: Definition) -> dict[str, Any]:
    """What a definition would give now, at every level, without keeping anything."""
    with world_of(town) as kept:
        try:
            bound = bind(given.formula, kept.catalogue, given.unit)
        except FormulaError as error:
            return {"ok": False, "problem": error.shown(given.formula)}
        ready = _unsaved(town, given, bound)
        today = today_in(town)
        period = period_of(today, given.frequency).until(today)
        prepare([ready], kept.world, [period])
        found = measure_one(ready, kept.world, kept.catalogue, period)
        said = described(bound, kept.catalogue)
        areas = kept.ground.rows
    rows = [_row(areas[row[1]], row) for row in found.rows]
    return {"ok": True, **said, "missing": found.missing, "sources": found.sources, "values": rows}


def _unsaved(town: Town, given: Definition, bound: Bound) -> Ready:
    """An indicator that is in no table."""
    names = ("formula", "unit", "missing", "least_level", "frequency")
    version = IndicatorVersion(number=1, **{name: getattr(given, name) for name in names})
    indicator = Indicator(town_id=town.pk, code=given.code, zh=given.zh)
    return Ready(indicator, version, bound, {}, (_target(given.target),) if given.target else ())


def _target(given: TargetShape) -> IndicatorTarget:
    return IndicatorTarget(
        level=given.level, comparator=given.comparator, value=given.value, value_formula=given.value_formula
    )


def _row(area: Area, row: tuple[Any, ...]) -> dict[str, Any]:
    named = {"id": area.uuid, "code": area.code, "name": area.name, "english": area.english}
    return {"area": named | {"role": row[0], "level": area.level.name}} | dict(zip(COLUMNS[2:], row[2:], strict=True))
