"""Writing definitions: indicators in versions, targets, thresholds."""

import re
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from chengyun.indicators.definitions import Definition, TargetShape, ThresholdShape
from chengyun.indicators.events import IndicatorRetired, IndicatorSaved, TargetSet, ThresholdSet
from chengyun.indicators.formula.binding import bind
from chengyun.indicators.formula.catalogue import Catalogue
from chengyun.indicators.formula.problems import FormulaError
from chengyun.indicators.models import Indicator, IndicatorTarget, IndicatorVersion, Threshold
from chengyun.indicators.models.definitions import COMPARATORS
from chengyun.indicators.rules.levels import RANKS
from chengyun.kernel.access import require
from chengyun.kernel.action import action, lock, save
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.journal.record import record
from chengyun.kernel.measures import measures
from chengyun.kernel.refusal import Conflict, Invalid
from chengyun.places.models import Area, Town

LONGEST = 2000
_OF_VERSION = (
    "formula", "unit", "decimals", "ascending", "missing", "least_level", "frequency", "basis", "note_zh", "note_en",
    "source",
)  # fmt: skip
_OF_INDICATOR = ("zh", "en", "group", "owner_code", "mode")


@action
def save_indicator(
    town: Town, *, actor: Actor, given: Definition, row: Indicator | None = None, expected: int | None = None
) -> Indicator:
    """A new indicator, or other words or a new version of one. What did not change makes no version."""
    indicator = lock(row, expected) if row is not None else Indicator(town_id=town.pk, code=given.code)
    require(actor, "indicators.write", at=indicator)
    check_definition(given, town)
    _only_once(indicator, given)
    last = IndicatorVersion.objects.filter(indicator_id=indicator.pk).order_by("-number").first()
    changed = _changed(indicator, last, given)
    for name in _OF_INDICATOR:
        setattr(indicator, name, getattr(given, name))
    indicator.retired_at = None
    version = None if last and not set(changed) & set(_OF_VERSION) else _version(given, last, actor)
    indicator.number = version.number if version else indicator.number
    save(indicator)
    if version:
        version.indicator = indicator
        version.save()
    if changed:
        record(IndicatorSaved(indicator.code, indicator.number, tuple(changed)), indicator, actor)
    return indicator


def check_definition(given: Definition, town: Town) -> None:
    """Raise Invalid for what cannot be kept; a formula's error says where it stands."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,59}", given.code):
        raise Invalid("indicators.code", "code: small letters, digits, - and _, 1 to 60", field="code")
    if not 0 < len(given.zh) <= 120:
        raise Invalid("indicators.name", "zh: 1 to 120 characters", field="zh")
    if given.least_level not in RANKS:
        raise Invalid("indicators.level", f"least_level: one of {', '.join(RANKS)}", field="least_level")
    check_formula(given.formula, town.pk, given.unit)
    if given.target:
        _check_target(given.target, town.pk)


def check_formula(text: str, town_id: int, unit: str = "", field: str = "formula") -> None:
    """Raise Invalid with the place of what is wrong."""
    if len(text) > LONGEST:
        raise Invalid("indicators.formula_long", f"{field}: at most {LONGEST} characters", field=field)
    try:
        bind(text, Catalogue(measures(), town_id), unit)
    except FormulaError as error:
        shown = error.shown(text)
        params = (
            error.params | {name: shown[name] for name in ("start", "end", "line", "column")} | {"problem": error.code}
        )
        raise Invalid("indicators.formula", error.detail, field=field, params=params) from error


def _only_once(indicator: Indicator, given: Definition) -> None:
    if indicator._state.adding:
        rows = Indicator.objects.as_system("a code is given once in a town").filter(town_id=indicator.town_id)
        if rows.filter(code=given.code).exists():
            raise Conflict("indicators.code_taken", f"code: there is an indicator {given.code} already", field="code")
    elif indicator.code != given.code:
        raise Invalid("indicators.code_fixed", "code: an indicator keeps its code", field="code")


def _changed(indicator: Indicator, last: IndicatorVersion | None, given: Definition) -> list[str]:
    if last is None:
        return ["formula"]
    names = [name for name in _OF_INDICATOR if getattr(indicator, name) != getattr(given, name)]
    return names + [name for name in _OF_VERSION if getattr(last, name) != getattr(given, name)]


def _version(given: Definition, last: IndicatorVersion | None, actor: Actor) -> IndicatorVersion:
    values = {name: getattr(given, name) for name in _OF_VERSION}
    number = last.number + 1 if last else 1
    return IndicatorVersion(number=number, author=actor.actor_id[:64], created_at=now(), **values)


@action
def retire_indicator(row: Indicator, *, actor: Actor, expected: int) -> Indicator:
    """Take an indicator out of use; its history stays."""
    indicator = lock(row, expected)
    require(actor, "indicators.write", at=indicator)
    indicator.retired_at = now()
    save(indicator)
    record(IndicatorRetired(indicator.code), indicator, actor)
    return indicator


@action
def set_target(row: Indicator, *, actor: Actor, given: TargetShape, area: Area | None = None) -> IndicatorTarget:
    """What is promised of an indicator, for the areas of a level or for one area."""
    indicator = lock(row, None)
    require(actor, "indicators.write", at=indicator)
    _check_target(given, indicator.town_id)
    kept = IndicatorTarget.objects.as_system("the targets of one indicator").filter(indicator=indicator)
    kept = kept.filter(area_id=area.pk) if area else kept.filter(area_id=None, level=given.level)
    target = kept.first() or IndicatorTarget(indicator=indicator, town_id=indicator.town_id)
    target.area_id = area.pk if area else None
    values = asdict(replace(given, level=area.level.role if area else given.level))
    for name, value in values.items():
        setattr(target, name, value)
    save(target)
    said = TargetSet(indicator.code, target.level, target.area_id, target.comparator, target.value, target.by)
    record(said, indicator, actor)
    return target


def _check_target(given: TargetShape, town_id: int) -> None:
    if given.comparator not in COMPARATORS:
        raise Invalid("indicators.comparator", f"comparator: one of {' '.join(COMPARATORS)}", field="comparator")
    if given.level not in RANKS:
        raise Invalid("indicators.level", f"level: one of {', '.join(RANKS)}", field="level")
    if (given.value is None) == (not given.value_formula):
        raise Invalid("indicators.target_value", "value: give a value, or a formula for it", field="value")
    if given.value_formula:
        check_formula(given.value_formula, town_id, field="value_formula")


@action
def keep_threshold(town: Town, *, actor: Actor, given: ThresholdShape) -> Threshold:
    """A limit of a standard, new or changed."""
    kept = Threshold.objects.as_system("the thresholds of a town").filter(town_id=town.pk, code=given.code).first()
    row = lock(kept, None) if kept else Threshold(town_id=town.pk, code=given.code)
    require(actor, "indicators.write", at=row)
    values: Mapping[str, Any] = asdict(given)
    if kept and all(getattr(row, name) == value for name, value in values.items()):
        return row
    for name, value in values.items():
        setattr(row, name, value)
    save(row)
    record(ThresholdSet(row.code, row.value, row.verified), row, actor)
    return row
