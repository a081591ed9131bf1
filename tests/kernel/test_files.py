"""Files are taken in warily, shown to whoever may see their subject, and swept when they belong to nothing."""

import io
import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from PIL import Image

from chengyun.kernel.clock import frozen, now
from chengyun.kernel.env import Env
from chengyun.kernel.files import attach, file, files_by_owner, files_of, queries, store
from chengyun.kernel.files.actions import sweep
from chengyun.kernel.files.models import File
from chengyun.kernel.files.storage import Disk, storage
from chengyun.kernel.refusal import Invalid, NotFound, Refusal, TooLarge, Unsupported
from kernel.pictures import archive, bomb, letter, pdf, photo, png, sheet, with_macro
from kernel.world import ANNA, BERT, Thing

pytestmark = [pytest.mark.django_db, pytest.mark.db]


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path) -> Iterator[None]:
    with override_settings(ENV=Env(data=tmp_path, image_megapixels=20)):
        yield


class Owner(Thing):
    subject_kind = "thing"


class Quiet:
    def progress(self, *_: object) -> None: ...


def kept(row: File) -> bytes:
    path = storage().path(row.sha256)
    assert path is not None
    return path.read_bytes()


def test_a_photo_is_kept_without_its_metadata_which_was_read_before() -> None:
    row = store(photo(), actor=ANNA, purpose="photo")
    assert (row.mime, row.width, row.height) == ("image/jpeg", 640, 480)
    assert row.position == pytest.approx((121.2, 31.41), abs=1e-6)
    assert row.taken_at == datetime(2026, 11, 20, 6, 5, 6, tzinfo=UTC)  # the camera's clock is Shanghai's
    data = kept(row)
    assert b"Secret Camera" not in data
    assert not Image.open(io.BytesIO(data)).getexif()


def test_a_photo_is_turned_upright() -> None:
    row = store(photo((640, 480), orientation=6), actor=ANNA, purpose="photo")
    assert (row.width, row.height) == (480, 640)
    upright = Image.open(io.BytesIO(kept(row)))
    red, _, blue = upright.getpixel((240, 40))  # type: ignore[misc]
    assert red > blue, "what was on the left is now above"


def test_a_thumbnail_fits_into_its_frame() -> None:
    row = store(photo((2000, 1000)), actor=ANNA, purpose="photo")
    served = queries.served(row, "thumb")
    with Image.open(served.path) as small:
        assert small.size == (320, 160)
    assert served.mime == "image/jpeg"


@pytest.mark.parametrize("form", ["PNG", "WEBP", "GIF"])
def test_other_pictures_are_taken_and_written_anew(form: str) -> None:
    row = store(photo(form=form, place=False), actor=ANNA, purpose="photo")
    assert row.mime in {"image/jpeg", "image/png"}
    assert row.sha256 != row.source


@pytest.mark.parametrize(
    ("purpose", "data", "mime"),
    [
        ("attachment", pdf(), "application/pdf"),
        ("attachment", letter(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("import", sheet([["a", 1]]), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("import", "名称,楼层\n一号楼,6\n".encode("gb18030"), "text/csv"),
        ("import", b'{"type": "FeatureCollection", "features": []}', "application/json"),
        ("import", archive(town__roads=b"x"), "application/zip"),
    ],
)
def test_documents_and_tables_are_known_by_their_content(purpose: str, data: bytes, mime: str) -> None:
    assert store(data, actor=ANNA, purpose=purpose).mime == mime


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HOSTILE: list[tuple[str, Callable[[], bytes], type[Refusal], str]] = [
    ("photo", lambda: SVG, Unsupported, "kernel.file_active"),
    ("photo", lambda: b"<!DOCTYPE html><html><body onload=alert(1)>", Unsupported, "kernel.file_active"),
    ("import", lambda: b"\xef\xbb\xbf  <html><script>", Unsupported, "kernel.file_active"),
    ("photo", lambda: photo() + b"<script>alert(1)</script>", Unsupported, "kernel.file_active"),
    ("photo", lambda: photo() + archive(a=b"x"), Unsupported, "kernel.file_mixed"),
    ("photo", lambda: photo()[:2] + b"\xff\xfe\x00\x10%PDF-1.4 /JS   " + photo()[2:], Unsupported, "kernel.file_mixed"),
    ("attachment", lambda: pdf() + archive(a=b"x") + b"%%EOF", Unsupported, "kernel.file_mixed"),
    (
        "attachment",
        lambda: pdf(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"),
        Unsupported,
        "kernel.file_active",
    ),
    ("attachment", lambda: b"%PDF-1.4 and nothing more", Invalid, "kernel.file_broken"),
    ("attachment", lambda: with_macro(letter()), Unsupported, "kernel.file_macro"),
    ("attachment", lambda: letter()[:-30], Invalid, "kernel.file_broken"),
    ("attachment", lambda: archive(a=b"x"), Unsupported, "kernel.file_type"),
    ("import", bomb, TooLarge, "kernel.file_bomb"),
    ("import", lambda: archive(**{"..__..__etc": b"x"}), Invalid, "kernel.file_broken"),
    ("import", lambda: b'{"type": ', Invalid, "kernel.file_broken"),
    ("photo", lambda: png(60_000, 60_000), TooLarge, "kernel.picture_too_large"),
    ("photo", lambda: png(5_000, 4_001), TooLarge, "kernel.picture_too_large"),
    ("photo", lambda: photo()[:2000], Invalid, "kernel.file_broken"),
    ("photo", lambda: b"\xff\xd8\xff\xe0" + os.urandom(500), Invalid, "kernel.file_broken"),
    ("photo", lambda: b"MZ\x90\x00" + b"\0" * 200, Unsupported, "kernel.file_type"),
    ("photo", lambda: "井盖坏了".encode(), Unsupported, "kernel.file_type"),
    ("photo", lambda: b"", Invalid, "kernel.file_empty"),
    ("photo", lambda: b"\xff" * 20_000_001, TooLarge, "kernel.file_too_large"),
    ("anything", photo, Invalid, "kernel.file_purpose"),
]


@pytest.mark.parametrize(
    ("purpose", "make", "kind", "code"), HOSTILE, ids=[f"{n}-{h[3][7:]}" for n, h in enumerate(HOSTILE)]
)
def test_what_is_hostile_or_broken_is_refused_with_a_code(
    purpose: str, make: Callable[[], bytes], kind: type[Refusal], code: str
) -> None:
    with pytest.raises(kind) as refused:
        store(make(), actor=ANNA, purpose=purpose)
    assert refused.value.code == code
    assert not queries.loose().exists()


def test_a_motion_photo_is_taken_without_its_film() -> None:
    film = b"\0\0\0\x18ftypmp42" + os.urandom(4000)
    row = store(photo() + film, actor=ANNA, purpose="photo")
    assert b"ftypmp42" not in kept(row)


def test_the_same_file_sent_twice_is_one_for_each_person() -> None:
    data = photo()
    first, second = store(data, actor=ANNA, purpose="photo"), store(data, actor=ANNA, purpose="photo")
    other = store(data, actor=BERT, purpose="photo")
    assert first.pk == second.pk
    assert other.pk != first.pk
    assert other.sha256 == first.sha256
    assert queries.have(ANNA, first.source, "photo") == first
    assert queries.have(ANNA, "0" * 64, "photo") is None


def test_until_it_belongs_to_a_subject_only_the_sender_sees_a_file() -> None:
    row = store(photo(), actor=ANNA, purpose="photo")
    assert file(ANNA, row.uuid) == row
    with pytest.raises(NotFound):
        file(BERT, row.uuid)


def test_then_whoever_sees_the_subject_sees_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "_owners", {})
    row, owner = store(photo(), actor=ANNA, purpose="photo"), Owner()
    attach([row.uuid], owner, actor=ANNA)  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        file(ANNA, row.uuid)
    files_of("thing", lambda actor, uuid: actor == BERT and uuid == owner.uuid)
    assert file(BERT, row.uuid).pk == row.pk
    assert [f.pk for f in files_by_owner("thing", [owner.uuid])[owner.uuid]] == [row.pk]


def test_a_file_can_be_tied_by_its_sender_only_and_to_one_subject() -> None:
    row, owner = store(photo(), actor=ANNA, purpose="photo"), Owner()
    for actor, target in ((BERT, owner), (ANNA, owner), (ANNA, Owner())):
        if (actor, target) == (ANNA, owner):
            assert attach([row.uuid], target, actor=actor) == attach([row.uuid], target, actor=actor)  # type: ignore[arg-type]
            continue
        with pytest.raises(NotFound):
            attach([row.uuid], target, actor=actor)  # type: ignore[arg-type]


def age(root: Path, hours: float) -> None:
    moment = time.time() - hours * 3600
    for path in root.rglob("*"):
        if path.is_file():
            os.utime(path, (moment, moment))


def test_what_belongs_to_nothing_is_swept_after_a_day_and_nothing_else(tmp_path: Path) -> None:
    loose, owned = store(photo(), actor=ANNA, purpose="photo"), store(photo((99, 99)), actor=ANNA, purpose="photo")
    attach([owned.uuid], Owner(), actor=ANNA)  # type: ignore[arg-type]
    orphan = storage().put(b"bytes without a row")
    fresh: Any = Quiet()
    assert sweep(fresh, {}) == {"rows": 0, "files": 0}
    age(tmp_path, 25)
    with frozen(now() + timedelta(hours=25)):
        assert sweep(fresh, {}) == {"rows": 1, "files": 3}
    assert storage().path(orphan) is None
    assert storage().path(loose.sha256) is None
    assert storage().path(owned.sha256) is not None
    assert storage().path(owned.thumb) is not None


def test_what_is_put_again_is_young_again(tmp_path: Path) -> None:
    disk = Disk(tmp_path / "files")
    digest = disk.put(b"x")
    age(tmp_path, 25)
    assert list(disk.older_than(86_400)) == [digest]
    disk.put(b"x")
    assert list(disk.older_than(86_400)) == []


def test_a_name_that_is_no_digest_leads_nowhere(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        Disk(tmp_path).path("../../etc/passwd")


def test_a_file_whose_bytes_are_gone_is_not_found(tmp_path: Path) -> None:
    row = store(photo(), actor=ANNA, purpose="photo")
    storage().remove(row.sha256)
    with pytest.raises(NotFound):
        queries.served(row, "full")
    assert storage().path(store(photo(), actor=ANNA, purpose="photo").sha256) is not None
