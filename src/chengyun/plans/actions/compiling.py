"""The job that reads a document's file with the compiler: bounded in size and time, garbage refused with a code."""

import time
from importlib.metadata import version
from typing import Any
from uuid import UUID

from chengyun.kernel.access import found
from chengyun.kernel.files.queries import loose
from chengyun.kernel.files.storage import storage
from chengyun.kernel.jobs import Run, job
from chengyun.kernel.refusal import Invalid
from chengyun.plans import around
from chengyun.plans.actions.documents import READ
from chengyun.plans.actions.taking_in import Harvest, fail_reading, stage_rows, take_reading
from chengyun.plans.compiler import Document as Compiled
from chengyun.plans.compiler import ReadError, read, to_json
from chengyun.plans.models import Reading
from chengyun.plans.rules.items import lines_of, project_of, target_of, task_of

SECONDS = 60.0
_PLACES = 300
"""So many different names of places are looked up in one document."""


@job(READ, attempts=2)
def read_document(run: Run, params: dict[str, Any]) -> dict[str, Any]:
    """Read one version of a document, and let its items be reviewed. The result holds how many of each there are."""
    rows = Reading.objects.select_related("document")
    reading = found(rows.filter(uuid=UUID(params["reading"])).first(), "reading")
    if reading.state != Reading.State.QUEUED:
        return dict(reading.counts)
    run.progress(0, 3, "reading the file")
    started = time.monotonic()
    try:
        compiled = read(_content(reading), units=_names(reading), seconds=SECONDS)
    except ReadError as error:
        fail_reading(reading, error.code, error.detail, actor=run.actor)
        raise Invalid("plans.unreadable", error.detail, field="file", params={"why": error.code}) from error
    run.progress(1, 3, "comparing")
    _keep(reading, compiled, time.monotonic() - started)
    harvest = harvest_of(reading)
    staged = stage_rows(reading.document, reading, harvest)
    run.progress(2, 3, "taking over")
    take_reading(reading, harvest, staged, actor=run.actor)
    run.progress(3, 3)
    return dict(reading.counts)


def _content(reading: Reading) -> bytes:
    """The bytes of a reading's file. Raises ReadError if they are gone."""
    row = loose().filter(uuid=reading.file).first()
    path = storage().path(row.sha256) if row else None
    if path is None:
        raise ReadError("gone", "the file is not in the storage any more")
    return path.read_bytes()


def _names(reading: Reading) -> list[str]:
    return list(around.departments(reading.document.town_id).values_list("name", flat=True))


def _keep(reading: Reading, compiled: Compiled, seconds: float) -> None:
    """What the compiler gave, on the row of the reading; not saved before the reading is taken."""
    reading.result, reading.text = to_json(compiled), compiled.text
    reading.lines = lines_of(compiled.text, compiled.source.pages)
    reading.compiler, reading.seconds = version("chengyun"), round(seconds, 2)
    kinds = [target["kind"] for target in reading.result["targets"]]
    reading.counts = {
        "pages": reading.result["pages"], "characters": reading.result["characters"],
        "tasks": len(reading.result["tasks"]), "projects": len(reading.result["projects"]),
        "questions": len(reading.result["not_understood"]), "targets": kinds.count("target"),
        "achievements": kinds.count("achievement"),
    }  # fmt: skip


def harvest_of(reading: Reading) -> Harvest:
    """The items of a reading with everything that is looked up for them in the town."""
    result, town = reading.result, reading.document.town_id
    tasks, projects = [task_of(one) for one in result["tasks"]], [project_of(one) for one in result["projects"]]
    titles = _titles(result)
    names = [name for told in tasks for name in told.places] + [told.fields["name"] for told in projects]
    points = {name: around.place_named(town, name) for name in list(dict.fromkeys(names))[:_PLACES]}
    leads = {told.fields["lead_words"] for told in tasks} - {""}
    units = around.register_of(town)
    return Harvest(
        result=result, tasks=tasks, targets=[target_of(one) for one in result["targets"]], projects=projects,
        units=units, areas=around.areas_of_departments(unit.id for unit in units.units),
        posts={words: around.post_by_titles(town, [words, *titles.get(words, ())]) for words in leads},
        points={name: point for name, point in points.items() if point is not None},
    )  # fmt: skip


def _titles(result: dict[str, Any]) -> dict[str, list[str]]:
    """The posts that a document's lists of names give to people: duty is bound to the post."""
    titles: dict[str, list[str]] = {}
    for post in result["posts"]:
        if post["name"]:
            titles.setdefault(post["name"], []).extend(post["posts"])
    return titles
