"""The words of a report: what the snapshot says, put into sentences that a person then edits."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

CODES = ("overview", "progress", "targets", "projects", "supervision", "problems", "advice")
Snapshot = Mapping[str, Any]
_MOST_NAMED = 4


@cache
def texts() -> dict[str, Any]:
    """The words of the reports."""
    text = files("chengyun.plans.evaluation").joinpath("texts.yaml").read_text(encoding="utf-8")
    read: dict[str, Any] = yaml.safe_load(text)
    return read


def draft_blocks(snapshot: Snapshot) -> dict[str, str]:
    """The passages of the report by code, drafted from the snapshot."""
    values, said = _values(snapshot), texts()["blocks"]
    blocks = {code: "".join(_sentences(said[code], values)) for code in CODES if code in said}
    clauses = _sentences(texts()["advice"], values)
    numbered = [f"{ordinal}{clause}" for ordinal, clause in zip(texts()["ordinals"], clauses, strict=False)]
    blocks["advice"] = "；".join(numbered if len(clauses) > 1 else clauses) + "。"
    return {code: blocks[code] for code in CODES}


def _sentences(parts: Sequence[Mapping[str, str]], values: Mapping[str, Any]) -> list[str]:
    """The sentences that apply: nothing is said of what there is none of."""
    return [
        part["say"].format(**values)
        for part in parts
        if ("if" not in part or values[part["if"]]) and ("unless" not in part or not values[part["unless"]])
    ]


def _values(snapshot: Snapshot) -> dict[str, Any]:
    tasks, targets, projects = snapshot["tasks"], snapshot["targets"], snapshot["projects"]
    lights = Counter(t["light"] for t in tasks)
    done = [t for t in tasks if t["state"] != "live"]
    money, seen = snapshot["funds"], snapshot["supervision"]
    return {
        "as_of": day_words(snapshot["as_of"]), "title": snapshot["document"]["title"], "tasks": len(tasks),
        "done": len(done), "done_rate": percent(len(done), len(tasks)), "targets": len(targets),
        "met": sum(t["light"] == "green" for t in targets),
        "behind": sum(t["light"] in ("yellow", "red") for t in targets),
        "unknown": sum(t["light"] == "grey" for t in targets), "projects": len(projects),
        **{light: lights.get(light, 0) for light in ("green", "yellow", "red", "grey")},
        "best": _departments(snapshot, best=True), "worst": _departments(snapshot, best=False),
        "investment": number(sum(p["investment"] or 0 for p in projects)), "paid": number(money["paid"]),
        "paid_rate": percent(money["paid"], money["planned"]),
        "finished": sum(p["stages_done"] == p["stages"] for p in projects if p["stages"]),
        "late": sum(p["light"] == "red" for p in projects),
        "behind_all": lights.get("red", 0) + lights.get("yellow", 0) + lights.get("grey", 0),
        "causes": _causes(tasks), "overdue": _overdue(tasks),
        **seen,
    }  # fmt: skip


def _departments(snapshot: Snapshot, *, best: bool) -> str:
    rows = [d for d in snapshot["departments"] if d["total"] >= 2]
    if best:
        rows = sorted((d for d in rows if d["done"]), key=lambda d: (-d["done"] / d["total"], -d["total"]))
    else:
        rows = sorted((d for d in rows if d["red"]), key=lambda d: -d["red"])
    return listed([d["name"] for d in rows])


def _causes(tasks: Sequence[Mapping[str, Any]]) -> str:
    counted = Counter(t["reason"] for t in tasks if t["light"] == "red")
    words = texts()["reasons"]
    return listed([f"{words.get(reason, reason)}{count}项" for reason, count in counted.most_common()])


def _overdue(tasks: Sequence[Mapping[str, Any]]) -> str:
    return listed([f"“{t['title'][:24].rstrip('。；')}”" for t in tasks if t["reason"] == "overdue"])


def listed(names: Sequence[str]) -> str:
    """Names as a sentence lists them, the first few; nothing where there is none."""
    if not names:
        return ""
    more = texts()["and_more"] if len(names) > _MOST_NAMED else ""
    return "、".join(names[:_MOST_NAMED]) + more


def percent(part: float, whole: float) -> str:
    """A share as a report writes it; a dash where there is no whole."""
    return f"{100 * part / whole:.1f}%" if whole else "—"


def number(value: float | None) -> str:
    """A number without needless zeros."""
    if value is None:
        return "—"
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def day_words(iso: str | None) -> str:
    """A day as a report writes it."""
    if not iso:
        return "—"
    year, month, day = iso.split("-")
    return f"{year}年{int(month)}月{int(day)}日"
