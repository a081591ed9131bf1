"""When the calendar changes: rooms reckon their due times again, keeping the old ones."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from chengyun.kernel.actor import System
from chengyun.kernel.delivery.once import exactly_once
from chengyun.kernel.events import EntryView, listen
from chengyun.kernel.jobs.queue import enqueue
from chengyun.kernel.jobs.registry import job
from chengyun.kernel.jobs.run import Run


@dataclass(frozen=True)
class Change:
    """What changed: the days of a year, or the hours under a code; of one town, or (None) of all."""

    year: int | None
    code: str | None
    town: int | None


Recompute = Callable[[Run, Change], int]
_hooks: dict[str, Recompute] = {}


def on_calendar_change(name: str, hook: Recompute) -> None:
    """Register `hook(run, change)`: reckon the open due times that the change may touch, and say how many moved.

    It is called inside a job: let it work in batches, call `run.progress`, and be ready to be called again.
    """
    _hooks[name] = hook


@listen("kernel.calendar_published", "kernel.hours_published", name="kernel.recompute", reads=("town",))
@exactly_once("kernel.recompute")
def ask_for_recompute(entry: EntryView) -> None:
    """Queue the job in the same transaction as the mark that it was heard."""
    params = {"year": entry.facts.get("year"), "code": entry.facts.get("code"), "town": entry.facts["town"]}
    enqueue("kernel.recompute", params, System("calendar"), town=params["town"])


@job("kernel.recompute")
def recompute(run: Run, params: dict[str, Any]) -> dict[str, Any]:
    """Call every room's hook, one after the other; a room that is done is not asked again."""
    change = Change(params["year"], params["code"], params["town"])
    done: dict[str, int] = run.checkpoint.get("done", {})
    for name in sorted(_hooks):
        if name not in done:
            done[name] = _hooks[name](run, change)
            run.keep(done=done)
    return done
