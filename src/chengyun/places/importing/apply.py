"""Applying a staged run: new rows unseen, then shown at once; then changes, settled layers, and what the file lacks.

Every batch is one short transaction that also remembers how far it got, so a killed import goes on where it stood.
New rows appear together. A row that was there already changes as a whole, batch by batch, after that moment.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from django.db.models import Model

from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.places.actions.imports import begin_import, finish_import, show_import
from chengyun.places.importing.areas import existing_area, ordered_rows, write_area
from chengyun.places.importing.batches import Pace, in_batch
from chengyun.places.importing.columns import BULK, Layer
from chengyun.places.importing.context import Context
from chengyun.places.importing.settle import SETTLERS
from chengyun.places.importing.write import insert_rows, update_rows
from chengyun.places.models import Area, ImportRun
from chengyun.places.registry import import_columns
from chengyun.places.staging import LAYERS, OTHERS, Staged, Staging

Progress = Callable[[int, int, str], None]
PHASES = ("insert", "change", "settle", "retire")


def apply_run(run: ImportRun, path: Path, *, actor: Actor, progress: Progress | None = None) -> ImportRun:
    """Apply the staged rows of `run`, or go on with it; returns the run, done.

    `progress` hears rows done, rows in all, and the layer. Raises FileNotFoundError without the staging file.
    """
    with Staging(path) as staging:
        if run.state in {"staged", "applying"}:
            run = begin_import(run, actor=actor)
        work = _Work(run, staging, actor, progress)
        if run.state == "applying":
            work.phase("insert")
            run = work.run = show_import(run, actor=actor)
        for phase in PHASES[1:]:
            work.phase(phase)
    return finish_import(work.run, actor=actor)


@dataclass(frozen=True)
class _Row:
    id: int
    digest: bytes
    retired: bool
    run: int | None


class _Work:
    def __init__(self, run: ImportRun, staging: Staging, actor: Actor, progress: Progress | None) -> None:
        self.run, self.staging, self.actor, self.progress = run, staging, actor, progress
        self.context = Context(run)
        self.pace = Pace()

    def phase(self, phase: str) -> None:
        """Go through the layers of a phase from where the run stands."""
        at = self.run.progress
        if PHASES.index(at.get("phase", "insert")) > PHASES.index(phase):
            return
        same = at.get("phase") == phase
        for layer in LAYERS:
            if same and LAYERS.index(layer) < LAYERS.index(at["layer"]):
                continue
            self._layer(phase, layer, at["seq"] if same and at["layer"] == layer else 0)
        self._remember({"phase": phase, "layer": LAYERS[-1], "seq": 2**62})

    def _layer(self, phase: str, layer: str, after: int) -> None:
        if phase == "retire":
            if self.run.complete and layer in self.staging.counts():
                self._retire(layer)
        elif layer == "areas":
            if phase in {"insert", "change"}:
                self._areas(phase)
        elif layer in BULK and self._is_due(phase, layer):
            self._bulk(phase, layer, after)
        elif layer in SETTLERS and phase == "settle":
            self._settle(layer, after)

    def _is_due(self, phase: str, layer: str) -> bool:
        """All rows are looked at for new ones, and again for changes only where some were there before."""
        return phase == "insert" or (phase == "change" and bool(self.run.counts.get(layer, {}).get("old")))

    def _areas(self, phase: str) -> None:
        """Some hundred rows, each looked up anew: doing it again does nothing."""
        rows = ordered_rows(self.staging, self.context)
        while rows:
            part, rows = rows[: min(self.pace.rows, 50)], rows[min(self.pace.rows, 50) :]
            mark = {"phase": phase, "layer": "areas", "seq": 0}
            in_batch(self.run, mark, partial(self._write_areas, phase, part), self.pace)
            self._tell("areas")
        self.context.forget_areas()

    def _write_areas(self, phase: str, rows: list[Staged]) -> None:
        for row in rows:
            area = existing_area(self.context, row)
            if area is None:
                write_area(self.context, row)
                self.run.done += 1
                self._count("areas", new=1)
            elif phase == "change" and bytes(area.digest) != row.digest:
                write_area(self.context, row, area)
                self._count("areas", changed=1)

    def _bulk(self, phase: str, layer: str, after: int) -> None:
        while rows := self.staging.rows(layer, after, self.pace.rows):
            after = rows[-1].seq
            mark = {"phase": phase, "layer": layer, "seq": after}
            # Reading and converting hold no lock: only what is ready is written inside the transaction.
            write = self._inserting(layer, rows) if phase == "insert" else self._changing(layer, rows)
            in_batch(self.run, mark, write, self.pace)
            self._tell(layer)

    def _inserting(self, layer: str, rows: list[Staged]) -> Callable[[], None]:
        """Prepare the new ones of `rows`; returns what writes them."""
        spec = BULK[layer]
        there = self._there(spec, rows)
        pairs = self._valued(spec, [row for row in rows if row.key not in there])

        def write() -> None:
            fresh = [row for row, _ in pairs]
            fixed = spec.new(self.context, fresh) if spec.new and fresh else [()] * len(fresh)
            whole = [(*value, *(more or ())) for (_, value), more in zip(pairs, fixed, strict=True)]
            insert_rows(spec.model, (*spec.columns, *spec.fixed), whole)
            self._tell_others(layer, spec, fresh)
            self._count(layer, new=len(fresh), old=len(there))
            self.run.done += len(rows)

        return write

    def _changing(self, layer: str, rows: list[Staged]) -> Callable[[], None]:
        """Prepare those of `rows` that were there before and say something else now; returns what writes them."""
        spec = BULK[layer]
        there = self._there(spec, rows)
        old = [row for row in rows if row.key in there and there[row.key].run != self.run.id]
        other = [row for row in old if there[row.key].digest != row.digest or there[row.key].retired]
        pairs = self._valued(spec, other)

        def write() -> None:
            changes = [(there[row.key].id, (*value, None)) for row, value in pairs]
            update_rows(spec.model, (*spec.columns, "retired_at"), changes)
            self._tell_others(layer, spec, other)
            self._count(layer, changed=len(changes), same=len(old) - len(other))

        return write

    def _valued(self, spec: Layer, rows: list[Staged]) -> list[tuple[Staged, tuple[Any, ...]]]:
        """Rows with their values, without those that cannot be placed."""
        values = spec.values(self.context, rows) if rows else []
        return [(row, value) for row, value in zip(rows, values, strict=True) if value is not None]

    def _there(self, spec: Layer, rows: list[Staged]) -> dict[str, _Row]:
        """The rows that are in the table already, by external id."""
        every = spec.model._base_manager.filter(town_id=self.run.town_id, source=self.run.source)
        found = every.filter(external_id__in=[row.key for row in rows])
        listed = found.values_list("external_id", "id", "digest", "retired_at", "run_id")
        return {key: _Row(pk, bytes(digest), retired is not None, run) for key, pk, digest, retired, run in listed}

    def _tell_others(self, layer: str, spec: Layer, rows: list[Staged]) -> None:
        """Hand the values that other rooms keep to them, in the batch's transaction."""
        said = {row.key: row.body[OTHERS] for row in rows if row.body.get(OTHERS)}
        if not said:
            return
        ids = {key: there.id for key, there in self._there(spec, [row for row in rows if row.key in said]).items()}
        for column in import_columns(layer):
            pairs = [(ids[key], others[column.field]) for key, others in said.items() if others.get(column.field)]
            column.keep(self.run.town_id, pairs, self.actor)

    def _settle(self, layer: str, after: int) -> None:
        while rows := self.staging.rows(layer, after, self.pace.rows):
            after = rows[-1].seq
            mark = {"phase": "settle", "layer": layer, "seq": after}
            in_batch(self.run, mark, partial(self._settled, layer, rows), self.pace)
            self._tell(layer)

    def _settled(self, layer: str, rows: list[Staged]) -> None:
        self.run.done += len(rows)
        self._count(layer, new=SETTLERS[layer](self.context, rows))

    def _retire(self, layer: str) -> None:
        """What a complete file does not have is no longer there; rows stay, since others refer to them."""
        model = Area if layer == "areas" else BULK[layer].model if layer in BULK else None
        if model is None:
            return
        every = model._base_manager.filter(town_id=self.run.town_id, source=self.run.source, retired_at=None)
        keys = dict(every.values_list("external_id", "id"))
        gone = [keys[key] for key in self.staging.lacks(layer, list(keys))]
        while gone:
            part, gone = gone[: self.pace.rows], gone[self.pace.rows :]
            mark = {"phase": "retire", "layer": layer, "seq": 0}
            in_batch(self.run, mark, partial(self._retired, layer, model, part), self.pace)

    def _retired(self, layer: str, model: type[Model], keys: list[int]) -> None:
        model._base_manager.filter(pk__in=keys).update(retired_at=now())
        self._count(layer, retired=len(keys))

    def _count(self, layer: str, **more: int) -> None:
        counts = self.run.counts.setdefault(layer, {})
        for name, value in more.items():
            counts[name] = counts.get(name, 0) + value

    def _remember(self, mark: dict[str, Any]) -> None:
        in_batch(self.run, mark, lambda: None, Pace())

    def _tell(self, layer: str) -> None:
        if self.progress:
            self.progress(self.run.done, self.run.rows, layer)
