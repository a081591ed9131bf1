"""Indicators as rows: the one that holds, its target, its value now, and how it went."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from chengyun.indicators.evaluating import today_in
from chengyun.indicators.models import Evaluation, Gap, Indicator, IndicatorTarget, IndicatorVersion, Value
from chengyun.indicators.rules.levels import RANKS
from chengyun.indicators.rules.periods import FREQUENCIES, period_of
from chengyun.indicators.rules.scoring import Promise, distance, expected
from chengyun.kernel.access import found, may
from chengyun.kernel.actor import Actor
from chengyun.kernel.refusal import NotFound
from chengyun.places.models import Area, Town
from chengyun.places.queries.visible import shown

TREND = 12  # how many periods a sparkline shows
ORDER = ("rank", "code", "id")


@dataclass(frozen=True)
class Wanted:
    """What a list of indicators is narrowed to. `state`: met, gap, unknown, or several by commas."""

    group: str = ""
    state: str = ""
    words: str = ""
    source: str = ""
    retired: bool = False


def indicators(actor: Actor, town: Town, wanted: Wanted, area: Area | None) -> QuerySet[Indicator]:
    """The indicators of a town that an actor may see, narrowed."""
    rows = Indicator.objects.within(actor, "indicators.read").filter(town_id=town.pk)
    rows = rows.filter(retired_at__isnull=not wanted.retired)
    if wanted.group:
        rows = rows.filter(group=wanted.group)
    if wanted.words:
        rows = rows.filter(Q(zh__icontains=wanted.words) | Q(en__icontains=wanted.words) | Q(code=wanted.words))
    if wanted.source:
        rows = rows.filter(versions__source__document=wanted.source).distinct()
    if wanted.state and area is not None:
        states = [word.strip() for word in wanted.state.split(",")]
        values = Value.objects.filter(area_id=area.pk, period__in=present_keys(town), state__in=states)
        rows = rows.filter(pk__in=values.values("indicator"))
    return rows.order_by(*ORDER)


def indicator_of(actor: Actor, key: UUID) -> Indicator:
    """One indicator, or NotFound."""
    row: Indicator | None = Indicator.objects.within(actor, "indicators.read").filter(uuid=key).first()
    return found(row, "indicator")


def town_of_row(row: Indicator) -> Town:
    """The town of an indicator."""
    town: Town = Town.objects.as_system("the town of an indicator that was seen").get(pk=row.town_id)
    return town


def groups(actor: Actor, town: Town) -> list[str]:
    """The headings of a town's scorecard, in order."""
    rows = Indicator.objects.within(actor, "indicators.read").filter(town_id=town.pk, retired_at=None)
    listed = rows.order_by(*ORDER).values_list("group", flat=True)
    return list(dict.fromkeys(group for group in listed if group))


def by_codes(actor: Actor, town: Town, codes: Sequence[str]) -> list[Indicator]:
    """Indicators by their codes, in the order asked; unknown ones are left out."""
    rows = Indicator.objects.within(actor, "indicators.read").filter(town_id=town.pk, code__in=list(codes))
    place = {code: n for n, code in enumerate(codes)}
    return sorted(rows, key=lambda row: place[row.code])


def present_keys(town: Town) -> list[str]:
    """The keys of the present month, quarter and year."""
    today = today_in(town)
    return [period_of(today, frequency).key for frequency in FREQUENCIES]


def area_for(town: Town, key: UUID | None) -> Area:
    """The area asked for, by default the town's own. Raises NotFound."""
    rows = shown(Area.objects.as_system("the outline of areas is for everyone who sees figures").filter(town=town))
    rows = rows.select_related("level", "scheme")
    area: Area | None = (rows.filter(uuid=key) if key else rows.filter(level__role="town")).first()
    if area is None:
        raise NotFound("kernel.not_found", "no such area, or not one that you may see", params={"what": "area"})
    return area


def cards(actor: Actor, town: Town, rows: Sequence[Indicator], area: Area) -> list[dict[str, Any]]:
    """Scorecards of indicators for one area. Six queries, however many."""
    ids = [row.pk for row in rows]
    versions = versions_of(rows)
    targets = _targets(ids, area)
    history = _history(ids, area)
    evaluated = _evaluations(ids)
    counts = _counts(ids, area, present_keys(town))
    gaps = set(_open_gaps(actor, ids, area).values_list("indicator_id", flat=True))
    rights = {name: may(actor, f"indicators.{name}", at=rows[0]) for name in ("write", "raise")} if rows else {}
    today = today_in(town)
    return [
        _card(row, versions[row.pk], targets.get(row.pk), history.get(row.pk, []), today)
        | _evaluation(evaluated.get(row.pk))
        | {"areas": counts.get(row.pk, []), "raised": row.pk in gaps}
        | {"verbs": verbs_of(rights, history.get(row.pk, []), row.pk in gaps)}
        for row in rows
    ]


def versions_of(rows: Sequence[Indicator]) -> dict[int, IndicatorVersion]:
    """The version that holds, by indicator."""
    found = IndicatorVersion.objects.filter(indicator_id__in=[row.pk for row in rows])
    by_number = {(version.indicator_id, version.number): version for version in found}
    return {row.pk: by_number[row.pk, row.number] for row in rows}


def _targets(ids: list[int], area: Area) -> dict[int, IndicatorTarget]:
    """What was promised for an area, else for its level, else for the town."""
    rows = IndicatorTarget.objects.as_system("what was promised").filter(indicator_id__in=ids)
    rank = {area.level.role: 1, "town": 2}
    best: dict[int, tuple[int, IndicatorTarget]] = {}
    for row in rows:
        fit = 0 if row.area_id == area.pk else rank.get(row.level, 9) if row.area_id is None else 9
        if fit < 9 and fit < best.get(row.indicator_id, (9,))[0]:
            best[row.indicator_id] = (fit, row)
    return {key: row for key, (_, row) in best.items()}


def _history(ids: list[int], area: Area) -> dict[int, list[Value]]:
    """The values of an area, the newest first."""
    found: dict[int, list[Value]] = {}
    for row in Value.objects.filter(indicator_id__in=ids, area_id=area.pk).order_by("-period"):
        found.setdefault(row.indicator_id, []).append(row)
    return found


def _evaluations(ids: list[int]) -> dict[int, Evaluation]:
    """The latest evaluation of each indicator."""
    rows = Evaluation.objects.filter(indicator_id__in=ids).order_by("first")
    return {row.indicator_id: row for row in rows}


def _counts(ids: list[int], area: Area, periods: list[str]) -> dict[int, list[dict[str, Any]]]:
    """By indicator and level, how many areas are met, in a gap, not known."""
    rows = Value.objects.filter(indicator_id__in=ids, period__in=periods).exclude(state="")
    if area.level.role != "town":
        below = Area.objects.as_system("figures below an area").filter(path__startswith=area.path)
        rows = rows.filter(area_id__in=below.values("id"))
    grouped = rows.values("indicator_id", "role", "state").annotate(count=Count("id"))
    found: dict[int, dict[str, dict[str, Any]]] = {}
    for row in grouped:
        levels = found.setdefault(row["indicator_id"], {})
        levels.setdefault(row["role"], {"role": row["role"], "met": 0, "gap": 0, "unknown": 0})
        levels[row["role"]][row["state"]] = row["count"]
    return {key: sorted(levels.values(), key=lambda one: RANKS.get(one["role"], 9)) for key, levels in found.items()}


def _open_gaps(actor: Actor, ids: list[int], area: Area) -> QuerySet[Gap]:
    rows = Gap.objects.within(actor, "indicators.read").filter(indicator_id__in=ids, area_id=area.pk)
    return rows.filter(state__in=["raised", "proposed"])


def _card(
    row: Indicator, version: IndicatorVersion, target: IndicatorTarget | None, history: list[Value], today: date
) -> dict[str, Any]:
    now = history[0] if history else None
    promised = now.target if now and now.target is not None else target.value if target else None
    return {
        **definition_row(row, version),
        **value_row(now),
        "target": target_row(target) | {"value": promised} if target else None,
        "lacking": distance(now.value if now else None, target.comparator, promised) if target else None,
        "expected": _expected(target, promised, today),
        "trend": [{"period": v.period, "value": v.value, "state": v.state} for v in reversed(history[:TREND])],
    }


def _expected(target: IndicatorTarget | None, value: float | None, today: date) -> float | None:
    if target is None or value is None:
        return None
    return expected(Promise(value, target.by, target.baseline, target.baseline_on), today)


def definition_row(row: Indicator, version: IndicatorVersion) -> dict[str, Any]:
    """What an indicator is."""
    own = {
        name: getattr(row, name) for name in ("code", "zh", "en", "group", "owner_code", "mode", "number", "version")
    }
    names = ("unit", "decimals", "ascending", "least_level", "frequency", "basis")
    said = {name: getattr(version, name) for name in names} | {"missing_strategy": version.missing}
    return {"id": row.uuid, **own, "retired": row.retired_at is not None, **said}


_VALUE = (
    "period", "value", "low", "high", "numerator", "denominator", "confidence", "estimated", "state", "reason",
)  # fmt: skip


def value_row(value: Value | None) -> dict[str, Any]:
    """A value, or nothing yet."""
    if value is None:
        return dict.fromkeys(_VALUE) | {"estimated": False, "state": "unknown", "reason": "not_yet"}
    return {name: getattr(value, name) for name in _VALUE}


def target_row(target: IndicatorTarget) -> dict[str, Any]:
    """What was promised."""
    names = (
        "level", "comparator", "value", "value_formula", "by", "recurrence", "baseline", "baseline_on", "implicit",
        "approx",
    )  # fmt: skip
    return {name: getattr(target, name) for name in names}


def _evaluation(row: Evaluation | None) -> dict[str, Any]:
    names = ("missing", "sources", "problem", "evaluated_at", "inputs")
    return {n: getattr(row, n) if row else None for n in names}


def verbs_of(rights: dict[str, bool], history: Iterable[Value], is_raised: bool) -> list[str]:
    """What the actor may do with an indicator at an area now."""
    now = next(iter(history), None)
    found = ["edit", "set_target", "retire"] if rights.get("write") else []
    if rights.get("raise") and now is not None and now.state == "gap" and not is_raised:
        found.append("raise")
    return found
