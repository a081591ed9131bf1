"""Registers: their columns, their records, and what a file brings."""

from typing import Any
from uuid import UUID

from ninja import File, Status
from ninja.files import UploadedFile

from chengyun.indicators.api.router import router
from chengyun.indicators.api.schemas import registers as out
from chengyun.indicators.registers import actions, importing, queries
from chengyun.kernel.access import require
from chengyun.kernel.http import ActorRequest
from chengyun.kernel.paging import page
from chengyun.places.importing.uploads import keep_upload
from chengyun.places.queries import town_for


@router.get("/registers", response=list[out.RegisterOut], summary="Registers, and which indicators need each")
def registers(request: ActorRequest, town: str | None = None) -> Any:
    return queries.registers(request.actor, town_for(request.actor, town))


@router.post("/registers", response={201: out.RegisterDetail}, summary="A new register")
def create_register(request: ActorRequest, given: out.RegisterIn, town: str | None = None) -> Any:
    here = town_for(request.actor, town)
    actions.save_register(here.pk, actor=request.actor, given=given.shape(given.code))
    return Status(201, queries.register_detail(request.actor, here, given.code))


@router.get("/registers/{code}", response=out.RegisterDetail, summary="One register")
def one_register(request: ActorRequest, code: str, town: str | None = None) -> Any:
    return queries.register_detail(request.actor, town_for(request.actor, town), code)


@router.put("/registers/{code}", response=out.RegisterDetail, summary="Other columns or words of a register")
def change_register(request: ActorRequest, code: str, given: out.RegisterChange, town: str | None = None) -> Any:
    here = town_for(request.actor, town)
    row = queries.register_of(request.actor, here, code)
    shape = given.shape(code)
    actions.save_register(here.pk, actor=request.actor, given=shape, row=row, expected=given.expected)
    return queries.register_detail(request.actor, here, code)


@router.post("/registers/{code}/retire", response={204: None}, summary="Take a register out of use")
def retire_register(request: ActorRequest, code: str, expected: int, town: str | None = None) -> Any:
    row = queries.register_of(request.actor, town_for(request.actor, town), code)
    actions.retire_register(row, actor=request.actor, expected=expected)
    return Status(204, None)


@router.get("/registers/{code}/entries", response=out.RegisterEntryPage, summary="Records of a register")
def entries(
    request: ActorRequest, code: str, town: str | None = None, q: str = "", cursor: str | None = None, limit: int = 50
) -> Any:
    row = queries.register_of(request.actor, town_for(request.actor, town), code)
    found = page(queries.entries(request.actor, row, q), ("-happened_on", "-id"), cursor, limit)
    return {**vars(found), "items": queries.entry_rows(request.actor, found.items)}


@router.post("/registers/{code}/entries", response={201: out.RegisterEntryOut}, summary="A record by hand")
def enter(request: ActorRequest, code: str, given: out.RegisterEntryIn, town: str | None = None) -> Any:
    row = queries.register_of(request.actor, town_for(request.actor, town), code)
    made = actions.add_entry(row, actor=request.actor, cells=given.values)
    return Status(201, queries.entry_rows(request.actor, [made])[0])


@router.patch("/registers/entries/{uuid:id}", response=out.RegisterEntryOut, summary="Other values of a record")
def change_entry(request: ActorRequest, id: UUID, given: out.RegisterEntryChange) -> Any:  # noqa: A002
    row = queries.entry_of(request.actor, id)
    row = actions.change_entry(row, actor=request.actor, expected=given.expected, cells=given.values)
    return queries.entry_rows(request.actor, [row])[0]


@router.post("/registers/entries/{uuid:id}/remove", response={204: None}, summary="Strike a record out")
def remove_entry(request: ActorRequest, id: UUID, expected: int) -> Any:  # noqa: A002
    actions.remove_entry(queries.entry_of(request.actor, id), actor=request.actor, expected=expected)
    return Status(204, None)


@router.post("/registers/{code}/uploads", response={201: out.RegisterUpload}, summary="Send a file for a register")
def send_file(request: ActorRequest, code: str, file: File[UploadedFile], town: str | None = None) -> Any:
    row = queries.register_of(request.actor, town_for(request.actor, town), code)
    require(request.actor, actions.WRITE, at=row)
    return Status(201, {"upload": keep_upload(file.name or "", file.chunks(), actor=request.actor).id})


@router.post("/registers/{code}/preview", response=out.RegisterReading, summary="How a sent file would be read")
def preview(request: ActorRequest, code: str, given: out.RegisterFile, town: str | None = None) -> Any:
    row = queries.register_of(request.actor, town_for(request.actor, town), code)
    return importing.preview(row, given.upload, given.mapping, actor=request.actor)


@router.post("/registers/{code}/import", response=out.RegisterTaken, summary="Take the records of a sent file in")
def take_file(request: ActorRequest, code: str, given: out.RegisterFile, town: str | None = None) -> Any:
    row = queries.register_of(request.actor, town_for(request.actor, town), code)
    return importing.take_file(row, given.upload, given.mapping, actor=request.actor)
