"""OpenStreetMap extracts (PBF, XML) as shapes of a town."""

from chengyun.places.readers.osm.read import read_osm

__all__ = ["read_osm"]
