"""The settings screens through their real doors: people, posts and successors, grants, duties, roles."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.conftest import Api
from accounts.stage import Corner
from accounts.world import TownWorld, add_department, add_person, add_post, grant, hold, role
from chengyun.accounts.models import Grant, Holding, Look, Person, Tenure
from chengyun.kernel.clock import now
from chengyun.kernel.journal.models import Entry, Private

pytestmark = pytest.mark.db


@pytest.fixture
def admin(api: Api, town: TownWorld) -> Api:
    """The town's administrator at the settings screen."""
    add_department(town, "D1")
    boss = add_person(town, "boss", department=town.departments["D1"])
    grant(boss, "administrator")
    town.people["boss"] = boss
    return api.be(boss)


def made(answer: Any, status: int = 201) -> dict[str, Any]:
    assert answer.status_code == status, answer.content
    return answer.json()  # type: ignore[no-any-return]


def refused(answer: Any, status: int, code: str) -> None:
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.content


def new_person(admin: Api, login: str, **more: Any) -> dict[str, Any]:
    return made(admin.post("accounts/people", {"town": "YA", "login": login, "name": "王小明"} | more))


def test_a_person_comes_changes_goes_and_comes_back(admin: Api) -> None:
    person = new_person(admin, "Wang.XM", phone="13812345678", email="wang@example.org", password="a long enough word")
    assert (person["login"], person["phone"], person["email"]) == ("wang.xm", "138****5678", "w****@example.org")
    assert person["must_change_password"] is True
    path = f"accounts/people/{person['id']}"
    refused(admin.patch(path, {"expected": 9, "title": "科员"}), 409, "kernel.stale")
    changed = made(admin.patch(path, {"expected": 1, "title": "科员"}), 200)
    assert (changed["title"], changed["version"]) == ("科员", 2)
    closed = made(admin.post(f"{path}/verbs/close", {"expected": 2}), 200)
    assert [v["name"] for v in closed["verbs"]] == ["change", "password", "reset_second_factor", "open", "reveal"]
    assert made(admin.post(f"{path}/verbs/open", {"expected": 3}), 200)["is_active"] is True
    refused(admin.post("accounts/people", {"town": "YA", "login": "wang.xm", "name": "x"}), 409, "accounts.login_taken")
    assert "13812345678" not in "".join(bytes(e.facts).decode() for e in Entry.objects.all())


def test_nobody_closes_himself(admin: Api, town: TownWorld) -> None:
    answer = admin.post(f"accounts/people/{town.people['boss'].uuid}/verbs/close", {"expected": 1})
    refused(answer, 409, "accounts.own_account")


def test_contacts_are_unmasked_with_a_reason_that_is_kept(admin: Api, town: TownWorld) -> None:
    person = new_person(admin, "wang", phone="13812345678")
    path = f"accounts/people/{person['id']}/verbs/reveal"
    assert admin.post(path, {"reason": ""}).status_code == 422
    assert made(admin.post(path, {"reason": "夜间值班联系"}), 200)["phone"] == "13812345678"
    look = Look._base_manager.get()
    assert (look.who, look.fields, look.reason) == (town.people["boss"].actor_id, ["email", "phone"], "夜间值班联系")
    entry = Entry.objects.get(event="accounts.personal_looked")
    assert "夜间值班联系" not in bytes(entry.facts).decode()
    assert Private.objects.get(purpose="reason").text == "夜间值班联系"
    listed = admin.get("accounts/looks").json()["items"][0]
    assert (listed["who"], listed["subject"]) == ("boss", person["id"])


def test_the_successor_takes_over_what_is_bound_to_the_post(admin: Api, town: TownWorld) -> None:
    office = town.departments["D1"]
    post = made(admin.post("accounts/posts", {"department": str(office.uuid), "code": "G1-head", "title": "网格长",
                                              "area": str(town.areas["G1"].uuid)}))  # fmt: skip
    old, new = new_person(admin, "old"), new_person(admin, "new")
    given = {"role": str(role("grid_head").uuid), "post": post["id"], "reach": "held"}
    made(admin.post("accounts/grants", given))
    made(admin.post("accounts/tenures", {"post": post["id"], "person": old["id"]}))
    assert made(admin.get(f"accounts/posts/{post['id']}"), 200)["holder"]["id"] == old["id"]
    start = {"post": post["id"], "person": new["id"]}
    refused(admin.post("accounts/tenures", start), 409, "accounts.term_overlaps")
    later = (now() + timedelta(seconds=1)).isoformat()
    over = made(
        admin.post(f"accounts/posts/{post['id']}/verbs/hand_over", {"expected": 1, "to": new["id"], "at": later}), 200
    )
    assert over["person"]["id"] == new["id"]
    ended, started = Tenure._base_manager.order_by("id")
    assert ended.ends_at == started.starts_at
    facts = [bytes(e.facts).decode() for e in Entry.objects.filter(event="accounts.tenure_started").order_by("id")]
    assert old["id"] in facts[-1]


def test_the_database_keeps_one_open_term_of_a_post(town: TownWorld) -> None:
    post = add_post(town, add_department(town, "D1"), "P")
    hold(post, add_person(town, "a"))
    with pytest.raises(IntegrityError), transaction.atomic():
        hold(post, add_person(town, "b"))


@pytest.mark.postgres
def test_postgres_refuses_terms_that_overlap(town: TownWorld) -> None:
    post = add_post(town, add_department(town, "D1"), "P")
    hold(post, add_person(town, "a"), now(), now() + timedelta(days=9))
    hold(post, add_person(town, "b"), now() + timedelta(days=10), now() + timedelta(days=12))
    with pytest.raises(IntegrityError), transaction.atomic():
        hold(post, add_person(town, "c"), now() + timedelta(days=1), now() + timedelta(days=2))


def test_what_must_never_be_false_is_kept_by_the_database(town: TownWorld) -> None:
    person, post = add_person(town, "a"), add_post(town, add_department(town, "D1"), "P")
    wrong: list[dict[str, Any]] = [
        {"person": person, "post": post, "reach": "town", "town": town.town},
        {"reach": "town", "town": town.town},
        {"person": person, "reach": "town"},
        {"person": person, "reach": "held"},
        {"person": person, "reach": "area"},
        {"person": person, "reach": "all", "town": town.town},
    ]
    for values in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Grant.objects.create(role=role("operator"), starts_at=now(), **values)
    Holding.objects.create(town=town.town, area=town.areas["G1"], post=post)
    with pytest.raises(IntegrityError), transaction.atomic():
        Holding.objects.create(town=town.town, area=town.areas["G1"], post=add_post(town, post.department, "Q"))


def test_nobody_gives_rights_to_himself_by_any_door(admin: Api, town: TownWorld) -> None:
    boss = str(town.people["boss"].uuid)
    operator = str(role("operator").uuid)
    answer = admin.post("accounts/grants", {"role": operator, "person": boss, "reach": "town", "town": "YA"})
    refused(answer, 403, "accounts.own_rights")
    post = add_post(town, town.departments["D1"], "P")
    refused(admin.post("accounts/tenures", {"post": str(post.uuid), "person": boss}), 403, "accounts.own_rights")
    answer = admin.post(f"accounts/posts/{post.uuid}/verbs/hand_over", {"expected": 1, "to": boss})
    refused(answer, 403, "accounts.own_rights")
    hold(post, town.people["boss"])
    answer = admin.post("accounts/grants", {"role": operator, "post": str(post.uuid), "reach": "town", "town": "YA"})
    refused(answer, 403, "accounts.own_rights")
    answer = admin.post("accounts/holdings", {"area": str(town.areas["G1"].uuid), "post": str(post.uuid)})
    refused(answer, 403, "accounts.own_rights")
    area = {"expected": 1, "area": str(town.areas["S1"].uuid)}
    refused(admin.patch(f"accounts/posts/{post.uuid}", area), 403, "accounts.own_rights")


def test_a_town_s_administrator_gives_nothing_beyond_the_town(admin: Api, town: TownWorld) -> None:
    person = new_person(admin, "wang")
    given = {"role": str(role("operator").uuid), "person": person["id"]}
    refused(admin.post("accounts/grants", given | {"reach": "all"}), 403, "kernel.not_permitted")
    refused(admin.post("accounts/grants", given | {"reach": "area"}), 403, "kernel.not_permitted")
    refused(admin.post("accounts/grants", given | {"reach": "held"}), 403, "kernel.not_permitted")
    refused(
        admin.post("accounts/grants", {"role": given["role"], "reach": "town", "town": "YA"}), 422, "accounts.to_whom"
    )
    grant_row = made(admin.post("accounts/grants", given | {"reach": "town", "town": "YA"}))
    assert grant_row["verbs"] == [{"name": "revoke", "needs": [], "approval": None, "offline": False}]
    path = f"accounts/grants/{grant_row['id']}/verbs/revoke"
    made(admin.post(path, {"expected": 1}), 200)
    refused(admin.post(path, {"expected": 2}), 409, "accounts.grant_over")


def test_a_role_is_changed_as_a_copy_and_not_by_who_has_it(admin: Api, town: TownWorld) -> None:
    fixed = str(role("operator").uuid)
    change = {"expected": 1, "allowed": ["cases.read"]}
    refused(admin.patch(f"accounts/roles/{fixed}", change), 403, "kernel.not_permitted")
    chief = add_person(None, "chief")
    grant(chief, "administrator", "all")
    refused(Api().be(chief).patch(f"accounts/roles/{fixed}", change), 409, "accounts.role_fixed")
    copy = made(
        admin.post(
            "accounts/roles",
            {"town": "YA", "copy_of": fixed, "code": "night-desk", "zh": "夜班坐席", "en": "Night desk"},
        )
    )
    assert copy["permissions"] == role("operator").permissions
    path = f"accounts/roles/{copy['id']}"
    refused(admin.patch(path, {"expected": 1, "allowed": ["no.such"]}), 422, "accounts.no_such_permission")
    assert made(admin.patch(path, change), 200)["permissions"] == ["cases.read"]
    grant(town.people["boss"], "night-desk")
    refused(admin.patch(path, {"expected": 2, "allowed": ["cases.read"]}), 403, "accounts.own_rights")


def test_departments_stand_in_an_order(admin: Api, town: TownWorld) -> None:
    top = made(admin.post("accounts/departments", {"town": "YA", "code": "A", "name": "规建办"}))
    below = made(admin.post("accounts/departments", {"town": "YA", "code": "B", "name": "科室", "parent": top["id"]}))
    assert below["parent"]["name"] == "规建办"
    answer = admin.patch(f"accounts/departments/{top['id']}", {"expected": 1, "parent": below["id"]})
    refused(answer, 422, "accounts.department_order")
    answer = admin.post("accounts/departments", {"town": "YA", "code": "C", "name": "x", "supervisor": top["id"]})
    refused(answer, 422, "accounts.department_order")
    answer = admin.post("accounts/departments", {"town": "YA", "code": "A", "name": "重复"})
    refused(answer, 409, "accounts.code_taken")


def test_responsibilities_and_roster_are_checked(admin: Api, town: TownWorld) -> None:
    office = str(town.departments["D1"].uuid)
    rule = {"department": office, "subject_code": "0101", "conditions": {"owner": ["街道"]}, "basis_zh": "三定方案"}
    row = made(admin.post("accounts/responsibilities", rule))
    assert row["conditions"] == {"owner": ["街道"]}
    bad = rule | {"conditions": {"width": {"over": 1}}}
    refused(admin.post("accounts/responsibilities", bad), 422, "accounts.conditions_wrong")
    refused(admin.post("accounts/responsibilities", rule | {"subject_code": "0*1"}), 422, "accounts.code_wrong")
    path = f"accounts/responsibilities/{row['id']}"
    assert made(admin.patch(path, {"expected": 1, "priority": 5}), 200)["priority"] == 5
    assert admin.post(f"{path}/verbs/remove", {"expected": 2}).status_code == 204
    start, end = now().isoformat(), (now() + timedelta(hours=8)).isoformat()
    shift = {
        "town": "YA",
        "duty": "centre",
        "person": str(town.people["boss"].uuid),
        "starts_at": end,
        "ends_at": start,
    }
    refused(admin.post("accounts/roster", shift), 422, "accounts.term_order")
    kept = made(admin.post("accounts/roster", shift | {"starts_at": start, "ends_at": end}))
    assert admin.post(f"accounts/roster/{kept['id']}/verbs/remove", {"expected": 1}).status_code == 204


@pytest.mark.parametrize(
    "moment", ["2026-11-22T08:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "x"]
)
def test_a_moment_without_its_zone_or_beyond_the_calendar_is_refused(admin: Api, town: TownWorld, moment: str) -> None:
    post = add_post(town, town.departments["D1"], "P")
    person = new_person(admin, "wang")
    answer = admin.post("accounts/tenures", {"post": str(post.uuid), "person": person["id"], "starts_at": moment})
    refused(answer, 422, "kernel.invalid_input")


def test_a_stranger_s_person_does_not_exist(api: Api, towns: tuple[TownWorld, TownWorld]) -> None:
    other, admin = towns[1].people["operator"], api.be(towns[0].people["administrator"])
    refused(admin.get(f"accounts/people/{other.uuid}"), 404, "kernel.not_found")
    refused(admin.post("accounts/people", {"town": "YC", "login": "xy", "name": "x"}), 404, "places.no_town")


LISTS = ("people", "departments", "posts", "tenures", "roles", "grants", "tokens", "holdings", "owners",
         "responsibilities", "roster", "looks", "notices", "me", "notices/count", "roles/permissions")  # fmt: skip


def test_no_list_costs_more_than_twelve_queries_whatever_its_length(
    api: Api, towns: tuple[TownWorld, TownWorld]
) -> None:
    """Asked by someone whose rights take the most to compile: by a post, in areas, for a department."""
    one = towns[0]
    for number in range(3):
        Corner(one, number % 2 == 0, "D1", f"m{number}")
    person = one.people["grid_head"]
    grant(person, "administrator")
    grant(person, "liaison", "area", area=one.areas["S1"], town=one.town, department=one.departments["D1"])
    api.be(person)
    for name in LISTS:
        with CaptureQueriesContext(connection) as seen:
            assert api.get(f"accounts/{name}").status_code == 200
        assert len(seen) <= 12, (name, [q["sql"][:150] for q in seen.captured_queries])


def test_every_kind_of_subject_says_where_it_is(towns: tuple[TownWorld, TownWorld]) -> None:
    corner = Corner(towns[0], True, "D1", "w")
    kinds = ("person", "post", "tenure", "grant", "holding", "owner", "responsibility", "shift", "token", "look")
    for kind in kinds:
        assert corner.things[kind].where().town == towns[0].town.pk, kind
    assert isinstance(corner.things["person"], Person)
