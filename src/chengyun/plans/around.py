"""What the room asks of the rooms below: departments and what they are called, posts, days, limits, places."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from chengyun.accounts.models import Department, Person, Post, Tenure
from chengyun.accounts.policy import running
from chengyun.kernel.actor import Actor
from chengyun.kernel.calendar.queries import calendar_for, timetable_for
from chengyun.kernel.clock import local_day, now
from chengyun.kernel.refusal import Invalid
from chengyun.kernel.worktime import Limit, due_at
from chengyun.places.models import Area
from chengyun.places.queries import locate_address
from chengyun.plans.models import UnitName
from chengyun.plans.rules.units import Register, Unit, key_of

CONSENT_DAYS = 5
"""Working days in which a department answers, where nobody says otherwise."""
SURE = 0.75
COMMUNITY = frozenset({"neighbourhood", "village"})


def today(moment: datetime) -> date:
    """The day where the installation is."""
    return local_day(moment, settings.TIME_ZONE)


def answer_by(town: int, moment: datetime, days: int) -> datetime:
    """When so many working days after `moment` have passed, at close of office."""
    return due_at(moment, Limit(days), calendar_for(town), timetable_for("office", town)).at


def departments(town: int) -> QuerySet[Department]:
    """The departments of a town that tasks may be given to: its own and those above it."""
    rows: QuerySet[Department] = Department.objects.as_system("who may be given a task")
    return rows.filter(Q(town_id=town) | Q(town_id=None), is_open=True)


def department_by(town: int, key: str, field: str) -> Department:
    """A department by its id or code. Raises Invalid that names `field`."""
    by = Q(uuid=key) if is_uuid(key) else Q(code=key)
    row = departments(town).filter(by).order_by("-town_id").first()
    if row is None:
        raise Invalid("plans.no_department", f"{field}: no such department in this town", field=field)
    return row


def register_of(town: int) -> Register:
    """What the departments of a town are called in documents. Two queries."""
    rows = departments(town).order_by("-town_id", "id").values_list("pk", "name", "kind")
    named = UnitName.objects.filter(town_id=town).values_list("key", "departments")
    return Register([Unit(*row) for row in rows], {key: tuple(ids) for key, ids in named})


def areas_of_departments(ids: Iterable[int]) -> dict[int, int | None]:
    """The own area of each department that is a neighbourhood or village; None for others."""
    rows = Department.objects.as_system("where neighbourhoods lie").filter(pk__in=set(ids))
    return {pk: area if kind in COMMUNITY else None for pk, kind, area in rows.values_list("pk", "kind", "area_id")}


def post_by_titles(town: int, titles: Iterable[str]) -> int | None:
    """The post of a town with one of these titles, if exactly one has: duty is bound to it, not to who holds it."""
    wanted = {key_of(title) for title in titles if title}
    if not wanted:
        return None
    rows = Post.objects.as_system("posts that plans name").filter(Q(town_id=town) | Q(town_id=None), is_open=True)
    found = [pk for pk, title in rows.values_list("pk", "title") if key_of(title) in wanted]
    return found[0] if len(found) == 1 else None


def post_by(town: int, key: str) -> Post:
    """A post of the town by id or code. Raises Invalid."""
    by = Q(uuid=key) if is_uuid(key) else Q(code=key)
    rows = Post.objects.as_system("who leads a task").filter(by, Q(town_id=town) | Q(town_id=None), is_open=True)
    row: Post | None = rows.first()
    if row is None:
        raise Invalid("plans.no_post", "lead_post: no such post in this town", field="lead_post")
    return row


def area_by(town: int, key: str) -> Area:
    """An area of the town by id or code. Raises Invalid."""
    by = Q(uuid=key) if is_uuid(key) else Q(code=key)
    rows = Area.objects.as_system("areas that shares fall to").filter(by, town_id=town, retired_at=None)
    row: Area | None = rows.first()
    if row is None:
        raise Invalid("plans.no_area", "area: no such area in this town", field="area")
    return row


def name_of_area(area: int | None) -> str:
    """The name of an area, empty where there is none."""
    rows = Area.objects.as_system("the name of an area in the title of a task").filter(pk=area)
    return str(rows.values_list("name", flat=True).first() or "")


def place_named(town: int, name: str) -> tuple[float, float] | None:
    """Longitude and latitude of a place that a document names, where the address book is sure of it."""
    found = locate_address(town, name, 1)
    if not found or found[0].finding.confidence < SURE:
        return None
    return found[0].finding.lng, found[0].finding.lat


def names_of_departments(ids: Iterable[int | None]) -> dict[int, dict[str, Any]]:
    """Id, code and name of departments as they are shown. One query."""
    rows = Department.objects.as_system("names of departments").filter(pk__in={i for i in ids if i is not None})
    found = rows.values_list("pk", "uuid", "code", "name")
    return {pk: {"id": uuid, "code": code, "name": name} for pk, uuid, code, name in found}


def kinds_of_departments(ids: Iterable[int | None]) -> dict[int, str]:
    """The kind of each department: ranks are given within one. One query."""
    rows = Department.objects.as_system("kinds of departments").filter(pk__in={i for i in ids if i is not None})
    return dict(rows.values_list("pk", "kind"))


def posts_of(actor: Actor) -> list[int]:
    """The posts that somebody holds now. One query."""
    rows = Tenure.objects.as_system("which posts one holds oneself").filter(running(now()))
    return (
        list(rows.filter(person__uuid=actor.actor_id).values_list("post_id", flat=True))
        if is_uuid(actor.actor_id)
        else []
    )


def names_of_people(ids: Iterable[str]) -> dict[str, str]:
    """Names of people by the ids that the journal uses. One query, none where there are no ids."""
    wanted = {i for i in ids if i and is_uuid(i)}
    if not wanted:
        return {}
    rows = Person.objects.as_system("who reviewed an item that one sees").filter(uuid__in=wanted)
    return {str(uuid): name for uuid, name in rows.values_list("uuid", "name")}


def posts_by_id(ids: Iterable[int | None]) -> dict[int, dict[str, Any]]:
    """Posts as they are shown. One query."""
    wanted = {i for i in ids if i is not None}
    rows = Post.objects.as_system("who leads a task that one sees").filter(pk__in=wanted) if wanted else []
    return {post.pk: {"id": post.uuid, "code": post.code, "title": post.title} for post in rows}


def is_uuid(key: str) -> bool:
    """Whether a text is an id."""
    try:
        UUID(key)
    except ValueError:
        return False
    return True


def departments_of_areas(areas: Iterable[int]) -> list[int]:
    """The neighbourhoods and villages whose own area is one of these: what is theirs is seen by who holds the area."""
    rows = Department.objects.as_system("neighbourhoods of held areas").filter(area_id__in=set(areas))
    return list(rows.filter(kind__in=COMMUNITY).values_list("pk", flat=True))
