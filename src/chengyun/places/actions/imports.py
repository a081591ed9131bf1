"""The steps of an import that people see: opened, begun, shown, finished, cancelled."""

from typing import Any

from chengyun.kernel.access import require
from chengyun.kernel.action import action, lock, save
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.ids import take_number
from chengyun.kernel.journal.record import record
from chengyun.places.events import ImportBegun, ImportCancelled, ImportFinished, ImportOpened, ImportShown
from chengyun.places.flow_table import IMPORT
from chengyun.places.memory import changed
from chengyun.places.models import ImportRun, Town


@action
def open_import(town: Town, *, actor: Actor, **about: Any) -> ImportRun:
    """A run for rows that were staged; `about` are its columns (kind, source, file_name, reading, rows, counts, …)."""
    require(actor, "places.import", at=town)
    run = ImportRun(town=town, started_at=now(), number=take_number("import"), **about)
    run.save()
    bad = sum(layer.get("bad", 0) for layer in run.counts.values())
    record(ImportOpened(run.id, run.kind, run.rows, bad), run, actor)
    return run


@action
def begin_import(run: ImportRun, *, actor: Actor, expected: int | None = None) -> ImportRun:
    """Start to apply, or go on after a crash."""
    run = lock(run, expected)
    require(actor, "places.import", at=run)
    step = IMPORT.apply(run, "begin", {})
    run.state = step.state
    save(run)
    record(ImportBegun(run.id), run, actor)
    return run


@action
def show_import(run: ImportRun, *, actor: Actor, expected: int | None = None) -> ImportRun:
    """Switch the rows of a run on, all at once."""
    run = lock(run, expected)
    require(actor, "places.import", at=run)
    step = IMPORT.apply(run, "show", {})
    run.state = step.state
    save(run)
    changed(run.town_id)
    record(ImportShown(run.id, run.number), run, actor)
    return run


@action
def finish_import(run: ImportRun, *, actor: Actor, expected: int | None = None) -> ImportRun:
    """Say that everything of a run is done."""
    run = lock(run, expected)
    require(actor, "places.import", at=run)
    step = IMPORT.apply(run, "finish", {})
    run.state, run.ended_at, run.done = step.state, now(), run.rows
    save(run)
    changed(run.town_id)
    total = {name: sum(layer.get(name, 0) for layer in run.counts.values()) for name in ("new", "changed", "retired")}
    record(ImportFinished(run.id, run.number, **total), run, actor)
    return run


@action
def cancel_import(run: ImportRun, *, actor: Actor, expected: int | None = None) -> ImportRun:
    """Give up a run that is not shown; its rows are removed by the worker's next sweep."""
    run = lock(run, expected)
    require(actor, "places.import", at=run)
    step = IMPORT.apply(run, "cancel", {})
    run.state, run.ended_at = step.state, now()
    save(run)
    record(ImportCancelled(run.id, run.number), run, actor)
    return run
