"""Files that came through the browser to be imported: kept for a day, previewed, then imported by the worker."""

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from chengyun.kernel.actor import Actor
from chengyun.kernel.ids import new_uuid
from chengyun.kernel.refusal import NotFound, Unsupported
from chengyun.places.importing.runs import folder

SUFFIXES = (".csv", ".txt", ".tsv", ".xlsx", ".geojson", ".json", ".gpkg", ".zip", ".fgb", ".pbf", ".osm")
_KEPT = 24 * 3600  # seconds


@dataclass(frozen=True)
class Upload:
    """A file as it was sent: where it lies, and what it was called."""

    id: UUID
    path: Path
    name: str


def keep_upload(name: str, chunks: Iterable[bytes], *, actor: Actor) -> Upload:
    """Store a file of a kind that can be imported. Raises Unsupported for others."""
    suffix = next((end for end in SUFFIXES if name.lower().endswith(end)), None)
    if suffix is None:
        raise Unsupported("places.file_kind", f"file: its name ends in one of {', '.join(SUFFIXES)}", field="file")
    key = new_uuid()
    path = _folder() / f"{key}{suffix}"
    with path.open("wb") as handle:
        for chunk in chunks:
            handle.write(chunk)
    about = {"name": Path(name).name[:200], "suffix": suffix, "actor": [actor.actor_kind, actor.actor_id]}
    (_folder() / f"{key}.about").write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
    return Upload(key, path, Path(name).name[:200])


def upload_of(key: UUID, *, actor: Actor) -> Upload:
    """A file that this actor sent before. Raises NotFound."""
    about: dict[str, Any] = {}
    record = _folder() / f"{key}.about"
    if record.exists():
        about = json.loads(record.read_text(encoding="utf-8"))
    if about.get("actor") != [actor.actor_kind, actor.actor_id]:
        raise NotFound("places.no_upload", "upload: no such file, or it was sent more than a day ago", field="upload")
    return Upload(key, _folder() / f"{key}{about['suffix']}", about["name"])


def sweep_uploads() -> int:
    """Remove what was sent more than a day ago. Returns how many files."""
    old = [path for path in _folder().iterdir() if time.time() - path.stat().st_mtime > _KEPT]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _folder() -> Path:
    path = folder() / "uploads"
    path.mkdir(exist_ok=True)
    return path
