"""Two towns of one district, with areas, departments, and a person for each role: what the tests of rights stand in."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import shapely

from chengyun.accounts.models import Department, Grant, Holding, Person, Post, Role, Tenure
from chengyun.accounts.seed import seed_roles
from chengyun.kernel.clock import now
from chengyun.places.models import Area, AreaLevel, Scheme, Town

PASSWORD = "a long enough word"
FAST = "md5$salt$"  # never used to log in: hashing for every person of a world would take longer than the tests


@dataclass
class TownWorld:
    """One town: areas by code (S1 › G1, G2 › C1; S2 › G3; M1, M2), departments by code, people by role."""

    town: Town
    areas: dict[str, Area] = field(default_factory=dict)
    departments: dict[str, Department] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)


TREE = {"S1": "", "S2": "", "G1": "S1", "G2": "S1", "G3": "S2", "C1": "G1", "C2": "G2", "M1": "", "M2": ""}
LEVELS = {"S": "sector", "G": "grid", "C": "cell", "M": "community"}


def make_town(code: str, district: Area | None = None) -> TownWorld:
    """A town with its two schemes; with a district, also its own area below it."""
    town = Town.objects.create(code=code, name=f"{code}镇")
    world = TownWorld(town)
    grid = Scheme.objects.create(town=town, code="grid", name="网格", covers=True)
    community = Scheme.objects.create(town=town, code="community", name="居村")
    levels = {
        role: AreaLevel.objects.create(scheme=scheme, code=role, name=role, role=role, rank=rank)
        for scheme, roles in ((grid, ("sector", "grid", "cell")), (community, ("community",)))
        for rank, role in enumerate(roles)
    }
    for number, (name, parent) in enumerate(TREE.items()):
        level = levels[LEVELS[name[0]]]
        box = shapely.box(121 + number / 100, 31, 121.01 + number / 100, 31.01)
        world.areas[name] = _area(town, level, name, world.areas.get(parent), box, f"{code}-{name}")
    if district is not None:
        level = AreaLevel.objects.get(scheme=district.scheme, role="town")
        world.areas["town"] = _area(town, level, code, district, shapely.box(121, 31, 122, 32), f"{code}-town")
    return world


def make_district(code: str = "PD") -> Area:
    """A district, with the level of towns below it."""
    scheme = Scheme._base_manager.filter(town=None).first() or Scheme.objects.create(
        code="administrative", name="行政区"
    )
    level, _ = AreaLevel.objects.get_or_create(
        scheme=scheme, code="district", defaults={"name": "区", "role": "district", "rank": 0}
    )
    AreaLevel.objects.get_or_create(scheme=scheme, code="town", defaults={"name": "镇", "role": "town", "rank": 1})
    return _area(None, level, code, None, shapely.box(121, 31, 122, 32), f"district-{code}")


def _area(town: Town | None, level: AreaLevel, code: str, parent: Area | None, box: Any, key: str) -> Area:
    area = Area(
        town=town, scheme=level.scheme, level=level, parent=parent, code=code, name=code, source="test", external_id=key
    )
    area.locate(box)
    area.save()
    area.path = f"{parent.path if parent else '/'}{area.pk}/"
    area.save(update_fields=["path"])
    return area


def add_department(world: TownWorld, code: str, **more: Any) -> Department:
    department = Department.objects.create(town=world.town, code=code, name=code, **more)
    world.departments[code] = department
    return department


def add_person(world: TownWorld | None, login: str, *, password: str = "", **more: Any) -> Person:
    """A person; with a password, one that can log in."""
    person = Person(login=login, name=login, town=world.town if world else None, **more)
    if password:
        person.set_password(password)
    else:
        person.password = FAST
    person.save()
    return person


def role(code: str) -> Role:
    return Role._base_manager.get(code=code)  # type: ignore[no-any-return]


def grant(to: Person | Post, code: str, reach: str = "town", **more: Any) -> Grant:
    """A grant that began a day ago, put straight into the table."""
    more.setdefault("starts_at", now() - timedelta(days=1))
    if reach in {"town", "held"}:
        more.setdefault("town", to.town)
    whom = {"person": to} if isinstance(to, Person) else {"post": to}
    return Grant.objects.create(role=role(code), reach=reach, **whom, **more)  # type: ignore[no-any-return]


def add_post(world: TownWorld, department: Department, code: str, **more: Any) -> Post:
    return Post.objects.create(town=world.town, department=department, code=code, title=code, **more)  # type: ignore[no-any-return]


def hold(post: Post, person: Person, since: datetime | None = None, until: datetime | None = None) -> Tenure:
    return Tenure.objects.create(  # type: ignore[no-any-return]
        post=post, person=person, starts_at=since or now() - timedelta(days=1), ends_at=until
    )


# The areas that a role's post holds, and the department that narrows a role's grant, in the full world.
HELD = {"grid_worker": "G1", "sector_head": "S1", "grid_head": "G1", "neighbourhood": "M1"}
OFFICE = {"liaison": "D1", "handler": "D1", "posted_force": "P1", "contractor": "K1"}


def staff(world: TownWorld) -> TownWorld:
    """Departments, and one person for each role with the grant that the role usually has."""
    d1 = add_department(world, "D1")
    add_department(world, "D2")
    add_department(world, "P1", kind="posted_force")
    add_department(world, "K1", kind="contractor", supervisor=d1)
    add_department(world, "N1", kind="neighbourhood", area=world.areas["M1"])
    for code in Role._base_manager.filter(seeded=True).values_list("code", flat=True):
        office = world.departments[OFFICE.get(code, "N1" if code == "neighbourhood" else "D2")]
        person = add_person(world, f"{world.town.code.lower()}.{code}", department=office)
        world.people[code] = person
        if code in HELD:
            post = add_post(world, office, code)
            hold(post, person)
            Holding.objects.create(
                town=world.town, area=world.areas[HELD[code]], post=post,
                duty="worker" if code == "grid_worker" else "holder" if code != "sector_head" else "worker",
            )  # fmt: skip
            grant(post, code, "held")
        else:
            grant(person, code, "town", department=world.departments[OFFICE[code]] if code in OFFICE else None)
    return world


def full_world() -> tuple[TownWorld, TownWorld]:
    """Two staffed towns of one district."""
    seed_roles()
    district = make_district()
    return staff(make_town("YA", district)), staff(make_town("YB", district))
