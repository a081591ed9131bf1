"""Rows of an import, checked and kept in a file of their own until they are applied. Free of Django."""

from chengyun.places.staging.encode import LAYERS, OTHERS, Aside, stage_shape, stage_town
from chengyun.places.staging.file import Problem, Staged, Staging, problem

__all__ = ["LAYERS", "OTHERS", "Aside", "Problem", "Staged", "Staging", "problem", "stage_shape", "stage_town"]
