"""From the JSON of the compiler to the fields of tasks, targets and projects, as plain values."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from chengyun.plans.rules.dates import first_day, last_day

Item = Mapping[str, Any]
_EACH = re.compile(
    "[人户地平日月年]均|单位(?:面积|产值|产品|生产总值|地区生产总值|GDP|增加值|能耗)|每(?!年|半年|季|月|周|天|日)"
)
_TIMES = frozenset({"工作日", "天", "日", "小时", "分钟", "分", "秒"})
_RATES = ("%", "‰", "/", "每", "比")
_DUE_RULES = ("none", "month", "absolute", "relative", "recurring", "event", "open", "unknown")


@dataclass(frozen=True)
class Owner:
    """A unit of a task as written."""

    words: str
    role: str
    inferred: bool = False
    generic: bool = False
    spans: tuple[Any, ...] = ()

    def plain(self) -> list[str]:
        """As it is compared between versions."""
        return [self.role, self.words]


@dataclass(frozen=True)
class Told:
    """An item of one kind: its fields, where it stands, and the words behind each field."""

    kind: str
    fields: dict[str, Any]
    spans: list[Any]
    page: int
    confidence: float
    origin: str
    evidence: dict[str, Any]
    path: tuple[str, ...] = ()
    owners: tuple[Owner, ...] = ()
    task: int | None = None
    same_as: int | None = None
    project: str = ""
    places: tuple[str, ...] = ()
    stages: tuple[dict[str, Any], ...] = field(default=())

    @property
    def words(self) -> str:
        """What names the item when versions are compared."""
        return str(self.fields.get("text") or self.fields.get("name") or "")

    def plain(self) -> dict[str, Any]:
        """The fields as they are kept and compared: plain JSON, owners among them."""
        known = {
            name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in self.fields.items()
        }
        return known | ({"owners": [owner.plain() for owner in self.owners]} if self.kind == "task" else {})


def spans_of(one: Item) -> list[Any]:
    """All ranges of an item's words."""
    return list(one.get("spans") or ([one["span"]] if one.get("span") else []))


def task_of(one: Item) -> Told:
    """A task of the compiler's JSON."""
    due = one["due"]
    rule = due["rule"] if due["rule"] in _DUE_RULES else "unknown"
    words = due.get("words") or {}
    title = one.get("title") or one["text"]
    fields = {
        "label": _cut(one["label"], 40), "number": one["num"], "path": list(one["path"]), "title": title_of(title),
        "text": one["text"], "notes": dict(one["notes"]), "lead_words": _cut(one["lead"], 120),
        "starts_on": first_day(one["start"]), "due_on": last_day(due.get("day") or one["deadline"]), "due_rule": rule,
        "due_words": _cut(words.get("words"), 200), "due_dates": list(one["deadlines"]),
        "due_event": _cut(due.get("event"), 200), "due_months": due.get("months"),
        "recurrence": _cut(due.get("every"), 12), "before_issue": bool(due.get("before_issue")),
    }  # fmt: skip
    evidence = {name: value for name, value in (("lead", one.get("lead_evidence")), ("due", words)) if value}
    return Told(
        "task", fields, spans_of(one), one["page"], one["confidence"], _cut(one["origin"], 12), evidence,
        tuple(one["path"]), _owners(one), places=tuple(place["name"] for place in one["places"]),
    )  # fmt: skip


def _owners(one: Item) -> tuple[Owner, ...]:
    """Lead first, those who answer with it, those who support; a unit named twice is one."""
    found: dict[str, Owner] = {}
    for role, parties in (("joint", one["owners"]), ("supporting", one["supporters"])):
        for party in parties:
            name = _cut(party["name"], 120)
            place = "lead" if not found and role == "joint" else role
            inferred = place == "lead" and len(one["owners"]) > 1 and party.get("lead_inferred", True)
            found.setdefault(name, Owner(name, place, inferred, bool(party.get("generic")), tuple(spans_of(party))))
    return tuple(found.values())


def target_of(one: Item) -> Told:
    """A target, achievement, parameter, fact or candidate of the compiler's JSON."""
    unit, norm_unit = _cut(one["unit"], 40), _cut(one["norm_unit"], 40)
    fields = {
        "kind": one["kind"], "object": _cut(one["object"], 200), "indicator": _cut(one["indicator"], 200),
        "text": one["text"], "comparator": one["comparator"], "value": one["value"],
        "value_max": one.get("value_max"), "unit": unit, "norm_value": one["norm_value"],
        "norm_max": one.get("norm_max"), "norm_unit": norm_unit, "by_on": last_day(one["by"]),
        "by_words": _cut(one["by"], 20), "from_on": first_day(one.get("period_from")),
        "recurrence": _cut(one.get("recurrence"), 12), "floor": bool(one.get("maintain")),
        "baseline": one.get("baseline"), "baseline_unit": _cut(one.get("baseline_unit"), 40),
        "reference": _cut(one.get("reference"), 200), "question": _cut(one.get("question"), 300),
        "ascending": one["comparator"] not in ("<=", "<"), "aggregation": aggregation_of(norm_unit, one["indicator"]),
        "binding": "open" if one["value"] is None else "unbound",
    }  # fmt: skip
    evidence = {"object": one.get("object_evidence"), "value": one.get("number_evidence")}
    return Told(
        "target", fields, spans_of(one), one.get("page", 1), one["confidence"], "read",
        {name: value for name, value in evidence.items() if value}, task=one["task"], same_as=one.get("same_as"),
        project=one.get("project", ""),
    )  # fmt: skip


def aggregation_of(unit: str, indicator: str) -> str:
    """Counts of areas add up; rates, levels, durations and what each single one must have (每座) do not."""
    rate = (
        unit in _TIMES
        or any(sign in unit for sign in _RATES)
        or indicator.endswith(("率", "度", "比例", "比重", "占比", "指数"))
    )
    return "last" if rate or not unit or _EACH.search(indicator) else "sum"


def project_of(one: Item) -> Told:
    """A project of the compiler's JSON; its parameters are targets of their own."""
    stages = tuple(stage_of(stage) for stage in one["stages"])
    dates = [day for stage in stages for day in (stage["planned_start"], stage["planned_end"]) if day]
    fields = {
        "name": _cut(one["name"], 200), "category": _cut(one["category"], 80), "box": _cut(one["box"], 200),
        "cells": dict(one["cells"]), "investment": investment_of(one["parameters"]),
        "starts_on": min(dates, default=None), "due_on": max(dates, default=None),
    }  # fmt: skip
    return Told("project", fields, spans_of(one), one["page"], 0.9, "read", {}, stages=stages)


def stage_of(one: Item) -> dict[str, Any]:
    """A stage as fields."""
    start, end = first_day(one["start"]), last_day(one["due"])
    return {
        "name": _cut(one["name"], 200), "planned_start": start if not (start and end and start > end) else None,
        "planned_end": end, "event": _cut(one["event"], 200), "months": one["months"],
    }  # fmt: skip


def investment_of(parameters: Sequence[Item]) -> float | None:
    """The whole planned investment in 万元, where one parameter gives it in yuan."""
    sums = [
        p["norm_value"] for p in parameters if p["norm_unit"] == "元" and p["norm_value"] and "投资" in p["indicator"]
    ]
    return round(max(sums) / 10_000, 2) if sums else None


def lines_of(text: str, pages: Sequence[int]) -> list[list[int]]:
    """The lines of a text that are not blank as [start, end, page]: the paragraphs of the review screen.

    `pages` are the places where pages begin.
    """
    lines, place, page = [], 0, 1
    starts = [*pages, len(text) + 1]
    for line in text.split("\n"):
        end = place + len(line)
        while page < len(starts) - 1 and place >= starts[page]:
            page += 1
        if line.strip():
            lines.append([place, end, page])
        place = end + 1
    return lines


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def title_of(text: str) -> str:
    """A text as a title: short, and without the stop of the sentence that it was."""
    return " ".join(text.split()).rstrip("。；;")[:80]


def _cut(words: str | None, longest: int) -> str:
    return (words or "")[:longest]
