"""Excel files of the room: scores with every step, tasks as they are listed."""

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font

from chengyun.kernel.tables import plain_text, table_bytes
from chengyun.plans.rules.wording import words


def scores_workbook(detail: dict[str, Any]) -> bytes:
    """The scores of an assessment, with every point explained."""
    texts = words()["scores"]
    book = Workbook()
    totals = book.active
    totals.title = texts["sheet_totals"]
    totals.append(texts["totals"])
    steps = book.create_sheet(texts["sheet_steps"])
    steps.append(texts["steps"])
    for score in detail["scores"]:
        whose = _whose(score)
        totals.append(
            [texts["groups"][score["kind"]], score["rank"], whose, _number(score["total"]), _number(score["assessed"])]
        )
        for row in _steps(score["explained"], texts["kinds"]):
            steps.append([whose, *row])
    for sheet, widths in ((totals, (18, 8, 30, 12, 12)), (steps, (30, 24, 18, 44, 40, 12))):
        for letter, width in zip("ABCDEF", widths, strict=False):
            sheet.column_dimensions[letter].width = width
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        sheet.freeze_panes = "A2"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _whose(score: dict[str, Any]) -> str:
    named = score["department"] or score["post"] or {}
    return plain_text(str(named.get("name") or named.get("title") or ""))


def _steps(explained: dict[str, Any], kinds: dict[str, str]) -> list[list[Any]]:
    parts = [*explained.get("items", ()), *explained.get("bonuses", ())]
    rows = [(part["name"], step) for part in parts for step in part["steps"]]
    rows += [("", step) for step in explained.get("steps", ())]
    return [
        [plain_text(name), kinds.get(step["kind"], step["kind"]), plain_text(step["text"]),
         "；".join(f"{k} {v:g}" for k, v in step["facts"].items()), step["points"]]
        for name, step in rows
    ]  # fmt: skip


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def tasks_workbook(rows: Sequence[dict[str, Any]]) -> bytes:
    """Tasks as they are listed, with who leads and who supports them."""
    texts = words()["tasks"]
    lines = [_task(row, texts) for row in rows]
    return table_bytes(".xlsx", texts["head"], lines, texts["sheet"])


def _task(row: dict[str, Any], texts: dict[str, Any]) -> list[Any]:
    parties = [p for p in row["parties"] if p["role"] != "lead"]
    supporting = "、".join(str((p["department"] or {}).get("name") or p["words"]) for p in parties)
    return [
        texts["lights"][row["light"]], row["title"], texts["states"].get(row["state"], row["state"]),
        (row["department"] or {}).get("name", ""), supporting, row["due_on"].isoformat() if row["due_on"] else "",
        row["done"], (row["document"] or {}).get("title", ""), row["text"],
    ]  # fmt: skip
