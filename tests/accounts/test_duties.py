"""Who answers, who is told: responsibility, duty roster, notices, and what places asks of this room."""

from datetime import timedelta
from uuid import uuid4

import pytest

from accounts.conftest import Api
from accounts.world import TownWorld, add_department, add_person, add_post, grant, hold
from chengyun.accounts import notices
from chengyun.accounts.actions.duties import add_responsibility
from chengyun.accounts.checks import administrators, holdings, terms
from chengyun.accounts.facts import every_grid_has_a_holder, keep_owners, wrong_owners
from chengyun.accounts.jobs import tidy
from chengyun.accounts.models import Holding, Notice, Ownership, Person, Shift
from chengyun.accounts.notices import Audience, tell_of
from chengyun.accounts.queries.duties import on_duty, owners_of, responsible
from chengyun.kernel.access import Where
from chengyun.kernel.actor import System
from chengyun.kernel.clock import now
from chengyun.kernel.events import EntryView
from chengyun.places.models import Facility, FacilityCategory
from chengyun.places.registry import area_checks, import_columns

pytestmark = pytest.mark.db
SYSTEM = System("test")


def test_the_department_and_its_reason(town: TownWorld) -> None:
    roads, streets = add_department(town, "D1"), add_department(town, "D2")
    pk = town.town.pk
    add_responsibility(roads, actor=SYSTEM, subject_code="01*", more={"basis_zh": "三定方案", "basis_en": "statute"})
    add_responsibility(streets, actor=SYSTEM, subject_code="0101", area=town.areas["G1"], conditions={"road": "里弄"})
    inside = [town.areas[a].pk for a in ("S1", "G1", "C1")]
    found = responsible(pk, "0101", inside, {"road": "里弄"})
    assert found is not None
    department, reason = found
    assert department == streets
    assert (reason["matched"], reason["area"], reason["conditions"]) == ("exact", town.areas["G1"].pk, {"road": "里弄"})
    found = responsible(pk, "0101", inside, {})
    assert found is not None
    assert (found[0], found[1]["matched"], found[1]["basis_zh"]) == (roads, "prefix", "三定方案")
    assert responsible(pk, "0201", inside, {}) is None
    roads.is_open = False
    roads.save()
    assert responsible(pk, "0101", (), {}) is None


def test_who_is_on_duty(town: TownWorld) -> None:
    office = add_department(town, "D1")
    named, holder = add_person(town, "named"), add_person(town, "holder")
    post = add_post(town, office, "duty-officer")
    hold(post, holder)
    for who in ({"person": named}, {"post": post}):
        Shift.objects.create(town=town.town, duty="centre", starts_at=now(), ends_at=now() + timedelta(hours=8), **who)
    assert on_duty(town.town.pk, "centre") == [named, holder]
    assert on_duty(town.town.pk, "centre", now() + timedelta(hours=9)) == []


def test_every_grid_has_a_holder(town: TownWorld) -> None:
    check = area_checks()["accounts.every_grid_has_a_holder"]
    assert check is every_grid_has_a_holder
    assert {p.params["code"] for p in check(town.town.pk)} == {"G1", "G2", "G3"}
    post = add_post(town, add_department(town, "D1"), "head")
    Holding.objects.create(town=town.town, area=town.areas["G1"], post=post)
    assert {(p.code, p.params["code"]) for p in check(town.town.pk)} >= {("accounts.holder_vacant", "G1")}
    hold(post, add_person(town, "head"))
    assert {p.params["code"] for p in check(town.town.pk)} == {"G2", "G3"}


def test_an_import_brings_the_owner_of_a_facility_and_brings_it_again(town: TownWorld) -> None:
    add_department(town, "D1")
    second = add_department(town, "D2")
    second.name = "绿容所"
    second.save()
    category = FacilityCategory.objects.create(code="lamp", name="路灯", english="Lamp", rank=1)
    lamp = Facility.objects.create(town=town.town, category=category, plate="P1", source="t", external_id="1")
    column = next(c for c in import_columns("facilities") if c.keep is keep_owners)
    assert column.wrong is wrong_owners
    assert set(wrong_owners(town.town.pk, ["D1", " 绿容所", "没有的部门", ""])) == {"没有的部门"}
    for value, code in (("D1", "D1"), ("绿容所", "D2")):
        keep_owners(town.town.pk, [(lamp.pk, value)], SYSTEM)
        assert owners_of([lamp.pk])[lamp.pk].code == code
    assert Ownership._base_manager.count() == 1


def test_the_doctor_sees_overlapping_terms_retired_areas_and_a_town_without_administrator(town: TownWorld) -> None:
    post = add_post(town, add_department(town, "D1"), "P")
    hold(post, add_person(town, "a"), now() - timedelta(days=9), now())
    assert [f.level for f in terms()] == ["good"]
    assert [f.level for f in administrators()] == ["wrong"]
    boss = add_person(town, "boss")
    grant(boss, "administrator")
    assert list(administrators()) == []
    Holding.objects.create(town=town.town, area=town.areas["G1"], post=post)
    assert list(holdings()) == []
    town.areas["G1"].retired_at = now()
    town.areas["G1"].save()
    assert "G1" in next(iter(holdings())).en


def entry(position: int, actor: str = "x") -> EntryView:
    return EntryView(
        position, "test.happened", "case", str(uuid4()), 1, "person", actor, 1, now(), now(), {"number": "N1"}
    )


@pytest.fixture
def told(town: TownWorld, monkeypatch: pytest.MonkeyPatch) -> Person:
    """A department's liaison who is told of test.happened, beside a named person."""
    monkeypatch.setattr(notices, "_tellers", [])
    office = add_department(town, "D1")
    liaison = add_person(town, "liaison")
    grant(liaison, "liaison", department=office)
    named = add_person(town, "named")
    place = Where(town=town.town.pk, departments=frozenset({office.pk}))

    @notices.tell("test.*")
    def concerned(seen: EntryView) -> list[Audience]:
        params = {"number": seen.facts["number"]}
        return [
            Audience(permission="cases.sign", where=place, level="act", params=params),
            Audience(people=frozenset({named.actor_id, liaison.actor_id})),
        ]

    return liaison


def test_who_is_concerned_is_told_once_and_not_of_his_own_act(told: Person) -> None:
    happened = entry(1)
    assert tell_of(happened) == 2
    tell_of(happened)
    assert sorted(Notice.objects.values_list("person__login", "level")) == [("liaison", "act"), ("named", "info")]
    assert tell_of(entry(2, told.actor_id)) == 1
    assert notices.told() == ["test.*"]


def test_one_reads_and_ticks_off_his_own_notices_alone(api: Api, told: Person) -> None:
    for position in range(3):
        tell_of(entry(position + 1))
    api.be(told)
    assert api.get("accounts/notices/count").json() == {"unread": 3, "urgent": 0}
    listed = api.get("accounts/notices?limit=2").json()
    assert [len(listed["items"]), listed["total"]] == [2, 3]
    assert listed["items"][0]["params"] == {"number": "N1"}
    rest = api.get(f"accounts/notices?limit=2&cursor={listed['next']}").json()
    assert len(rest["items"]) == 1
    other = Notice.objects.filter(person__login="named").first()
    assert other is not None
    ids = [listed["items"][0]["id"], str(other.uuid)]
    assert api.post("accounts/notices/read", {"ids": ids}).json()["unread"] == 2
    assert Notice.objects.filter(person__login="named", read_at=None).count() == 3
    assert api.post("accounts/notices/read", {}).json()["unread"] == 0
    assert api.get("accounts/notices?unread=true").json()["items"] == []


def test_old_notices_go(told: Person) -> None:
    tell_of(entry(1))
    Notice.objects.update(read_at=now() - timedelta(days=91))
    assert tidy(None, {})["notices"] == 2  # type: ignore[arg-type]
