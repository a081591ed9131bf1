"""Plain shapes of a town's data: what a reader of files, or the maker of a synthetic town, hands to this room.

Every geometry is WGS 84 (longitude, latitude in degrees), a shapely value. `key` is the thing's external id: unique
within its layer and source, it names the thing again at the next import and in references between shapes.
Lengths are metres, speeds km/h, areas square metres. Nothing here imports Django.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from shapely import LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon

Ring: TypeAlias = Polygon | MultiPolygon
Fact: TypeAlias = str | int | float | bool | None

# Roles that the platform knows a level by, whatever a town calls it. A level without a role is only drawn.
SECTOR, GRID, CELL = "sector", "grid", "cell"
COMMUNITY, MICRO_GRID, COMPOUND, STAIRWELL = "community", "micro_grid", "compound", "stairwell"

# Bases of a population figure: 常住 (statistical), 实有 (from registers), 户籍 (registered).
RESIDENT, ACTUAL, REGISTERED = "resident", "actual", "registered"


@dataclass(frozen=True, slots=True)
class LevelShape:
    """One level of a scheme, outermost first in its scheme; `role` is one of the roles above or empty."""

    code: str
    name: str
    english: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class SchemeShape:
    """A tree of areas beside others. `covers`: its lowest level must cover the town without gap or overlap."""

    code: str
    name: str
    english: str
    levels: tuple[LevelShape, ...]
    covers: bool = False


# The two schemes that every town starts with; a town may add levels and schemes (street space 街区, for example).
GRID_SCHEME = SchemeShape(
    "grid",
    "网格",
    "Grid",
    (
        LevelShape("sector", "片区", "Sector", SECTOR),
        LevelShape("grid", "网格", "Grid", GRID),
        LevelShape("cell", "责任单元", "Cell", CELL),
    ),
    covers=True,
)
COMMUNITY_SCHEME = SchemeShape(
    "community",
    "居村",
    "Community",
    (
        LevelShape("community", "居民区/村", "Community", COMMUNITY),
        LevelShape("micro_grid", "微网格", "Micro-grid", MICRO_GRID),
        LevelShape("compound", "小区/村宅", "Compound", COMPOUND),
        LevelShape("stairwell", "楼组/队组", "Stairwell", STAIRWELL),
    ),
)


@dataclass(frozen=True, slots=True)
class AreaShape:
    """An area of a scheme. `parent` is the key of the area above it; empty for the top level of its scheme.

    A level may be skipped: a compound may hang directly under its community.
    """

    key: str
    scheme: str
    level: str
    code: str
    name: str
    polygon: Ring
    parent: str = ""
    english: str = ""


@dataclass(frozen=True, slots=True)
class CompoundShape:
    """What is known of a compound beyond its area. `area` is the key of an AreaShape of role compound."""

    area: str
    kind: str = "estate"  # estate 小区 | village 村宅 | mixed
    built: int | None = None
    households: int | None = None
    manager: str = ""  # property company; synthetic or an organisation's name, never a person's
    gates: MultiPoint | None = None


@dataclass(frozen=True, slots=True)
class GapShape:
    """Land that a scheme leaves out on purpose (a park, land of a 管委会), and who manages it."""

    scheme: str
    name: str
    polygon: Ring
    managed_by: str


@dataclass(frozen=True, slots=True)
class FacilityShape:
    """Anything that stands somewhere and has a category of `places/data/categories.yaml`.

    `capacity` counts in the category's unit (beds, places, seats, m²). `entrances` are where people go in; without them
    the point counts. `state`: in_service | out_of_service | planned | removed. `plate` empty: one is given at load.
    `owner` is a department's code; whoever answers for departments reads it.
    """

    key: str
    category: str
    name: str
    point: Point
    address: str = ""
    capacity: float | None = None
    floor_area: float | None = None
    state: str = "in_service"
    plate: str = ""
    owner: str = ""
    outline: Ring | None = None
    entrances: MultiPoint | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BuildingShape:
    """A building. Address parts are digits as text: 云岸路 (road) 88 (lane 弄) 12 (number 号) 3 (building 号楼/幢)."""

    key: str
    footprint: Ring
    use: str = ""  # residential | commercial | office | industrial | public | school | hospital | garage | ""
    floors: int | None = None
    height: float | None = None
    households: int | None = None
    built: int | None = None
    has_lift: bool | None = None
    name: str = ""
    road: str = ""
    lane: str = ""
    number: str = ""
    building: str = ""
    compound: str = ""  # key of an AreaShape of role compound


@dataclass(frozen=True, slots=True)
class PopulationShape:
    """How many people of an age band belong to a place. `age_to` is exclusive; None is open. (0, None) is everyone.

    `place` is the key of an area or of a building, as `place_kind` says. `basis` is one of the bases above.
    """

    place_kind: str  # area | building
    place: str
    basis: str
    count: int
    on: date
    source: str
    age_from: int = 0
    age_to: int | None = None


@dataclass(frozen=True, slots=True)
class StreetShape:
    """An edge of the street network between two nodes; edges that meet carry the same node number (any int64).

    `kind`: motorway | trunk | primary | secondary | tertiary | residential | service | living_street | pedestrian |
    footway | steps | cycleway | path | track. `link` marks ramps and slip roads. `oneway`: 0 both ways, 1 along the
    line, -1 against it (for cars; feet go both ways).
    """

    key: str
    start: int
    end: int
    line: LineString
    kind: str
    name: str = ""
    link: bool = False
    oneway: int = 0
    speed: float = 30.0
    foot: bool = True
    car: bool = True
    bike: bool = True
    bridge: bool = False
    tunnel: bool = False
    layer: int = 0
    lanes: int | None = None


@dataclass(frozen=True, slots=True)
class GroundShape:
    """Water, green, rail and land use: drawn on the map, and measured (green cover, park area).

    kind/sub: water/river|canal|lake|pond, green/park|pocket_park|garden|wood|grass|green_belt|farmland,
    green/vegetation (a survey of green cover: measured, not drawn),
    rail/subway|light_rail|rail, land/residential|commercial|industrial|institution|construction.
    """

    key: str
    kind: str
    sub: str
    shape: Ring | LineString | MultiLineString
    name: str = ""
    public: bool = True


@dataclass(frozen=True, slots=True)
class NameShape:
    """A name by which people call a place, beyond those that areas, streets, buildings and facilities carry already.

    `kind`: alias | shop | landmark | address. `refers` is `"<layer>:<key>"` (areas, facilities, buildings) or empty;
    without it the point says where. `key` empty: kind and text name it again.
    """

    text: str
    kind: str
    point: Point | None = None
    refers: str = ""
    road: str = ""
    number: str = ""
    key: str = ""


@dataclass(slots=True)
class TownData:
    """A whole town, ready to be loaded by `places.bulk.load_town`. `source` and a shape's key name a thing for ever."""

    code: str
    name: str
    english: str
    boundary: Ring
    source: str
    region: str = ""  # official code of the town (12 digits) where there is one
    district: str = ""  # name of the district above; made if missing
    time_zone: str = "Asia/Shanghai"
    schemes: list[SchemeShape] = field(default_factory=list)
    areas: list[AreaShape] = field(default_factory=list)
    compounds: list[CompoundShape] = field(default_factory=list)
    gaps: list[GapShape] = field(default_factory=list)
    facilities: list[FacilityShape] = field(default_factory=list)
    buildings: list[BuildingShape] = field(default_factory=list)
    populations: list[PopulationShape] = field(default_factory=list)
    streets: list[StreetShape] = field(default_factory=list)
    grounds: list[GroundShape] = field(default_factory=list)
    names: list[NameShape] = field(default_factory=list)
