"""The people of a synthetic town: departments, posts, who holds them, what they may do and what they answer for.

Everything goes through the actions of accounts; names say that they are invented. One login for each role has the demo
password, all others have none.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

import yaml
from django.db import transaction

from chengyun.accounts.actions.duties import add_responsibility, give_holding
from chengyun.accounts.actions.organisation import add_department, add_post, start_tenure
from chengyun.accounts.actions.people import add_person
from chengyun.accounts.actions.rights import Place, give
from chengyun.accounts.events import OwnershipSet, PasswordChanged
from chengyun.accounts.models import Department, Holding, Ownership, Person, Post, Role
from chengyun.accounts.seed import seed_roles
from chengyun.cases.classes import Standards
from chengyun.kernel.access import require
from chengyun.kernel.action import action, lock, save
from chengyun.kernel.actor import Actor, System
from chengyun.kernel.clock import now
from chengyun.kernel.journal.record import Record, record, record_many, stream_of
from chengyun.places.models import Area, Facility, Town
from chengyun.places.shapes import TownData

DEMO = System("demo")
PASSWORD = "Yunan-demo-2026"  # noqa: S105 - printed on purpose: it opens a synthetic town only
LEVELS = ("sector", "grid", "cell", "community")


@dataclass(frozen=True)
class Login:
    """A demo login, to be printed."""

    role: str
    title: str
    login: str
    password: str


@dataclass
class Staffing:
    """What is needed while a town is staffed."""

    town: Town
    prefix: str
    roles: dict[str, Role]
    departments: dict[str, Department]
    areas: dict[str, list[Area]]
    middle: Any = None  # a point in a compound near the middle of the town
    given: set[str] = field(default_factory=set)
    logins: list[Login] = field(default_factory=list)


def staff(town: Town, standards: Standards, prefix: str = "") -> list[Login]:
    """Departments, posts, people, grants and duties of a town that has none yet. Returns the demo logins.

    `prefix` goes before each login, for the second and later towns of an installation.
    """
    seed_roles()
    with transaction.atomic():
        staffing = Staffing(town, prefix, _roles(), {}, _areas(town), _middle(town))
        for code, (name, _) in standards.practice.departments.items():
            kind = Department.Kind.POSTED_FORCE if code in OFFICES["forces"] else Department.Kind.DEPARTMENT
            _department(staffing, code, name, {"kind": kind})
        for code, (name, above) in OFFICES["contractors"].items():
            more = {"kind": Department.Kind.CONTRACTOR, "supervisor": staffing.departments[above]}
            _department(staffing, code, name, more)
        for area in staffing.areas["community"]:
            village = area.name.endswith("村")
            kind = Department.Kind.VILLAGE if village else Department.Kind.NEIGHBOURHOOD
            name = f"{area.name}村委会" if village else f"{area.name.removesuffix('居民区')}居委会"
            _department(staffing, area.code, name, {"kind": kind, "area": area})
        for row in OFFICES["posts"]:
            for seat in _seats(staffing, row):
                _fill(staffing, row, *seat)
        _responsibilities(staffing, standards)
    return staffing.logins


def _read() -> dict[str, Any]:
    text = files("chengyun.demo").joinpath("data/offices.yaml").read_text(encoding="utf-8")
    read: dict[str, Any] = yaml.safe_load(text)
    return read


OFFICES = _read()


def _roles() -> dict[str, Role]:
    return {role.code: role for role in Role.objects.as_system("roles to grant").filter(seeded=True)}


def _areas(town: Town) -> dict[str, list[Area]]:
    rows = Area.objects.as_system("areas to be held").filter(town=town).select_related("level").order_by("code")
    return {level: [a for a in rows if a.level.code == level] for level in LEVELS}


def _middle(town: Town) -> Any:
    """A point in the compound that lies nearest to the middle of the town's boxes."""
    rows = Area.objects.as_system("where the demo people work").filter(town=town)
    compounds = list(rows.filter(level__role="compound").exclude(minx=None).order_by("id"))
    if not compounds:
        return None
    x = sum(a.minx + a.maxx for a in compounds) / (2 * len(compounds))
    y = sum(a.miny + a.maxy for a in compounds) / (2 * len(compounds))
    near = min(compounds, key=lambda a: abs(a.minx + a.maxx - 2 * x) + abs(a.miny + a.maxy - 2 * y))
    return near.geometry.representative_point()


def _department(staffing: Staffing, code: str, name: str, more: dict[str, Any]) -> None:
    made = add_department(staffing.town.id, actor=DEMO, code=code, name=name, more=more)
    staffing.departments[code] = made


def _seats(staffing: Staffing, row: dict[str, Any]) -> Iterator[tuple[Department, Area | None, int]]:
    """Each seat of a row: the department, the area that it holds, and its number from 1."""
    each, count = row.get("each", ""), row.get("count", 1)
    if each in LEVELS:
        for number, area in enumerate(staffing.areas[each], 1):
            yield staffing.departments[area.code if row["in"] == "own" else row["in"]], area, number
        return
    if not each:
        for number in range(1, count + 1):
            yield staffing.departments[row["in"]], None, number
        return
    number = 0
    for department in staffing.departments.values():
        if _is(department, each):
            for _ in range(count):
                number += 1
                yield department, None, number


def _is(department: Department, each: str) -> bool:
    wanted = {"department": Department.Kind.DEPARTMENT, "force": Department.Kind.POSTED_FORCE}
    return bool(department.kind == wanted.get(each, Department.Kind.CONTRACTOR))


def _fill(staffing: Staffing, row: dict[str, Any], department: Department, area: Area | None, number: int) -> None:
    """A post, its holder, its right and its duties."""
    role = row["role"]
    code = f"{department.code}-{role}-{row['kind']}-{number}"
    title = f"{area.name if area else department.name}{row['title']}"
    post = add_post(department, actor=DEMO, code=code, title=title, more={"kind": row["kind"], "area": area})
    demo = role not in staffing.given and _shown(staffing, row, department, area)
    login = f"{staffing.prefix}{role}" if demo else f"{staffing.town.code.lower()}.{code.lower()}"
    more = {"department": department, "title": row["title"]}
    person = add_person(staffing.town.id, actor=DEMO, login=login, name=f"演示{row['title']}{number}号", more=more)
    if demo:
        staffing.given.add(role)
        staffing.logins.append(Login(role, title, login, PASSWORD))
        open_demo_login(person, actor=DEMO)
    start_tenure(post, actor=DEMO, person=person)
    give(post, actor=DEMO, role=staffing.roles[role], place=_place(staffing, row, department, area))
    if area is not None:
        _hold(staffing, post, area, second=bool(row.get("second")))


def _shown(staffing: Staffing, row: dict[str, Any], department: Department, area: Area | None) -> bool:
    """Whether this seat is a good one to look over the shoulder of: a busy department, the middle of the town."""
    if area is not None:
        return staffing.middle is None or bool(area.geometry.covers(staffing.middle))
    return row.get("each") != "department" or department.code == OFFICES["shown"]


def _place(staffing: Staffing, row: dict[str, Any], department: Department, area: Area | None) -> Place:
    if area is not None:
        return Place("held")
    if row.get("everywhere") and not staffing.prefix:
        return Place("all")
    narrowed = department if row.get("each") in {"department", "force", "contractor"} else None
    return Place("town", town=staffing.town.id, department=narrowed)


def _hold(staffing: Staffing, post: Post, area: Area, *, second: bool) -> None:
    """A cell's worker patrols the whole grid around it, too: that is where help comes from."""
    duty = Holding.Duty.WORKER if second else Holding.Duty.HOLDER
    give_holding(post, actor=DEMO, area=area, duty=duty)
    grid = next((g for g in staffing.areas["grid"] if area.level.code == "cell" and g.id == area.parent_id), None)
    if grid is not None:
        give_holding(post, actor=DEMO, area=grid, duty=Holding.Duty.WORKER)


def _responsibilities(staffing: Staffing, standards: Standards) -> None:
    """The class table's department answers for its classes; a few matters go to others where the place says so."""
    for kind in standards.book.classes.values():
        office = staffing.departments[kind.department]
        basis = {"basis_zh": f"权责清单：{kind.zh}", "basis_en": f"List of duties: {kind.en}"}
        add_responsibility(office, actor=DEMO, subject_code=kind.code, more=basis)


@action
def open_demo_login(person: Person, *, actor: Actor) -> Person:
    """Give a demo login the password that everyone may know; it need not be changed."""
    person = lock(person, None)
    require(actor, "accounts.manage", at=person)
    person.set_password(PASSWORD)
    person.must_change_password = False
    person.password_changed_at = now()
    save(person)
    record(PasswordChanged(by_other=True), person, actor)
    return person


def own_facilities(town: Town, data: TownData) -> int:
    """Tie each facility to the department that the data names as its owner. Returns how many were tied."""
    offices = {
        d.code: d for d in Department.objects.as_system("owners of facilities").filter(town=town).exclude(code="")
    }
    rows = Facility.objects.as_system("facilities to be owned").filter(town=town, source=data.source)
    known = dict(rows.values_list("external_id", "id"))
    done = set(Ownership.objects.as_system("owned already").filter(town=town).values_list("facility_id", flat=True))
    made = [
        Ownership(town=town, facility_id=known[f.key], department=offices[f.owner])
        for f in data.facilities
        if f.owner in offices and f.key in known and known[f.key] not in done
    ]
    moment = now()
    with transaction.atomic():
        Ownership.objects.add_many(made, batch_size=2_000)
        record_many(
            [
                Record(OwnershipSet(o.facility_id, o.department.uuid), stream_of(o), o.where(), DEMO, moment, moment, 1)
                for o in made
            ]
        )
    return len(made)
