"""What the import screen shows before anything is imported, and the job that then does it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from chengyun.kernel.access import Where, require
from chengyun.kernel.actor import Actor
from chengyun.kernel.jobs import enqueue
from chengyun.kernel.jobs.models import Job
from chengyun.kernel.refusal import Invalid
from chengyun.places.importing.files import FILE_LAYERS, Wish, check_file, open_file
from chengyun.places.importing.uploads import upload_of
from chengyun.places.models import Town
from chengyun.places.queries.towns import town_for
from chengyun.places.right import code_of, params_of

SHOWN = 100  # bad rows


def wish_of(given: Mapping[str, Any], name: str) -> Wish:
    """What a person said about a sent file."""
    return Wish(
        given["layer"], given["source"] or Path(name).stem[:60], tuple(given["maps"]), None, given["system"],
        given["encoding"], given["sheet"], given["complete"],
    )  # fmt: skip


def preview(town: Town, given: Mapping[str, Any], *, actor: Actor) -> dict[str, Any]:
    """How a sent file would be read, and which rows would be left out. Nothing is changed."""
    upload = upload_of(given["upload"], actor=actor)
    opened = open_file(town, upload.path, wish_of(given, upload.name))
    report = check_file(town, opened)
    reading = opened.reading
    return {
        "headings": opened.table.headings,
        "columns": reading.columns,
        "sure": reading.sure,
        "fixed": reading.fixed,
        "system": reading.system,
        "notes": [{"expected": words, "code": code_of(words), "params": params_of(words)} for words in reading.notes],
        "extra": reading.extra,
        "fields": list(opened.around.specs),
        "rows": report.rows,
        "bad": report.bad,
        "problems": report.problems[:SHOWN],
    }


def start_import(given: Mapping[str, Any], *, actor: Actor) -> Job:
    """Queue the import of a sent file. An extract ("osm") may found a town: that is asked for everywhere."""
    upload = upload_of(given["upload"], actor=actor)
    if given["layer"] == "osm":
        require(actor, "places.import", at=Where())
        if not given["town"]:
            raise Invalid("places.which_town", "town: the code of the town that the extract is", field="town")
        code, place = given["town"], None
    else:
        town = town_for(actor, given["town"])
        require(actor, "places.import", at=town)
        if given["layer"] not in FILE_LAYERS:
            raise Invalid("places.layer", f"layer: osm or one of {', '.join(FILE_LAYERS)}", field="layer")
        code, place = town.code, town.id
    params = {
        name: given[name] for name in ("layer", "name", "source", "maps", "system", "encoding", "sheet", "complete")
    }
    return enqueue(
        "places.import", params | {"upload": str(upload.id), "town": code}, actor, key=str(upload.id), town=place
    )
