"""What the worker does for places: imports from the browser, base maps, placing things anew, sweeping."""

from pathlib import Path
from typing import Any
from uuid import UUID

from chengyun.kernel.actor import System
from chengyun.kernel.jobs import Run, daily, job
from chengyun.places.importing.base_map import make_base_map
from chengyun.places.importing.files import Wish, import_file, open_file
from chengyun.places.importing.osm import import_osm, open_osm
from chengyun.places.importing.placing import place_again
from chengyun.places.importing.runs import Report, finish_run, unfinished
from chengyun.places.importing.uploads import sweep_uploads, upload_of
from chengyun.places.models import Town
from chengyun.places.queries.towns import town_of

IMPORT, PLACE_AGAIN, BASE_MAP = "places.import", "places.place_again", "places.base_map"


@job(IMPORT)
def import_upload(run: Run, params: dict[str, Any]) -> dict[str, Any]:
    """Import a file that came through the browser; taken up again, it goes on with the run that it began."""
    upload = upload_of(UUID(params["upload"]), actor=run.actor)
    if params["layer"] == "osm":
        data = open_osm(upload.path, params["town"], params.get("name", ""), progress=run.progress)
        return _result(import_osm(data, upload.path, actor=run.actor, progress=run.progress, file_name=upload.name))
    town = town_of(params["town"])
    for begun in unfinished(town):
        if begun.source == (params.get("source") or Path(upload.name).stem[:60]):
            done = finish_run(begun, actor=run.actor, progress=run.progress)
            return {"number": done.number, "counts": done.counts}
    wish = Wish(
        params["layer"], params.get("source") or Path(upload.name).stem[:60], tuple(params.get("maps", ())), None,
        params.get("system", ""), params.get("encoding", ""), params.get("sheet", ""), params.get("complete", False),
    )  # fmt: skip
    return _result(import_file(town, open_file(town, upload.path, wish), actor=run.actor, progress=run.progress))


def _result(report: Report) -> dict[str, Any]:
    number = report.run.number if report.run else None
    return {"number": number, "rows": report.rows, "bad": report.bad}


@job(PLACE_AGAIN)
def place_things(run: Run, params: dict[str, Any]) -> dict[str, Any]:
    """Put a town's facilities and buildings into its areas as they are drawn now."""
    return {"moved": place_again(params["town"], progress=run.progress)}


@job(BASE_MAP)
def tile_town(run: Run, params: dict[str, Any]) -> dict[str, Any]:
    """Make a town's base map anew."""
    town = Town.objects.as_system("the town of a job").get(pk=params["town"])
    run.progress(0, 1, town.name)
    made = make_base_map(town, actor=System("worker"))
    return {"archive": made.name if made else None}


@daily("places.sweep", "03:40")
def sweep(_run: Run, _params: dict[str, Any]) -> dict[str, Any]:
    """Remove files that were sent to be imported more than a day ago."""
    return {"removed": sweep_uploads()}
