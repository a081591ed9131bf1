"""An import from a town's shapes to rows that everyone sees: staged, opened, applied; or gone on with after a crash."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings

from chengyun.kernel.actor import Actor
from chengyun.kernel.ids import new_uuid
from chengyun.places.actions.imports import cancel_import, open_import
from chengyun.places.importing.apply import Progress, apply_run
from chengyun.places.importing.base_map import DRAWN, make_base_map
from chengyun.places.importing.columns import BULK
from chengyun.places.importing.placing import place_again
from chengyun.places.models import Area, FacilityCategory, ImportRun, Scheme, Town
from chengyun.places.queries.visible import shown
from chengyun.places.shapes import LevelShape, SchemeShape, TownData
from chengyun.places.staging import Problem, Staging, stage_town

OSM_WORDS = "© OpenStreetMap contributors"
_REPORTED = 10_000  # problems that are kept of a run
_SWEPT = 500  # rows removed in one transaction


@dataclass(frozen=True)
class Origin:
    """Where the shapes came from, as the run remembers it. Without `draw` the base map is left as it is."""

    kind: str
    source: str
    file_name: str = ""
    sha256: str = ""
    reading: dict[str, Any] = field(default_factory=dict)
    complete: bool = False
    draw: bool = True


@dataclass(frozen=True)
class Report:
    """What an import would do, or did: rows by layer, rows left out and why."""

    rows: dict[str, int]
    bad: dict[str, int]
    problems: list[Problem]
    run: ImportRun | None = None


def folder() -> Path:
    """Where staging files are kept."""
    path = settings.ENV.data / "imports"
    path.mkdir(parents=True, exist_ok=True)
    return path


def hash_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    digest = sha256()
    with path.open("rb") as handle:
        while block := handle.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def with_schemes(data: TownData, town: Town) -> TownData:
    """Give `data` the schemes of the town as they stand, so that its rows are checked against them."""
    schemes = Scheme.objects.as_system("schemes to check rows against").filter(town=town).prefetch_related("levels")
    data.schemes = [
        SchemeShape(
            scheme.code, scheme.name, scheme.english,
            tuple(LevelShape(one.code, one.name, one.english, one.role) for one in scheme.levels.all()),
            scheme.covers,
        )
        for scheme in schemes
    ]  # fmt: skip
    return data


def known_areas(town: Town) -> set[str]:
    """Ids, codes and names by which a file may refer to areas that are there already."""
    rows = shown(Area.objects.as_system("areas that a file may refer to").filter(town=town))
    return {word for row in rows.values_list("external_id", "code", "name") for word in row}


def known_categories() -> set[str]:
    """Codes of the facility categories of the installation."""
    return set(FacilityCategory.objects.values_list("code", flat=True))


def dry_run(data: TownData, stage: Callable[[Staging], None] | None = None) -> Report:
    """Stage into a file that is thrown away, and say what would be imported and what not."""
    path = folder() / f"dry-{new_uuid()}.sqlite3"
    try:
        with Staging(path, create=True) as staging:
            _fill(staging, data, stage, None)
            return Report(staging.counts(), staging.bad_counts(), staging.problems())
    finally:
        path.unlink(missing_ok=True)


def import_town(
    town: Town, data: TownData, origin: Origin, *, actor: Actor, progress: Progress | None = None,
    stage: Callable[[Staging], None] | None = None,
) -> Report:  # fmt: skip
    """Stage the shapes (or let `stage` do it), open a run, apply it. An unfinished run of the source ends first."""
    _give_up_unfinished(town, origin.source, actor)
    path = folder() / f"stage-{new_uuid()}.sqlite3"
    with Staging(path, create=True) as staging:
        _fill(staging, data, stage, progress)
        rows, bad, problems = staging.counts(), staging.bad_counts(), staging.problems(_REPORTED)
        run = open_import(
            town, actor=actor, kind=origin.kind, source=origin.source, file_name=origin.file_name[:200],
            file_sha256=origin.sha256, reading=origin.reading, complete=origin.complete, rows=sum(rows.values()),
            counts={layer: {"bad": count} for layer, count in bad.items()},
        )  # fmt: skip
    path.rename(staging_path(run))
    _keep_problems(run, problems)
    run = finish_run(run, actor=actor, progress=progress, draw=origin.draw)
    return Report(rows, bad, problems, run)


def finish_run(run: ImportRun, *, actor: Actor, progress: Progress | None = None, draw: bool = True) -> ImportRun:
    """Apply a run, or go on with it where a crash left it; its staging file is then no longer needed."""
    path = staging_path(run)
    done = apply_run(run, path, actor=actor, progress=progress)
    path.unlink(missing_ok=True)
    if _touched(done, "areas"):
        place_again(done.town_id, besides=done.id)
    if draw and any(_touched(done, layer) for layer in DRAWN):
        make_base_map(done.town, actor=actor, attribution=_attribution(done.town))
    return done


def _touched(run: ImportRun, layer: str) -> bool:
    counts = run.counts.get(layer, {})
    return any(counts.get(name) for name in ("new", "changed", "retired"))


def _attribution(town: Town) -> str:
    """Who must be named on the map, by the kinds of imports it was made from."""
    rows = ImportRun.objects.as_system("sources that the map must name").filter(town=town, kind="osm")
    return OSM_WORDS if rows.filter(state__in=["shown", "done"]).exists() else ""


def unfinished(town: Town | None = None) -> list[ImportRun]:
    """Runs that were begun and not finished, oldest first."""
    rows = ImportRun.objects.as_system("imports to go on with").filter(state__in=["staged", "applying", "shown"])
    return list((rows.filter(town=town) if town else rows).select_related("town").order_by("number"))


def staging_path(run: ImportRun) -> Path:
    """The staging file of a run."""
    return folder() / f"import-{run.number}.sqlite3"


def discard(run: ImportRun, *, actor: Actor) -> ImportRun:
    """Give up a run that is not shown, and remove its rows in small bites."""
    run = cancel_import(run, actor=actor)
    models = [layer.model for layer in reversed(BULK.values())]
    for model in models:
        while keys := list(model._base_manager.filter(run=run).values_list("pk", flat=True)[:_SWEPT]):
            model._base_manager.filter(pk__in=keys).delete()
    for area in Area._base_manager.filter(run=run).order_by("-level__rank"):
        area.delete()
    staging_path(run).unlink(missing_ok=True)
    return run


def bad_rows(run: ImportRun, limit: int = 500) -> list[Problem]:
    """The rows of a run that were left out; they are kept beside it when its staging file goes."""
    path = folder() / f"import-{run.number}.problems.json"
    return [Problem(**row) for row in json.loads(path.read_text())][:limit] if path.exists() else []


def _keep_problems(run: ImportRun, problems: list[Problem]) -> None:
    if problems:
        path = folder() / f"import-{run.number}.problems.json"
        path.write_text(json.dumps([asdict(problem) for problem in problems], ensure_ascii=False))


def _give_up_unfinished(town: Town, source: str, actor: Actor) -> None:
    for run in unfinished(town):
        if run.source == source and run.state != "shown":
            discard(run, actor=actor)
        elif run.source == source:
            finish_run(run, actor=actor)


def _fill(staging: Staging, data: TownData, stage: Callable[[Staging], None] | None, progress: Progress | None) -> None:
    if stage is not None:
        stage(staging)
    else:
        stage_town(staging, data, (lambda done, words: progress(done, 0, words)) if progress else None)
    staging.flush()
