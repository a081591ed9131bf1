"""Layers to one archive: GDAL tiles each layer by itself, then the tiles are joined.

A vector tile is a list of layers, so tiles whose layers have different names join by concatenation. Parts of one layer
may share a name if their zoom ranges do not touch.
"""

import gzip
import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyogrio.raw
import shapely
from numpy.typing import NDArray
from pmtiles.reader import MmapSource, Reader, all_tiles
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

# pmtiles has no types; these are the parts of it that are used.
_write: Any = Writer
_source: Any = MmapSource
_all: Any = all_tiles
_read: Any = Reader
logging.getLogger("pyogrio").setLevel(logging.WARNING)  # it reports every layer it writes
_PACKED = 6  # gzip level: the last percents cost more time than they save bytes


@dataclass(frozen=True)
class TileLayer:
    """A part of the map: geometries in WGS 84 with attributes (None where unknown), for a range of zooms."""

    name: str
    minzoom: int
    maxzoom: int
    geometries: Any
    fields: dict[str, NDArray[Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Archive:
    """What was written. `name` holds the hash of the content; `layers` says zooms and features of each layer."""

    path: Path
    name: str
    size: int
    layers: dict[str, dict[str, int]]


def write_archive(layers: Sequence[TileLayer], folder: Path, prefix: str, attribution: str = "") -> Archive:
    """Write the layers as `<prefix>-<hash>.pmtiles` into `folder`; it appears there whole or not at all.

    The same layers give the same bytes and so the same name. Raises ValueError without any feature.
    """
    there = [layer for layer in layers if len(layer.geometries)]
    if not there:
        raise ValueError("a base map needs at least one feature")
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder, prefix=".tiles-") as scratch:
        parts = [_tile(layer, Path(scratch) / f"{index}.pmtiles") for index, layer in enumerate(there)]
        joined = Path(scratch) / "joined"
        _join(there, parts, joined, attribution)
        digest = sha256(joined.read_bytes()).hexdigest()[:16]
        target = folder / f"{prefix}-{digest}.pmtiles"
        size = joined.stat().st_size
        joined.replace(target)
    return Archive(target, target.name, size, _described(there))


def _tile(layer: TileLayer, path: Path) -> Path:
    # Without its two limits GDAL thins dense tiles: buildings would be missing.
    pyogrio.raw.write(
        str(path),
        shapely.to_wkb(layer.geometries),
        list(layer.fields.values()),
        list(layer.fields),
        layer=layer.name,
        driver="PMTiles",
        geometry_type="Unknown",
        crs="EPSG:4326",
        NAME=layer.name,
        MINZOOM=layer.minzoom,
        MAXZOOM=layer.maxzoom,
        MAX_SIZE=5_000_000,
        MAX_FEATURES=1_000_000,
    )
    return path


def _join(layers: Sequence[TileLayer], parts: Sequence[Path], target: Path, attribution: str) -> None:
    tiles: dict[int, list[bytes]] = defaultdict(list)
    for part in parts:
        for tile, data in _tiles_of(part):
            tiles[tile].append(data)
    with target.open("wb") as handle:
        writer = _write(handle)
        for tile in sorted(tiles):
            writer.write_tile(tile, gzip.compress(b"".join(tiles[tile]), _PACKED, mtime=0))
        bounds = np.array([shapely.total_bounds(layer.geometries) for layer in layers])
        writer.finalize(_header(bounds), _metadata(layers, attribution))


def _tiles_of(path: Path) -> Iterator[tuple[int, bytes]]:
    with path.open("rb") as handle:
        for (z, x, y), data in _all(_source(handle)):
            yield zxy_to_tileid(z, x, y), gzip.decompress(data)


def _header(bounds: NDArray[np.float64]) -> dict[str, Any]:
    west, south = bounds[:, 0].min(), bounds[:, 1].min()
    east, north = bounds[:, 2].max(), bounds[:, 3].max()
    return {
        "tile_type": TileType.MVT,
        "tile_compression": Compression.GZIP,
        "min_lon_e7": int(west * 1e7),
        "min_lat_e7": int(south * 1e7),
        "max_lon_e7": int(east * 1e7),
        "max_lat_e7": int(north * 1e7),
        "center_zoom": 13,
        "center_lon_e7": int((west + east) / 2 * 1e7),
        "center_lat_e7": int((south + north) / 2 * 1e7),
    }


def _metadata(layers: Sequence[TileLayer], attribution: str) -> dict[str, Any]:
    described = _described(layers)
    fields = {layer.name: dict.fromkeys(layer.fields, "String") for layer in layers}
    return {
        "name": "Chengyun base map",
        "attribution": attribution,
        "vector_layers": [
            {"id": name, "minzoom": about["minzoom"], "maxzoom": about["maxzoom"], "fields": fields[name]}
            for name, about in described.items()
        ],
    }


def _described(layers: Sequence[TileLayer]) -> dict[str, dict[str, int]]:
    out: dict[str, dict[str, int]] = {}
    for layer in layers:
        known = out.setdefault(layer.name, {"minzoom": layer.minzoom, "maxzoom": layer.maxzoom, "features": 0})
        known["minzoom"] = min(known["minzoom"], layer.minzoom)
        known["maxzoom"] = max(known["maxzoom"], layer.maxzoom)
        known["features"] = max(known["features"], len(layer.geometries))
    return out


def read_metadata(path: Path) -> dict[str, Any]:
    """Header and metadata of an archive."""
    with path.open("rb") as handle:
        reader = _read(_source(handle))
        return {"header": reader.header(), "metadata": reader.metadata()}
