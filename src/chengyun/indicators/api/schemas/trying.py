"""What would be if."""

from typing import Literal
from uuid import UUID

from ninja import Field, Schema

from chengyun.indicators.api.schemas.figures import Figure, FigureArea, PointIn


class ChangeIn(Schema):
    """One thing tried: add (category, point …), move (point), resize (capacity, floor_area), close, open."""

    act: Literal["add", "move", "resize", "close", "open"]
    facility: UUID | None = None
    category: str = Field("", max_length=30)
    point: PointIn | None = None
    capacity: float | None = Field(None, ge=0)
    floor_area: float | None = Field(None, ge=0)


class TryIn(Schema):
    """The whole list of changes, and of which indicators the figures are wanted (none: all that are touched)."""

    changes: list[ChangeIn] = Field(max_length=200)
    codes: list[str] = Field([], max_length=100)


class TriedArea(Schema):
    area: FigureArea
    before: Figure
    after: Figure


class TriedOut(Schema):
    """An indicator that the changes touch, with the areas where it differs (the town always first)."""

    id: UUID
    code: str
    zh: str
    en: str
    unit: str
    decimals: int
    ascending: bool
    areas: list[TriedArea]
