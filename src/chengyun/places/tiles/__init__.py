"""The base map as one PMTiles archive, written by GDAL through pyogrio. Free of Django."""

from chengyun.places.tiles.archive import Archive, TileLayer, write_archive

__all__ = ["Archive", "TileLayer", "write_archive"]
