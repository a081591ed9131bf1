"""Shapely geometry as WKB in the row; the database needs no spatial extension."""

from typing import Any

import shapely
from django.core.exceptions import ValidationError
from django.db import models
from shapely.geometry.base import BaseGeometry


class GeometryField(models.BinaryField):  # type: ignore[type-arg]  # generic in the stubs only
    """A Shapely geometry in WGS 84 (longitude, latitude), stored as little-endian WKB."""

    description = "Geometry (WGS 84, WKB)"

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> BaseGeometry | None:
        return None if value is None else shapely.from_wkb(bytes(value))

    def to_python(self, value: Any) -> BaseGeometry | None:
        if value is None or isinstance(value, BaseGeometry):
            return value
        try:
            return shapely.from_wkb(bytes(value))
        except (shapely.GEOSException, TypeError) as error:
            raise ValidationError("not a geometry in WKB") from error

    def get_prep_value(self, value: Any) -> bytes | None:
        if isinstance(value, BaseGeometry):
            return bytes(shapely.to_wkb(value, byte_order=1))
        return None if value is None else bytes(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        return super().get_db_prep_value(self.get_prep_value(value), connection, prepared)

    def value_to_string(self, obj: Any) -> str:
        value = self.value_from_object(obj)
        return "" if value is None else str(shapely.to_wkb(value, hex=True))
