"""The base map: one archive of all layers, served whole and in ranges."""

import gzip

import numpy as np
import pytest
import shapely
from django.conf import settings
from django.test import Client
from pmtiles.reader import MmapSource, Reader, all_tiles

from chengyun.places.models import BaseMap
from chengyun.places.tiles import TileLayer, write_archive
from chengyun.places.tiles.archive import read_metadata
from places.sample import square


def objects(*values: object) -> np.ndarray:
    return np.array(values, dtype=object)


def layers() -> list[TileLayer]:
    streets = shapely.linestrings([[(121.2, 31.4), (121.22, 31.42)]])
    return [
        TileLayer("green", 9, 14, objects(square(0, 0)), {"kind": objects("park"), "name": objects("东风公园")}),
        TileLayer("streets", 8, 10, streets, {"name": objects("云岸路")}),
        TileLayer("streets", 11, 14, streets, {"name": objects(None)}),
    ]


def tiles(path):
    with path.open("rb") as handle:
        return {place: gzip.decompress(data) for place, data in all_tiles(MmapSource(handle))}


def test_layers_become_one_archive(tmp_path):
    made = write_archive(layers(), tmp_path, "sy", "somebody")
    about = read_metadata(made.path)
    assert [layer["id"] for layer in about["metadata"]["vector_layers"]] == ["green", "streets"]
    assert (about["header"]["min_zoom"], about["header"]["max_zoom"]) == (8, 14)
    assert about["metadata"]["attribution"] == "somebody"
    with_both = [data for data in tiles(made.path).values() if b"green" in data and b"streets" in data]
    assert with_both, "a tile carries several layers"
    assert any("东风公园".encode() in data for data in with_both)


def test_the_name_is_the_hash_of_the_content(tmp_path):
    one, again = write_archive(layers(), tmp_path / "a", "sy"), write_archive(layers(), tmp_path / "b", "sy")
    other = write_archive(layers()[:1], tmp_path / "a", "sy")
    assert one.name == again.name != other.name
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == sorted([one.name, other.name])


def test_without_anything_there_is_no_map(tmp_path):
    with pytest.raises(ValueError, match="at least one"):
        write_archive([], tmp_path, "sy")


@pytest.fixture
def archive(drawn_town) -> BaseMap:
    return BaseMap._base_manager.get(town=drawn_town)


def test_the_map_of_a_town_has_the_layers_that_the_client_draws(archive):
    assert {"green", "water", "streets", "buildings", "areas", "labels"} <= set(archive.layers)
    assert archive.bounds == pytest.approx([121.2, 31.405, 121.22, 31.418], abs=1e-3)


def test_base_json_says_where_the_tiles_are(archive):
    body = Client().get("/api/v1/places/base.json").json()
    assert body["tiles"] == f"/tiles/{archive.name}"
    assert body["bounds"] == archive.bounds
    assert Client().get("/api/v1/places/base.json?town=nowhere").json()["tiles"] is None


def test_an_archive_is_served_in_ranges(archive):
    path = settings.ENV.tiles_dir / archive.name
    whole = path.read_bytes()
    part = Client().get(f"/tiles/{archive.name}", headers={"Range": "bytes=0-126"})
    assert part.status_code == 206
    assert part.content == whole[:127]
    assert part["Content-Range"] == f"bytes 0-126/{len(whole)}"
    assert "immutable" in part["Cache-Control"]
    again = Client().get(f"/tiles/{archive.name}", headers={"If-None-Match": part["ETag"]})
    assert again.status_code == 304
    beyond = Client().get(f"/tiles/{archive.name}", headers={"Range": "bytes=99999999-"})
    assert beyond.status_code == 416


@pytest.mark.parametrize("name", ["nothing.pmtiles", "..%2Fchengyun.sqlite3", "secret.key"])
def test_nothing_else_is_served_there(archive, name):
    assert Client().get(f"/tiles/{name}").status_code == 404


def test_the_client_reads_a_tile_through_ranges(archive):
    def get(offset: int, length: int) -> bytes:
        asked = {"Range": f"bytes={offset}-{offset + length - 1}"}
        return bytes(Client().get(f"/tiles/{archive.name}", headers=asked).content)

    reader = Reader(get)
    zoom = 14
    n = 2**zoom
    x = int((121.205 + 180) / 360 * n)
    latitude = np.radians(31.405)
    y = int((1 - np.log(np.tan(latitude) + 1 / np.cos(latitude)) / np.pi) / 2 * n)
    tile = reader.get(zoom, x, y)
    assert tile is not None
    assert "云岸路".encode() in gzip.decompress(tile)
