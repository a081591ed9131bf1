"""The life circle, what-if and siting, as the endpoints take and give them."""

from typing import Any, Literal
from uuid import UUID

from ninja import Field, Schema

from chengyun.indicators.api.schemas.figures import FigureArea, Point, PointIn, State
from chengyun.indicators.api.schemas.trying import ChangeIn, TriedOut

Age = Literal["child", "adult", "old"]
Band = Literal["all", "toddlers", "old"]


class ByState(Schema):
    """How many of each state."""

    gap: int
    met: int
    unknown: int


class CircleCategory(Schema):
    """A category that a life circle asks for, with its limit, and for every building the minutes and the state.

    `metric`: street and straight in metres, time in minutes. `minutes`: base64 of one byte for each building, tenths of
    minutes, 255 beyond 25.4; `states`: likewise, 0 gap, 1 met, 2 unknown. `verified`: the clause was read in the
    official text; `recorded`: the register of the category is there and whole. `people`: by band, estimated.
    """

    category: str
    zh: str
    en: str
    circle: int
    metric: str
    limit: float
    clause: str
    verified: bool
    facilities: int
    recorded: bool
    minutes: str
    states: str
    people: dict[str, ByState]
    homes: ByState


class CircleArea(Schema):
    """People of an area by state, one number for each category in their order."""

    id: UUID
    role: str
    code: str
    name: str
    english: str
    people: int
    gap: list[int]
    met: list[int]
    unknown: list[int]


class CircleOut(Schema):
    """`stamp`: which buildings the arrays are about; the layer of buildings bears the same. `pace`: m/s."""

    age: Age
    pace: float
    stamp: str
    buildings: int
    people: dict[str, int]
    streets: bool
    categories: list[CircleCategory]
    areas: list[CircleArea]


class CardNearest(Schema):
    """The nearest facility and the way to it."""

    id: UUID | None
    name: str
    address: str
    point: Point | None
    minutes: float
    metres: int | None
    line: list[Point]


class CardItem(Schema):
    """A category: how many facilities within 5, 10 and 15 minutes, and the nearest."""

    category: str
    zh: str
    en: str
    circle: int
    counts: list[int]
    nearest: CardNearest | None


class CardRing(Schema):
    minutes: int
    square_metres: int
    geometry: dict[str, Any]


class ReachCard(Schema):
    """What is in reach of a point. `rings`: the ground within 15, 10 and 5 minutes."""

    point: Point
    age: Age
    pace: float
    compound: str
    community: str
    items: list[CardItem]
    rings: list[CardRing]


class WayChangeIn(Schema):
    """A gate or a street, the one nearest to a point, opened or closed."""

    kind: Literal["gate", "street"]
    point: PointIn
    opened: bool = False


class CircleTryIn(Schema):
    """The whole list of changes."""

    age: Age = "adult"
    changes: list[ChangeIn] = Field([], max_length=200)
    ways: list[WayChangeIn] = Field([], max_length=50)


class TriedWay(Schema):
    kind: str
    name: str
    point: Point


class CircleTried(Schema):
    """`categories`: those that the changes touch, as they would be; `changed`: homes whose state differs; `gained`:
    people who come to have something in reach."""

    stamp: str
    categories: list[CircleCategory]
    changed: int
    gained: int
    ways: list[TriedWay]
    indicators: list[TriedOut]


class ShortArea(Schema):
    area: FigureArea
    value: float | None
    target: float | None
    raised: bool


class CategoryIndicator(Schema):
    """An indicator that stands on a category, with the areas that fall short, the worst first."""

    id: UUID
    code: str
    zh: str
    en: str
    unit: str
    decimals: int
    value: float | None
    target: float | None
    state: State
    gaps: list[ShortArea]
    short: int


class SitingIn(Schema):
    """Where should new facilities stand? See `circle.siting.Wish`."""

    category: str = Field(min_length=1, max_length=30)
    sites: int | None = Field(3, ge=1, le=100)
    budget: float | None = Field(None, ge=0)
    method: Literal["coverage", "median", "centre", "least_cost"] = "coverage"
    age: Age = "adult"
    band: Band = "all"
    minutes: float = Field(0, ge=0, le=25)
    metres: float = Field(0, ge=0, le=5000)
    sources: list[Literal["vacant", "land", "public", "commercial", "any"]] = Field(["vacant", "land", "public"])
    prices: dict[str, float] = Field(default_factory=dict)
    capacity: float | None = Field(None, gt=0)
    floor: float = Field(0, ge=0, le=1)
    own: list[PointIn] = Field([], max_length=100)
    keep: bool = True


class SitingSite(Schema):
    """A chosen site: whom it serves, whom no other site does, and the mean way of those it serves."""

    source: str
    label: str
    point: Point
    subject: str
    served: int
    alone: int
    nearer: int
    mean: float


class SitingHomes(Schema):
    """What the homes of the circle gain, in its order; base64.

    `gains`, one byte each: 0 still out of reach, 1 in reach as before, 2 to 4 a shorter way (by less than the first
    step, by less than the second, by more), 5 newly in reach. `sites`, one byte: through which site, from 1; 0 none.
    `ways`, two bytes, the least first: tenths of minutes, or metres; 65535 no way. `counts` and `people` by gain.
    """

    gains: str
    sites: str
    ways: str
    counts: list[int]
    people: list[int]


class SitingArea(Schema):
    """People of an area in reach before, after, and after the planner's own picks."""

    id: UUID | None
    name: str
    english: str
    people: int
    before: int
    after: int
    own: int | None


class SitingOwn(Schema):
    """The planner's own picks: value, how far behind the answer (share), how many are the same, what they bring."""

    value: float
    behind: float
    same: int
    after: int
    mean_after: float | None
    sites: list[SitingSite]
    homes: SitingHomes


class SitingAnswer(Schema):
    """`gap`: proven distance from the best, a share; `before`, `after`: people in reach; means in the limit's unit.

    `stamp`: which homes the arrays are about; `ways`: theirs before, as in `homes`; `steps`: see there, in the limit's
    unit. `recorded`: the list of what stands already is known to be whole.
    """

    goal: str
    value: float
    bound: float | None
    gap: float | None
    proven: bool
    by: str
    seconds: float
    limit: float
    unit: Literal["minutes", "m"]
    total: int
    before: int
    after: int
    mean_before: float | None
    mean_after: float | None
    sites: list[SitingSite]
    homes: SitingHomes
    areas: list[SitingArea]
    own: SitingOwn | None
    candidates: int
    recorded: bool
    stamp: str
    steps: tuple[float, float]
    ways: str


class SitingOut(Schema):
    """A first answer, and the job whose result will be the better or proven one (null: it is proven already)."""

    answer: SitingAnswer
    job: UUID | None
