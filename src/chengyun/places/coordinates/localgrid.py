"""A local plane grid (上海城市坐标系 and its like) fitted from control points; its parameters are not public.

The grid is taken as a similarity or affine image of a transverse Mercator plane on the CGCS2000 ellipsoid, centred on
the control points. Where the grid's true meridian is another one, that is off by some centimetres across a town.
Residuals are metres.
"""

from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyproj import Transformer

from chengyun.places.coordinates.offset import Coords

SIMILARITY, AFFINE = "similarity", "affine"


@dataclass(frozen=True)
class LocalGrid:
    """Parameters of a fitted grid: local = matrix · plane + shift. `rms`, `worst`: residuals at the control points.

    `left_out` is the rms when each point is predicted from the others: what a new point may be off by.
    """

    meridian: float
    matrix: tuple[float, float, float, float]
    shift: tuple[float, float]
    kind: str
    points: int
    rms: float
    worst: float
    left_out: float

    @classmethod
    def from_settings(cls, values: dict[str, Any]) -> "LocalGrid":
        """The grid as `settings` kept it."""
        matrix, shift = values["matrix"], values["shift"]
        return cls(**(values | {"matrix": tuple(matrix), "shift": tuple(shift)}))

    @property
    def settings(self) -> dict[str, Any]:
        """Plain values to keep in the town's settings."""
        return asdict(self)

    @cached_property
    def _plane(self) -> Transformer:
        return plane_of(self.meridian)

    def to_wgs84(self, coords: Coords) -> Coords:
        """Local coordinates (n, 2), easting first, as longitude and latitude in degrees."""
        back = np.linalg.inv(np.reshape(self.matrix, (2, 2)))
        plane = (coords - np.array(self.shift)) @ back.T
        return np.column_stack(self._plane.transform(plane[:, 0], plane[:, 1], direction="INVERSE"))

    def from_wgs84(self, coords: Coords) -> Coords:
        """Longitude and latitude (n, 2) as local coordinates, easting first."""
        plane = np.column_stack(self._plane.transform(coords[:, 0], coords[:, 1]))
        return np.asarray(plane @ np.reshape(self.matrix, (2, 2)).T + np.array(self.shift))


def plane_of(meridian: float) -> Transformer:
    """Longitude, latitude to a transverse Mercator plane (metres) on the CGCS2000 ellipsoid about `meridian`."""
    return Transformer.from_crs(
        "EPSG:4326",
        f"+proj=tmerc +lat_0=0 +lon_0={meridian:.9f} +k=1 +x_0=0 +y_0=0 +ellps=GRS80 +units=m +no_defs",
        always_xy=True,
    )


def fit_grid(local: Coords, wgs84: Coords) -> LocalGrid:
    """Fit the grid from control points given in both systems, each (n, 2), x first.

    Two or three points fit a similarity (shift, turn, scale), four and more an affine map if it predicts left-out
    points better. Raises ValueError below two points, for points on one spot, and for a grid that would be mirrored.
    """
    local, wgs84 = np.asarray(local, dtype=np.float64), np.asarray(wgs84, dtype=np.float64)
    if local.shape != wgs84.shape or local.ndim != 2 or len(local) < 2:
        raise ValueError("a grid needs at least two control points, each with local and WGS 84 coordinates")
    meridian = float(wgs84[:, 0].mean())
    plane = np.column_stack(plane_of(meridian).transform(wgs84[:, 0], wgs84[:, 1]))
    if np.ptp(plane, axis=0).max() < 1.0:
        raise ValueError("the control points lie on one spot: take points at the edges of the town")
    kinds = (SIMILARITY, AFFINE) if len(local) >= 4 else (SIMILARITY,)
    scored = [(_left_out(plane, local, kind), kind) for kind in kinds]
    left_out, kind = min(scored)
    matrix, shift = _solve(plane, local, kind)
    if np.linalg.det(matrix) <= 0:
        raise ValueError("the axes are swapped: local x must be the easting and y the northing")
    residual = np.linalg.norm(plane @ matrix.T + shift - local, axis=1)
    return LocalGrid(
        meridian,
        (float(matrix[0, 0]), float(matrix[0, 1]), float(matrix[1, 0]), float(matrix[1, 1])),
        (float(shift[0]), float(shift[1])),
        kind,
        len(local),
        float(np.sqrt((residual**2).mean())),
        float(residual.max()),
        left_out,
    )


def _solve(plane: Coords, local: Coords, kind: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    centre, target = plane.mean(axis=0), local.mean(axis=0)
    p, q = plane - centre, local - target
    if kind == AFFINE:
        matrix = np.linalg.lstsq(p, q, rcond=None)[0].T
    else:
        norm = (p**2).sum()
        a = (p * q).sum() / norm
        b = (p[:, 0] * q[:, 1] - p[:, 1] * q[:, 0]).sum() / norm
        matrix = np.array([[a, -b], [b, a]])
    return matrix, target - matrix @ centre


def _left_out(plane: Coords, local: Coords, kind: str) -> float:
    if len(plane) < 3:
        return 0.0
    errors = []
    for index in range(len(plane)):
        rest = np.arange(len(plane)) != index
        matrix, shift = _solve(plane[rest], local[rest], kind)
        errors.append(float(((plane[index] @ matrix.T + shift - local[index]) ** 2).sum()))
    return float(np.sqrt(np.mean(errors)))
