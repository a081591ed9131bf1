"""What the room asks of the rooms below: standards in force, due times, areas at a point, who answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from chengyun.accounts.models import Department, Holding, Person
from chengyun.accounts.queries.duties import Table, holders_of, owners_of, people_in
from chengyun.accounts.rules.responsibility import codes_covering
from chengyun.cases.classes import CaseClass, Standards, read_standards
from chengyun.cases.models import Case
from chengyun.cases.rules.clocks import Reckon
from chengyun.kernel.calendar.queries import calendar_for, timetable_for
from chengyun.kernel.clock import local_day
from chengyun.kernel.refusal import Invalid
from chengyun.places.models import Area, Facility
from chengyun.places.queries import Spot, locate_address, resolve_point

SURE = 0.75  # an address below this confidence places nothing: a person does


def standards() -> Standards:
    """The classes and the practice in force in this installation."""
    return read_standards(settings.ENV.data)


def today(moment: datetime) -> date:
    """The day where the installation is."""
    return local_day(moment, settings.TIME_ZONE)


def reckon_for(town: int, department: Department | None = None) -> Reckon:
    """Due times by the town's calendar and the hours of a department (of the town's office without one)."""
    return Reckon(calendar_for(town), timetable_for(department.timetable if department else "office", town))


def departments(town: int) -> QuerySet[Department]:
    """The departments that cases of a town may be given to: its own and those above it."""
    rows: QuerySet[Department] = Department.objects.as_system("who may be given a case")
    return rows.filter(Q(town_id=town) | Q(town_id=None), is_open=True)


def department_by(town: int, key: str, field: str) -> Department:
    """A department by its id or code. Raises Invalid that names `field`."""
    by = Q(uuid=key) if _is_uuid(key) else Q(code=key)
    row = departments(town).filter(by).order_by("-town_id").first()
    if row is None:
        raise Invalid("cases.no_department", f"{field}: no such department in this town", field=f"given.{field}")
    return row


def person_by(town: int, key: str, field: str) -> Person:
    """An active person of the town by id. Raises Invalid that names `field`."""
    rows = Person.objects.as_system("whom a case may be given to").filter(Q(town_id=town) | Q(town_id=None))
    row: Person | None = (
        rows.filter(uuid=key, is_active=True).select_related("department").first() if _is_uuid(key) else None
    )
    if row is None:
        raise Invalid("cases.no_person", f"{field}: no such person in this town", field=f"given.{field}")
    return row


def belongs_to(person: str, department: int | None) -> bool:
    """Whether a person works in a department, below it, or for a contractor under its supervision. One query."""
    office = Q(department=department) | Q(department__parent=department) | Q(department__supervisor=department)
    return Person.objects.as_system("whose people may be given a case").filter(office, uuid=person).exists()


def area_by(town: int, key: str, role: str) -> Area:
    """An area of the town by id or code, of a role (grid, community). Raises Invalid."""
    by = Q(uuid=key) if _is_uuid(key) else Q(code=key)
    rows = Area.objects.as_system("where a case is put by hand").filter(
        by, town_id=town, level__role=role, retired_at=None
    )
    row: Area | None = rows.first()
    if row is None:
        raise Invalid("cases.no_area", f"{role}: no such area in this town", field=f"given.{role}")
    return row


def facility_by(plate: str) -> Facility | None:
    """The facility of a plate code, if it stands somewhere."""
    rows = Facility.objects.as_system("what a plate stands on").filter(plate=plate, retired_at=None)
    found: Facility | None = rows.select_related("category").first()
    return found


def _is_uuid(key: str) -> bool:
    try:
        UUID(key)
    except ValueError:
        return False
    return True


@dataclass(frozen=True)
class Place:
    """Where something is, and why that is thought: by its point, its plate, or its address."""

    spot: Spot
    point: tuple[float, float] | None
    address: str
    reason: Mapping[str, Any]


def place_of(town: int, point: tuple[float, float] | None, address: str, plate: Facility | None = None) -> Place:
    """The place of a report: point before plate, plate before address; an unsure address places nothing."""
    if point is None and plate is not None and plate.geometry is not None:
        middle = plate.geometry.representative_point()
        reason = {"by": "plate", "plate": plate.plate}
        return Place(resolve_point(town, middle.x, middle.y), (middle.x, middle.y), address or plate.address, reason)
    if point is not None:
        return Place(resolve_point(town, *point), point, address, {"by": "point"})
    found = locate_address(town, address, 1) if address else []
    if not found:
        return Place(Spot(town, False), None, address, {"by": "nothing"})
    best = found[0].finding
    sure = {"by": "address", "confidence": round(best.confidence, 3), "kind": best.kind}
    if best.confidence < SURE:
        return Place(Spot(town, False), None, address, sure | {"by": "address_unsure"})
    return Place(found[0].spot, (best.lng, best.lat), address, sure)


def settle_place(case: Case, place: Place, geometry: Any) -> None:
    """Put a case at a place: point, areas and the reason."""
    case.locate(geometry)
    case.grid_id, case.community_id = place.spot.grid, place.spot.community
    case.cell_id, case.compound_id = place.spot.cell, place.spot.compound
    case.address = place.address[:200]
    case.routing = case.routing | {"place": dict(place.reason)}


def areas_of(case: Case) -> list[int]:
    """Every area known of a case."""
    known = (case.compound_id, case.cell_id, case.community_id, case.grid_id)
    return [area for area in known if area is not None]


@dataclass(frozen=True)
class Suggestion:
    """The department that should have a case, and the parts of the reason."""

    department: Department
    reason: Mapping[str, Any]


class Suggester:
    """Who should handle a case: the responsibility table first, then who owns the facility, then the class's own.

    Loaded once for a town; `codes` bounds what is read to these classes.
    """

    def __init__(self, town: int, codes: Iterable[str] | None = None) -> None:
        self.town = town
        self.wanted = None if codes is None else {c for code in codes for c in codes_covering(code)}
        self.by_code = {d.code: d for d in departments(town).order_by("town_id")}

    @cached_property
    def table(self) -> Table:
        """The responsibility table, read when it is first asked."""
        return Table(self.town, self.wanted)

    def suggest(self, case: Case, kind: CaseClass | None) -> Suggestion | None:
        """The department for a case of this class, or None where nothing says so."""
        if kind is None:
            return None
        found = self.table.find(kind.code, areas_of(case), {"channel": case.channel, "priority": case.priority})
        if found:
            return Suggestion(found.department, {"by": "responsibility"} | found.reason.parts())
        owner = owners_of([case.facility_id]).get(case.facility_id) if case.facility_id else None
        if owner:
            return Suggestion(owner, {"by": "owner"})
        usual = self.by_code.get(kind.department)
        return Suggestion(usual, {"by": "class", "class": kind.code}) if usual else None


def worker_of(case: Case) -> Person | None:
    """Who patrols where the case is: the cell's holder, else a worker of the cell or its grid. Three queries."""
    areas = [a for a in (case.cell_id, case.grid_id) if a is not None]
    workers = holders_of(areas, Holding.Duty.WORKER)
    own = holders_of([case.cell_id]) if case.cell_id is not None else {}
    posts = [post for held in (own, workers) for area in areas for post in held.get(area, ())]
    people = people_in([post.pk for post in posts])
    free = (people[post.pk] for post in posts if post.pk in people)
    return next((person for person in free if str(person.uuid) not in case.handlers), None)
