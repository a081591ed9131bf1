"""Who sees which file: whoever sent it, until it belongs to a subject; then whoever may see the subject."""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.db.models import QuerySet

from chengyun.kernel.access import found
from chengyun.kernel.actor import Actor
from chengyun.kernel.files.models import File
from chengyun.kernel.files.ranges import Served
from chengyun.kernel.files.storage import storage
from chengyun.kernel.refusal import NotFound

Sees = Callable[[Actor, UUID], bool]
_owners: dict[str, Sees] = {}


def files_of(kind: str, sees: Sees) -> None:
    """Register who sees the files of subjects of a kind: `sees(actor, uuid)`, from the room's own `within`."""
    _owners[kind] = sees


def loose() -> QuerySet[File]:
    """Every file, for the platform's own work: each use below asks by itself who may see what."""
    return File.objects.as_system("files are seen through the subject they belong to")


def sent_by(actor: Actor, source: str, purpose: str) -> QuerySet[File]:
    """The files that `actor` sent with this content (SHA-256 of what was sent) and purpose."""
    return loose().filter(actor_kind=actor.actor_kind, actor_id=actor.actor_id, source=source, purpose=purpose)


def file(actor: Actor, uuid: UUID) -> File:
    """A file that `actor` may see. Raises NotFound."""
    row = found(loose().filter(uuid=uuid).first(), "file")
    if row.owner is None:
        sees = (row.actor_kind, row.actor_id) == (actor.actor_kind, actor.actor_id)
    else:
        sees = row.owner_kind in _owners and _owners[row.owner_kind](actor, row.owner)
    return found(row if sees else None, "file")


def files_by_owner(kind: str, owners: Iterable[UUID]) -> dict[UUID, list[File]]:
    """The files of many subjects, which the caller has found through `within`; one query."""
    grouped: dict[UUID, list[File]] = {}
    for row in loose().filter(owner_kind=kind, owner__in=list(owners)).order_by("id"):
        if row.owner is not None:
            grouped.setdefault(row.owner, []).append(row)
    return grouped


def have(actor: Actor, source: str, purpose: str) -> File | None:
    """The file that `actor` sent already with this content, one that belongs to nothing yet first."""
    rows = sorted(sent_by(actor, source, purpose), key=lambda row: row.owner is not None)
    return next((row for row in rows if storage().path(row.sha256)), None)


def served(row: File, size: str) -> Served:
    """A file as it is to be served: `size` "thumb" or "full". Raises NotFound if its bytes are gone."""
    thumb = size == "thumb" and bool(row.thumb)
    digest = row.thumb if thumb else row.sha256
    path = storage().path(digest)
    if path is None:
        raise NotFound("kernel.file_gone", "the file is not in the storage any more")
    picture = row.mime.startswith("image/")
    return Served(path, "image/jpeg" if thumb else row.mime, digest, disposition="inline" if picture else "attachment")
