"""A town's street networks: made from its streets and the walls of its compounds, kept as files, held in memory.

A file bears the digest of what it was made from; when streets, walls or gates change, the next one who asks makes new
files, and those of before go. A note says at which revision of the town that was found, so that a process that starts
maps the files without reading the streets.
"""

import hashlib
import json
import os
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from django.conf import settings

from chengyun.places.coordinates import Metric
from chengyun.places.memory import keep
from chengyun.places.models import Area, Compound, Revision, Street, Town
from chengyun.places.queries.visible import shown
from chengyun.places.reach.build import MODES, StreetRows, TownNetwork, build_town
from chengyun.places.reach.walls import Walls

VERSION = b"1"  # of the way networks are made
NOTE = "now.json"
"""Which files are those of the town, and at which revision of it that was found."""
_COLUMNS = ("id", "geometry", "start", "end", "kind", "foot", "car", "oneway", "speed", "bridge", "tunnel", "layer")


@dataclass(frozen=True)
class TownNetworks:
    """The networks of a town by mode (`walk` in metres, `walk_time` and `drive` in seconds), in one plane."""

    plane: Metric
    modes: dict[str, TownNetwork]


def networks_of(town: Town) -> TownNetworks | None:
    """The networks of a town as it is now; None if it has no streets. Safe among threads."""
    return _networks.of(town.pk)


def _load(town: int) -> TownNetworks | None:
    token = str(Revision.objects.filter(town_id=town).values_list("token", flat=True).first())
    folder = settings.ENV.data / "reach" / str(town)
    return _noted(folder, token) or _made(town, folder, token)


def _noted(folder: Path, token: str) -> TownNetworks | None:
    """The networks that a process before found true at this revision of the town: no street need be read."""
    try:
        note = json.loads((folder / NOTE).read_text())
        if note["made"] != [VERSION.decode(), token]:
            return None
        return _mapped(Metric(*note["plane"]), _paths(folder, note["key"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _made(town: int, folder: Path, token: str) -> TownNetworks | None:
    streets = list(shown(Street.objects.filter(town_id=town)).order_by("id").values_list(*_COLUMNS))
    if not streets:
        return None
    compounds = _compounds(town)
    key = _digest(streets, compounds)
    folder.mkdir(parents=True, exist_ok=True)
    plane, paths = Metric.around(np.array([row[1] for row in streets], dtype=object)), _paths(folder, key)
    if not all(path.exists() for path in paths.values()):
        _make(paths, plane, streets, compounds)
        _sweep(folder, paths.values())
    _write_note(folder, {"made": [VERSION.decode(), token], "key": key, "plane": [plane.lng, plane.lat]})
    return _mapped(plane, paths)


def _paths(folder: Path, key: str) -> dict[str, Path]:
    return {mode: folder / f"{mode}-{key}.reach" for mode in MODES}


def _mapped(plane: Metric, paths: dict[str, Path]) -> TownNetworks:
    return TownNetworks(plane, {mode: TownNetwork.load(path) for mode, path in paths.items()})


def _write_note(folder: Path, note: dict[str, Any]) -> None:
    part = folder / f"{NOTE}.{os.getpid()}.{threading.get_ident()}.part"
    part.write_text(json.dumps(note))
    part.replace(folder / NOTE)


def _compounds(town: int) -> list[tuple[int, Any, Any]]:
    """Id, outline and gates of the walled compounds; villages have no walls."""
    gates = dict(Compound.objects.exclude(kind="village").exclude(gates=None).values_list("area_id", "gates"))
    areas = shown(Area.objects.as_system("walls that streets pass").filter(town_id=town, id__in=gates)).order_by("id")
    return [(row.id, row.geometry, gates[row.id]) for row in areas if row.geometry is not None]


def _digest(streets: list[tuple[Any, ...]], compounds: list[tuple[int, Any, Any]]) -> str:
    found = hashlib.sha256(VERSION)
    found.update(b"".join(shapely.to_wkb([row[1] for row in streets]).tolist()))
    found.update(repr([(row[0], *row[2:]) for row in streets]).encode())
    for number, outline, gates in compounds:
        found.update(str(number).encode() + shapely.to_wkb(outline) + shapely.to_wkb(gates))
    return found.hexdigest()[:16]


def _make(
    paths: dict[str, Path], plane: Metric, streets: list[tuple[Any, ...]], compounds: list[tuple[int, Any, Any]]
) -> None:
    """Build and store the networks of all modes."""
    column = {name: [row[n] for row in streets] for n, name in enumerate(_COLUMNS)}
    rows = StreetRows(
        np.array(column["id"], dtype=np.int64), plane.flat(_objects(column["geometry"])),
        np.array(column["start"], dtype=np.int64), np.array(column["end"], dtype=np.int64), np.array(column["kind"]),
        np.array(column["foot"], dtype=bool), np.array(column["car"], dtype=bool),
        np.array(column["oneway"], dtype=np.int32), np.array(column["speed"], dtype=np.float64),
        np.array(column["bridge"]) | np.array(column["tunnel"]) | (np.array(column["layer"]) != 0),
    )  # fmt: skip
    walls = Walls(
        plane.flat(_objects(row[1] for row in compounds)), plane.flat(_objects(row[2] for row in compounds)),
        np.array([row[0] for row in compounds], dtype=np.int64),
    )  # fmt: skip
    for mode, path in paths.items():
        build_town(rows, walls, mode).save(path)


def _objects(items: Iterable[Any]) -> Any:
    listed = list(items)
    found = np.empty(len(listed), dtype=object)
    found[:] = listed
    return found


def _sweep(folder: Path, kept: Iterable[Path]) -> None:
    """Remove the files of before; a process that has one mapped keeps it until it lets go."""
    names = {path.name for path in kept}
    for path in folder.glob("*.reach"):
        if path.name not in names:
            path.unlink(missing_ok=True)


_networks = keep(_load)
