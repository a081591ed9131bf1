"""Rights as they stand in the tables: posts, successors, departments, districts; `require` and `within` agree."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.world import (
    TownWorld,
    add_department,
    add_person,
    add_post,
    full_world,
    grant,
    hold,
    make_district,
    make_town,
    role,
)
from chengyun.accounts.areas import expand
from chengyun.accounts.models import ApiToken, Department, Grant, Holding, Person, Post
from chengyun.accounts.policy import rights_of
from chengyun.accounts.queries.audience import people_with
from chengyun.accounts.roles import ROLES
from chengyun.accounts.seed import seed_roles
from chengyun.kernel.access import Where, may, permissions, scope_of
from chengyun.kernel.actor import Resident, System
from chengyun.kernel.clock import frozen, now

pytestmark = pytest.mark.db


def again(person: Person) -> Person:
    """The person as the next request finds him."""
    return Person._base_manager.get(pk=person.pk)


def test_the_right_follows_the_post_to_the_successor(town: TownWorld) -> None:
    office = add_department(town, "D1")
    post = add_post(town, office, "head-of-G1", area=town.areas["G1"])
    old, new = add_person(town, "old"), add_person(town, "new")
    grant(post, "grid_head", "held")
    change = now()
    hold(post, old, change - timedelta(days=9), change)
    hold(post, new, change)
    place = Where(town=town.town.pk, areas=frozenset({town.areas["G1"].pk}))
    assert may(new, "cases.verify", place)
    assert not may(old, "cases.verify", place)
    with frozen(change - timedelta(hours=1)):
        assert may(again(old), "cases.verify", place)
        assert not may(again(new), "cases.verify", place)


def test_a_sector_reaches_its_grids_and_cells_and_no_neighbour(town: TownWorld) -> None:
    head = add_person(town, "head")
    grant(head, "sector_head", "area", area=town.areas["S1"], town=town.town)
    reached = scope_of(head, "cases.verify").areas
    assert {town.areas[a].pk for a in ("S1", "G1", "G2", "C1", "C2")} == reached
    assert not may(head, "cases.verify", Where(town=town.town.pk, areas=frozenset({town.areas["G3"].pk})))


def test_a_holding_given_to_the_post_widens_it_at_once(town: TownWorld) -> None:
    post = add_post(town, add_department(town, "D1"), "worker")
    worker = add_person(town, "worker")
    hold(post, worker)
    grant(post, "grid_worker", "held")
    place = Where(town=town.town.pk, areas=frozenset({town.areas["G2"].pk}))
    assert not may(again(worker), "cases.verify", place)
    Holding.objects.create(town=town.town, area=town.areas["G2"], post=post, duty="worker")
    assert may(again(worker), "cases.verify", place)


def test_a_department_reaches_what_is_below_it_and_its_contractors_and_not_the_other_way(town: TownWorld) -> None:
    d1 = add_department(town, "D1")
    below, contractor = (
        add_department(town, "D1a", parent=d1),
        add_department(town, "K1", kind="contractor", supervisor=d1),
    )
    liaison, builder = add_person(town, "liaison"), add_person(town, "builder")
    grant(liaison, "liaison", department=d1)
    grant(builder, "contractor", department=contractor)
    for office in (d1, below, contractor):
        assert may(liaison, "cases.sign", Where(town=town.town.pk, departments=frozenset({office.pk})))
    assert not may(builder, "cases.sign", Where(town=town.town.pk, departments=frozenset({d1.pk})))
    assert not may(liaison, "cases.sign", Where(town=town.town.pk))


def test_a_district_reaches_its_towns(db: None) -> None:
    seed_roles()
    district = make_district()
    one, other = make_town("YA", district), make_town("YB", district)
    outside = make_town("YC")
    head = add_person(None, "district.head")
    grant(head, "supervisor", "area", area=district)
    assert scope_of(head, "cases.read").towns == {one.town.pk, other.town.pk}
    assert not may(head, "cases.read", Where(town=outside.town.pk))


def test_many_areas_expand_as_few_do(town: TownWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    every = {area.pk for area in town.areas.values()}
    few = expand(every)
    monkeypatch.setattr("chengyun.accounts.areas.FEW", 0)
    assert expand(every) == few
    assert few[town.areas["S1"].pk].areas == {town.areas[a].pk for a in ("S1", "G1", "G2", "C1", "C2")}


def test_a_department_in_an_area_reaches_only_both_together(town: TownWorld) -> None:
    d1 = add_department(town, "D1")
    person = add_person(town, "handler")
    grant(person, "handler", "area", area=town.areas["G1"], town=town.town, department=d1)
    g1, g2 = (frozenset({town.areas[a].pk}) for a in ("G1", "G2"))
    office = frozenset({d1.pk})
    assert may(person, "cases.handle", Where(town.town.pk, g1, office))
    assert not may(person, "cases.handle", Where(town.town.pk, g2, office))
    assert not may(person, "cases.handle", Where(town.town.pk, g1))


def test_what_ended_was_closed_or_has_not_begun_gives_nothing(town: TownWorld) -> None:
    person = add_person(town, "p")
    grant(person, "operator", ends_at=now() - timedelta(seconds=1))
    grant(person, "leader", starts_at=now() + timedelta(hours=1))
    assert not may(again(person), "cases.read")
    grant(person, "operator")
    assert may(again(person), "cases.read")
    Person._base_manager.filter(pk=person.pk).update(is_active=False)
    assert not may(again(person), "cases.read")


def test_own_holds_for_what_one_stands_on_anywhere(town: TownWorld) -> None:
    post = add_post(town, add_department(town, "D1"), "worker", area=town.areas["G1"])
    worker = add_person(town, "worker")
    hold(post, worker)
    grant(post, "grid_worker", "held")
    mine = Where(town=town.town.pk, areas=frozenset({town.areas["G3"].pk}), people=frozenset({worker.actor_id}))
    assert may(worker, "cases.read", mine)
    assert not may(worker, "cases.verify", mine)


def test_the_administrator_sees_no_case_by_virtue_of_the_post(towns: tuple[TownWorld, TownWorld]) -> None:
    boss = towns[0].people["administrator"]
    assert [p for p in rights_of(boss).permissions if p.startswith("cases.")] == ["cases.standards"]


def test_outside_and_inside_actors(town: TownWorld) -> None:
    resident = Resident("r-1")
    assert may(resident, "cases.report", Where(town=town.town.pk))
    assert may(resident, "cases.read", Where(people=frozenset({"r-1"})))
    assert not may(resident, "cases.read", Where(town=town.town.pk))
    assert may(System("worker"), "cases.read", Where(town=town.town.pk))


def token_of(person: Person, *allowed: str, **place: object) -> ApiToken:
    return ApiToken.objects.create(  # type: ignore[no-any-return]
        name="t", prefix="cy_", digest=str(len(allowed)) + str(place), person=person, person_ref=person.actor_id,
        permissions=list(allowed), expires_at=now() + timedelta(days=1), **place,
    )  # fmt: skip


def test_a_token_never_outreaches_its_person(town: TownWorld) -> None:
    head = add_person(town, "head")
    grant(head, "sector_head", "area", area=town.areas["S1"], town=town.town)
    token = token_of(head, "cases.read", town=town.town)
    g1, g3 = (Where(town.town.pk, frozenset({town.areas[a].pk})) for a in ("G1", "G3"))
    assert may(token, "cases.read", g1)
    assert not may(token, "cases.read", g3)
    assert not may(token, "cases.verify", g1)
    narrow = token_of(head, "cases.read", town=town.town, area=town.areas["G2"])
    assert not may(narrow, "cases.read", g1)
    Person._base_manager.filter(pk=head.pk).update(is_active=False)
    assert not may(ApiToken._base_manager.get(pk=token.pk), "cases.read", g1)


def test_rights_are_compiled_once_and_in_few_queries(towns: tuple[TownWorld, TownWorld]) -> None:
    for person in map(again, towns[0].people.values()):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            for permission in permissions():
                scope_of(person, permission)
        assert len(seen) <= 4, person.login


def test_the_audience_is_the_policy_read_backwards(towns: tuple[TownWorld, TownWorld]) -> None:
    """For every permission and several places: exactly the people for whom `may` says yes."""
    everyone = [again(p) for world in towns for p in world.people.values()]
    one = towns[0]
    places = [
        Where(town=one.town.pk),
        Where(town=one.town.pk, areas=frozenset({one.areas["G1"].pk, one.areas["M1"].pk})),
        Where(town=one.town.pk, departments=frozenset({one.departments["K1"].pk})),
        Where(town=towns[1].town.pk, areas=frozenset({towns[1].areas["G3"].pk})),
    ]
    for permission in ("cases.read", "cases.sign", "cases.verify", "accounts.manage"):
        for place in places:
            assert {p.login for p in people_with(permission, place)} == {
                p.login for p in everyone if may(p, permission, place)
            }, (permission, place)


def test_every_role_of_the_domain_is_there_and_every_permission_is_in_some_role() -> None:
    assert len(ROLES) == 16
    known = set(permissions())
    named = {p for shape in ROLES.values() for p in (*shape.permissions, *shape.own)}
    assert known <= named, f"in no role: {sorted(known - named)}"
    assert named <= known, f"declared by no room: {sorted(named - known)}"


def test_seeding_again_changes_nothing_and_mends_what_was_changed(town: TownWorld) -> None:
    assert seed_roles() == 0
    operator = role("operator")
    operator.permissions = []
    operator.save()
    assert seed_roles() == 1
    assert "cases.receive" in role("operator").permissions


class TestWithinAgainstASlowReference(TestCase):
    """`within` over the departments, posts and people of two towns gives exactly the rows that `may` allows."""

    @classmethod
    def setUpTestData(cls) -> None:
        cls.one, cls.other = full_world()

    @settings(max_examples=25, deadline=None)
    @given(data=st.data())
    def test_within_gives_what_may_allows(self, data: st.DataObject) -> None:
        person = add_person(self.one, f"p{Person._base_manager.count()}")
        for world in data.draw(st.lists(st.sampled_from([self.one, self.other]), min_size=1, max_size=3)):
            reach = data.draw(st.sampled_from(["town", "area", "all"]))
            area = world.areas[data.draw(st.sampled_from(sorted(world.areas)))] if reach == "area" else None
            office = data.draw(st.sampled_from([None, *world.departments.values()]))
            town = None if reach == "all" else world.town
            Grant.objects.create(
                person=person, role=role("administrator"), reach=reach, town=town, area=area, department=office,
                starts_at=now() - timedelta(days=1),
            )  # fmt: skip
        for model in (Department, Post, Person, Holding):
            rows = list(model._base_manager.all())
            allowed = {row.pk for row in rows if may(person, "accounts.read", row)}
            assert set(model.objects.within(person, "accounts.read").values_list("pk", flat=True)) == allowed
