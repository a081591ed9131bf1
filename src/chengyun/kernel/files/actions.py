"""Taking files in, tying them to the subject they belong to, and sweeping what belongs to none."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q

from chengyun.kernel.action import action
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.files.inspect import PICTURES, mime_of
from chengyun.kernel.files.models import File
from chengyun.kernel.files.pictures import clean
from chengyun.kernel.files.queries import loose, sent_by
from chengyun.kernel.files.storage import storage
from chengyun.kernel.jobs.registry import every
from chengyun.kernel.jobs.run import Run
from chengyun.kernel.models.bases import Subject
from chengyun.kernel.refusal import NotFound, TooLarge

LOOSE_KEPT = timedelta(hours=24)


@dataclass(frozen=True)
class _Kept:
    """What is in the storage, and what the row will say of it."""

    sha256: str
    mime: str
    size: int
    width: int | None = None
    height: int | None = None
    longitude: float | None = None
    latitude: float | None = None
    taken_at: datetime | None = None
    thumb: str = ""


def store(upload: "UploadedFile[bytes] | bytes", *, actor: Actor, purpose: str) -> File:
    """Take a file in for `purpose` ("photo", "attachment", "import"); the same one twice is one.

    Its type is read from its content; pictures are written anew. Raises TooLarge, Unsupported or Invalid with a code
    that says why. Until `attach` ties it to a subject, only `actor` sees it, for a day.
    """
    data = read_whole(upload)
    source = hashlib.sha256(data).hexdigest()
    there = sent_by(actor, source, purpose).filter(owner=None).first()
    if there is not None and storage().path(there.sha256):
        return there
    # The slow part stays outside of the transaction: nobody else could write meanwhile.
    return _keep_row(_kept(data, mime_of(data, purpose)), actor, source, purpose)


def attach(files: Sequence[UUID], owner: Subject, *, actor: Actor) -> list[File]:
    """Tie files that `actor` sent to a subject, in the transaction of the act. Raises NotFound for any other.

    A file that belongs to this subject already stays as it is, so that the same act sent twice finds it.
    """
    mine = Q(owner=None, actor_kind=actor.actor_kind, actor_id=actor.actor_id)
    own = Q(owner_kind=owner.subject_kind, owner=owner.uuid)
    rows = {row.uuid: row for row in loose().select_for_update().filter(mine | own, uuid__in=list(files))}
    for uuid in files:
        if uuid not in rows:
            raise NotFound("kernel.no_such_file", "no such file, or not one that you sent", field="files")
    for row in rows.values():
        if row.owner is None:
            row.owner_kind, row.owner = owner.subject_kind, owner.uuid
            row.version += 1
            row.save()
    return [rows[uuid] for uuid in dict.fromkeys(files)]


@every("kernel.sweep_files", hours=1)
def sweep(run: Run, params: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001  the form of every job
    """Drop rows that belong to nothing, rows without bytes, and bytes without a row, each after a day."""
    old = loose().filter(owner=None, created_at__lt=now() - LOOSE_KEPT)
    rows = old.delete()[0]
    files = 0
    for number, digest in enumerate(storage().older_than(LOOSE_KEPT.total_seconds())):
        run.progress(number)
        if not loose().filter(Q(sha256=digest) | Q(thumb=digest)).exists():
            storage().remove(digest)
            files += 1
    return {"rows": rows, "files": files}


@action
def _keep_row(kept: _Kept, actor: Actor, source: str, purpose: str) -> File:
    row = File(source=source, purpose=purpose, actor_kind=actor.actor_kind, actor_id=actor.actor_id, **vars(kept))
    # Twice at the same moment: the first row stays, and both are told of it.
    loose().bulk_create([row], ignore_conflicts=True)
    return sent_by(actor, source, purpose).order_by("-id")[0]


def read_whole(upload: "UploadedFile[bytes] | bytes") -> bytes:
    """The bytes of an upload. Raises TooLarge above the limit of the settings."""
    megabytes = settings.ENV.upload_megabytes
    size = len(upload) if isinstance(upload, bytes) else upload.size or 0
    if size > megabytes * 1_000_000:
        raise TooLarge(
            "kernel.file_too_large",
            f"a file has at most {megabytes} MB",
            field="file",
            params={"megabytes": megabytes},
        )
    return upload if isinstance(upload, bytes) else upload.read()


def _kept(data: bytes, mime: str) -> _Kept:
    if mime not in PICTURES:
        return _Kept(storage().put(data), mime, len(data))
    picture = clean(data, settings.ENV.image_megapixels, settings.TIME_ZONE)
    longitude, latitude = picture.position or (None, None)
    return _Kept(
        sha256=storage().put(picture.data),
        mime=picture.mime,
        size=len(picture.data),
        width=picture.width,
        height=picture.height,
        longitude=longitude,
        latitude=latitude,
        taken_at=picture.taken_at,
        thumb=storage().put(picture.thumb),
    )
