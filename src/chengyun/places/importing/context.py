"""What the rows of a run refer to, looked up once: categories, levels, areas, and where the town's plane is."""

from dataclasses import dataclass, field
from functools import cached_property

from chengyun.places.coordinates import Metric
from chengyun.places.models import Area, AreaLevel, FacilityCategory, ImportRun, Scheme
from chengyun.places.queries.points import AreaIndex
from chengyun.places.queries.visible import shown


@dataclass
class Context:
    """Look-ups for one run; the areas are read again once the run's own are there."""

    run: ImportRun
    _forgotten: int = field(default=0)

    @cached_property
    def categories(self) -> dict[str, int]:
        """Category code → id."""
        return dict(FacilityCategory.objects.values_list("code", "id"))

    @cached_property
    def levels(self) -> dict[tuple[str, str], AreaLevel]:
        """(scheme code, level code) → level."""
        rows = AreaLevel.objects.filter(scheme__town_id=self.run.town_id).select_related("scheme")
        return {(row.scheme.code, row.code): row for row in rows}

    @cached_property
    def schemes(self) -> dict[str, Scheme]:
        """Scheme code → scheme."""
        rows = Scheme.objects.as_system("schemes of the town of an import").filter(town_id=self.run.town_id)
        return {row.code: row for row in rows}

    @cached_property
    def areas(self) -> dict[str, Area]:
        """Area by external id, then by code, then by name, as the rows of a file may refer to it."""
        every = Area.objects.as_system("areas that rows of an import refer to").filter(town_id=self.run.town_id)
        rows = list(shown(every, self.run.id).select_related("level").defer("geometry"))
        found = {row.name: row for row in rows} | {row.code: row for row in rows}
        return found | {row.external_id: row for row in rows if row.source == self.run.source}

    @cached_property
    def index(self) -> AreaIndex:
        """Which areas a point lies in, the run's own included."""
        return AreaIndex(self.run.town_id, self.run.id)

    @cached_property
    def metric(self) -> Metric:
        """The plane on which this town is measured."""
        every = Area.objects.as_system("the town's boundary, to measure on").filter(town_id=self.run.town_id)
        boxes = every.exclude(minx=None).values_list("minx", "miny", "maxx", "maxy")
        west, south, east, north = (list(side) for side in zip(*boxes, strict=True))
        return Metric(round((min(west) + max(east)) / 2, 6), round((min(south) + max(north)) / 2, 6))

    def forget_areas(self) -> None:
        """Read the areas again at the next use."""
        for name in ("areas", "index"):
            self.__dict__.pop(name, None)
