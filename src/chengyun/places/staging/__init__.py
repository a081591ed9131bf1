"""Rows of an import, checked and kept in a file of their own until they are applied. Free of Django."""

from chengyun.places.staging.encode import LAYERS, stage_town
from chengyun.places.staging.file import Problem, Staged, Staging

__all__ = ["LAYERS", "Problem", "Staged", "Staging", "stage_town"]
