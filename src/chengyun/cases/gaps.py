"""A gap that an indicator found becomes cases: one for each thing that falls short."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from chengyun.cases.actions import Draft, report
from chengyun.kernel.actor import System
from chengyun.kernel.events import EntryView, listen

PLATFORM = System("cases")
_FROM_GAP = ("mode", "zh", "value", "unit", "comparator", "target", "deadline", "subjects", "labels", "places")


@listen("indicators.gap_raised", name="cases.from_gaps", reads=_FROM_GAP)
def open_cases(entry: EntryView) -> None:
    """Report each thing; one that was reported already, because the entry came twice, is found by its number."""
    if entry.facts["mode"] == "cases" and entry.town is not None:
        for draft in drafts_of(entry.subject, entry.town, entry.facts):
            report(draft, actor=PLATFORM)


def drafts_of(gap: str, town: int, facts: Any) -> Iterator[Draft]:
    """The reports that a gap becomes; `gap` is its id."""
    value = "" if facts["value"] is None else f"，现值{facts['value']:g}{facts['unit']}"
    promised = f"目标{facts['comparator']}{facts['target']:g}{facts['unit']}"
    until = date.fromisoformat(facts["deadline"])
    for subject, label, place in zip(facts["subjects"], facts["labels"], facts["places"], strict=True):
        yield Draft(
            town=town, channel="desk", title=f"{label}：{facts['zh']}"[:60],
            text=f"{label}未达到指标“{facts['zh']}”的要求（全域{promised}{value}），请于{until}前补齐。",
            point=(place[0], place[1]) if any(place) else None, address="" if any(place) else label,
            source=f"gap:{gap}", external_id=subject,
        )  # fmt: skip
