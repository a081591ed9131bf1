"""A small town for the tests of cases: nested areas, the departments of the class table, one person for each role."""

from dataclasses import dataclass, field
from typing import Any

import shapely

from accounts.world import TownWorld, add_department, add_person, add_post, grant, hold
from chengyun.accounts.models import Holding, Person
from chengyun.accounts.seed import seed_roles
from chengyun.cases import actions
from chengyun.cases.actions import Draft
from chengyun.cases.models import Approval, Case
from chengyun.kernel.actor import Actor, System
from chengyun.kernel.files.actions import store
from chengyun.kernel.ids import new_uuid
from chengyun.places.memory import changed
from chengyun.places.models import Area, AreaLevel, Scheme, Town

# Two grids side by side, two communities above and below: four corners.
BOXES = {
    "S1": (121.20, 31.40, 121.22, 31.42),
    "G1": (121.20, 31.40, 121.21, 31.42),
    "G2": (121.21, 31.40, 121.22, 31.42),
    "M1": (121.20, 31.40, 121.22, 31.41),
    "M2": (121.20, 31.41, 121.22, 31.42),
}
ROLE_OF = {"S": "sector", "G": "grid", "M": "community"}
IN_G1_M1 = (121.205, 31.405)
IN_G2_M2 = (121.215, 31.415)
HELD = {"grid_worker": "G1", "sector_head": "S1", "grid_head": "G1", "neighbourhood": "M1"}
OFFICE = {"liaison": "greening", "handler": "greening", "posted_force": "police", "contractor": "contractor"}


@dataclass
class World:
    """The town, its people by role, and shorthands for what everybody does in the tests."""

    town: Town
    areas: dict[str, Area] = field(default_factory=dict)
    departments: dict[str, Any] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    def person(self, who: Actor | str) -> Actor:
        return self.people[who] if isinstance(who, str) else who

    def report(self, by: Actor | str = "operator", **more: Any) -> Case:
        values: dict[str, Any] = {"town": self.town.pk, "text": "人行道上有一堆垃圾，请清理。", "channel": "desk",
                                  "point": IN_G1_M1} | more  # fmt: skip
        return actions.report(Draft(**values), actor=self.person(by))

    def take(self, case: Case, verb: str, by: Actor | str, **given: Any) -> Any:
        """Take a verb at the version that the case has now."""
        fresh = self.fresh(case)
        return actions.take(
            fresh, verb, actor=self.person(by), expected=fresh.version,
            given={name.replace("__", ":"): value for name, value in given.items()},
        )  # fmt: skip

    def agree(self, case: Case, by: str, approve: bool = True, reason: str = "不同意") -> Case:
        approval = Approval.objects.as_system("test").get(case=case, state="pending")
        return actions.decide(
            approval,
            actor=self.people[by],
            expected=approval.version,
            approve=approve,
            reason="" if approve else reason,
        )

    def fresh(self, case: Case) -> Case:
        return Case.objects.as_system("test").get(pk=case.pk)

    def photo(self, by: Actor | str) -> str:
        return str(store(PIXEL, actor=self.person(by), purpose="photo").uuid)

    def walk(self, case: Case, *, to: str, class_code: str = "E0101") -> Case:
        """Drive a case along the ordinary way until it is in a state."""
        for state, verb, by, given in self.way(class_code):
            if self.fresh(case).state == to:
                break
            if self.fresh(case).state == state:
                self.take(case, verb, by, **given())
        assert self.fresh(case).state == to
        return self.fresh(case)

    def way(self, class_code: str) -> list[tuple[str, str, str, Any]]:
        person = str(self.people["handler"].uuid)
        return [
            ("reported", "receive", "operator", dict),
            ("received", "file", "operator", lambda: {"class": class_code}),
            ("filed", "dispatch", "operator", lambda: {"department": "greening", "reason": "就近处置"}),
            ("dispatched", "sign", "liaison", dict),
            ("signed", "assign", "liaison", lambda: {"person": person}),
            ("handling", "answer", "handler", lambda: {"text": "已清理", "photo__after": [self.photo("handler")]}),
            ("answered", "send_verify", "operator", dict),
            ("verifying", "verify_pass", "grid_worker", lambda: {"photo__after": [self.photo("grid_worker")]}),
            ("verified", "close", "operator", dict),
        ]


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc000000301010"
    "018dd8db00000000049454e44ae426082"
)
SYSTEM = System("test")


def make_world(code: str = "YA") -> World:
    """A staffed town."""
    seed_roles()
    base = TownWorld(Town.objects.create(code=code, name=f"{code}镇"))
    world = World(base.town, base.areas, base.departments, base.people)
    _areas(world)
    changed(world.town.pk)
    for name in ("operations", "greening", "enforcement", "water", "housing", "construction", "police", "social",
                 "safety", "market", "economy", "party_office", "planning", "service_centre"):  # fmt: skip
        add_department(base, name, kind="posted_force" if name == "police" else "department")
    add_department(base, "contractor", kind="contractor", supervisor=base.departments["greening"])
    add_department(base, "M1", kind="neighbourhood", area=base.areas["M1"])
    for role in ("operator", "hotline_clerk", "duty_officer", "centre_head", "grid_worker", "sector_head", "grid_head",
                 "liaison", "handler", "posted_force", "contractor", "neighbourhood", "supervisor", "planner", "leader",
                 "administrator"):  # fmt: skip
        _person(base, role)
    return world


def _person(base: TownWorld, role: str) -> None:
    office = base.departments[OFFICE.get(role, "M1" if role == "neighbourhood" else "operations")]
    person = base.people[role] = add_person(base, f"{base.town.code.lower()}.{role}", department=office)
    if role not in HELD:
        grant(person, role, "town", department=office if role in OFFICE else None)
        return
    post = add_post(base, office, role)
    hold(post, person)
    duty = "worker" if role in ("grid_worker", "sector_head") else "holder"
    Holding.objects.create(town=base.town, area=base.areas[HELD[role]], post=post, duty=duty)
    grant(post, role, "held")


def _areas(world: World) -> None:
    grid = Scheme.objects.create(town=world.town, code="grid", name="网格", covers=True)
    community = Scheme.objects.create(town=world.town, code="community", name="居村")
    levels = {
        "sector": AreaLevel.objects.create(scheme=grid, code="sector", name="片区", role="sector", rank=0),
        "grid": AreaLevel.objects.create(scheme=grid, code="grid", name="网格", role="grid", rank=1),
        "community": AreaLevel.objects.create(
            scheme=community, code="community", name="居村", role="community", rank=0
        ),
    }
    for name, box in BOXES.items():
        level = levels[ROLE_OF[name[0]]]
        parent = world.areas.get("S1") if name.startswith("G") else None
        area = Area(town=world.town, scheme=level.scheme, level=level, parent=parent, code=name, name=name,
                    source="test", external_id=f"{world.town.code}-{name}")  # fmt: skip
        area.locate(shapely.box(*box))
        area.save()
        area.path = f"{parent.path if parent else '/'}{area.pk}/"
        area.save(update_fields=["path"])
        world.areas[name] = area


__all__ = ["IN_G1_M1", "IN_G2_M2", "PIXEL", "SYSTEM", "World", "make_world", "new_uuid"]
