"""Uploading and reading files."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import File as Upload
from ninja import Form, Path, Router, Schema, UploadedFile
from pydantic import Field

from chengyun.kernel.access import found
from chengyun.kernel.api.shapes import actor_of
from chengyun.kernel.files import actions, queries
from chengyun.kernel.files.models import File
from chengyun.kernel.files.ranges import serve

router = Router(tags=["kernel: files"])

Digest = Annotated[str, Path(pattern="^[0-9a-f]{64}$", description="SHA-256 of what was or would be sent")]


class UploadIn(Schema):
    """What goes with a file: photo, attachment or import decides which types are taken."""

    purpose: str = Field("photo", max_length=40)


class FileOut(Schema):
    """A file that was taken in. `position` is [longitude, latitude] as the picture said, `sha256` of what was sent."""

    id: UUID
    sha256: str
    mime: str
    size: int
    width: int | None
    height: int | None
    position: tuple[float, float] | None
    taken_at: datetime | None
    attached: bool


def file_out(row: File) -> FileOut:
    """A row as it is sent."""
    return FileOut(
        id=row.uuid,
        sha256=row.source,
        mime=row.mime,
        size=row.size,
        width=row.width,
        height=row.height,
        position=row.position,
        taken_at=row.taken_at,
        attached=row.owner is not None,
    )


@router.post("", response=FileOut)
def upload(request: HttpRequest, file: Upload[UploadedFile], about: Form[UploadIn]) -> FileOut:
    """Send a file; the same one sent twice is one. It belongs to nothing until an act names it, and is kept a day."""
    return file_out(actions.store(file, actor=actor_of(request), purpose=about.purpose))


@router.get("/by-digest/{digest}", response=FileOut)
def by_digest(request: HttpRequest, digest: Digest, purpose: str = "photo") -> FileOut:
    """Whether you sent this content already: so that a phone need not send it again."""
    return file_out(found(queries.have(actor_of(request), digest, purpose), "file"))


@router.api_operation(["GET", "HEAD"], "/{uuid}")
def content(request: HttpRequest, uuid: UUID, size: str = "full") -> HttpResponseBase:
    """The file itself, or its thumbnail (`size=thumb`); with ranges."""
    return serve(request, queries.served(queries.file(actor_of(request), uuid), size))
