"""Imports: what was brought in, how far a run is, which rows were left out."""

from typing import Any
from uuid import UUID

from ninja import File, Router, Status
from ninja.files import UploadedFile

from chengyun.kernel.access import require
from chengyun.kernel.http import ActorRequest
from chengyun.kernel.paging import page
from chengyun.places import queries
from chengyun.places.api import schemas
from chengyun.places.importing.previews import preview, start_import
from chengyun.places.importing.runs import bad_rows, discard
from chengyun.places.importing.uploads import keep_upload

router = Router()


@router.get("/imports", response=schemas.RunPage, summary="Imports, newest first")
def imports(request: ActorRequest, cursor: str | None = None, limit: int = 50) -> Any:
    found = page(queries.imports(request.actor), ("-number",), cursor, limit)
    return {**vars(found), "items": [queries.import_row(row) for row in found.items]}


@router.get("/imports/{uuid:key}", response=schemas.RunOut, summary="One import")
def one_import(request: ActorRequest, key: UUID) -> Any:
    return queries.import_row(queries.import_of(request.actor, key))


@router.get("/imports/{uuid:key}/bad", response=list[schemas.BadRow], summary="Rows that were left out, and why")
def bad(request: ActorRequest, key: UUID) -> Any:
    return bad_rows(queries.import_of(request.actor, key))


@router.post("/imports/{uuid:key}/cancel", response=schemas.RunOut, summary="Give up an import that is not shown yet")
def cancel(request: ActorRequest, key: UUID) -> Any:
    return queries.import_row(discard(queries.import_of(request.actor, key), actor=request.actor))


@router.post("/uploads", response={201: schemas.UploadOut}, summary="Send a file that is to be imported")
def upload(request: ActorRequest, file: File[UploadedFile]) -> Any:
    require(request.actor, "places.import")
    return Status(201, keep_upload(file.name or "", file.chunks(), actor=request.actor))


@router.post("/imports/preview", response=schemas.ReadingOut, summary="How a sent file would be read; changes nothing")
def preview_import(request: ActorRequest, given: schemas.ImportIn) -> Any:
    town = queries.town_for(request.actor, given.town)
    require(request.actor, "places.import", at=town)
    return preview(town, given.dict(), actor=request.actor)


@router.post("/imports", response={202: schemas.StartedOut}, summary="Import a sent file; the worker does it")
def begin_import(request: ActorRequest, given: schemas.ImportIn) -> Any:
    return Status(202, {"job": start_import(given.dict(), actor=request.actor).uuid})
