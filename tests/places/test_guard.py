"""Hostile files are stopped before GDAL or openpyxl sees them."""

import zipfile

import pytest

from chengyun.kernel.refusal import Invalid
from chengyun.places.readers.guard import guard

VRT = b"<OGRVRTDataSource><OGRVRTLayer name='p'><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer>"


@pytest.mark.parametrize("name", ["x.gpkg", "x.shp", "x.fgb", "x.geojson", "x.json", "x.zip", "x.xlsx"])
def test_a_virtual_dataset_under_another_name_is_refused(tmp_path, name):
    (tmp_path / name).write_bytes(VRT)
    with pytest.raises(Invalid):
        guard(tmp_path / name)


def archive(path, parts: dict[str, bytes]):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return path


@pytest.mark.parametrize("name", ["bomb.xlsx", "bomb.zip"])
def test_what_unpacks_to_far_more_than_was_sent_is_refused(tmp_path, name):
    with pytest.raises(Invalid, match="unpacks"):
        guard(archive(tmp_path / name, {"a.dbf": b"\0" * 30_000_000}))


def test_an_archive_holds_a_shapefile_and_nothing_else(tmp_path):
    head = b"\x00\x00\x27\x0a" + b"\0" * 96
    guard(archive(tmp_path / "good.zip", {"a.shp": head, "a.dbf": b"x", "a.prj": b"x"}))
    with pytest.raises(Invalid, match="one shapefile"):
        guard(archive(tmp_path / "vrt.zip", {"a.shp": head, "b.vrt": VRT}))
    with pytest.raises(Invalid, match="no shapefile"):
        guard(archive(tmp_path / "fake.zip", {"a.shp": VRT, "a.dbf": b"x"}))
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 and nothing more")
    with pytest.raises(Invalid, match="damaged"):
        guard(tmp_path / "broken.zip")


def test_a_plain_geojson_passes(tmp_path):
    (tmp_path / "a.geojson").write_text('\ufeff {"type": "FeatureCollection", "features": []}', encoding="utf-8")
    guard(tmp_path / "a.geojson")
