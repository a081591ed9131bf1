"""Who answers for something, and who is on duty."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chengyun.accounts.models import Department, Holding, Ownership, Person, Post, Responsibility, Shift, Tenure
from chengyun.accounts.policy import running
from chengyun.accounts.rules.responsibility import Reason, Rule, best, codes_covering
from chengyun.kernel.clock import now


@dataclass(frozen=True)
class Answer:
    """The department that answers for something, and why."""

    department: Department
    reason: Reason


class Table:
    """The responsibility table of a town held in memory: two queries once, none for each question."""

    def __init__(self, town: int, codes: Collection[str] | None = None) -> None:
        rows = Responsibility.objects.as_system("who answers for what").filter(town_id=town)
        if codes is not None:
            rows = rows.filter(subject_code__in=codes)
        kept = list(rows.select_related("department", "area").filter(department__is_open=True))
        self.departments = {row.department_id: row.department for row in kept}
        self.rules = [_rule(row) for row in kept]

    def find(self, subject: str, areas: Collection[int], facts: Mapping[str, Any]) -> Answer | None:
        """Who answers for `subject` in these areas, where these facts hold."""
        found = best(self.rules, subject, areas, facts)
        return Answer(self.departments[found[0].department], found[1]) if found else None


def _rule(row: Responsibility) -> Rule:
    return Rule(
        id=str(row.uuid),
        code=row.subject_code,
        area=row.area_id,
        conditions=row.conditions,
        department=row.department_id,
        priority=row.priority,
        depth=row.area.path.count("/") if row.area else 0,
        basis_zh=row.basis_zh,
        basis_en=row.basis_en,
    )


def responsible(
    town: int, subject: str, areas: Collection[int] = (), conditions: Mapping[str, Any] | None = None
) -> tuple[Department, dict[str, Any]] | None:
    """The department that answers for a subject (class code) at a place, and the parts of the reason. One query.

    `areas`: ids of every area that the place lies in; `conditions`: what is known of the matter ("owner", "road").
    """
    found = Table(town, codes_covering(subject)).find(subject, areas, conditions or {})
    return (found.department, found.reason.parts()) if found else None


def holders_of(areas: Iterable[int], duty: str = Holding.Duty.HOLDER) -> dict[int, list[Post]]:
    """The posts that have a duty for each area. One query."""
    held: dict[int, list[Post]] = {}
    rows = Holding.objects.as_system("who holds the areas").filter(area_id__in=set(areas), duty=duty)
    for holding in rows.select_related("post__department").order_by("id"):
        held.setdefault(holding.area_id, []).append(holding.post)
    return held


def people_in(posts: Iterable[int], at: datetime | None = None) -> dict[int, Person]:
    """Who holds each post at a moment (now). One query."""
    rows = Tenure.objects.as_system("who holds the posts").filter(running(at or now()), post_id__in=set(posts))
    return {tenure.post_id: tenure.person for tenure in rows.select_related("person")}


def owners_of(facilities: Iterable[int]) -> dict[int, Department]:
    """The department that each facility belongs to. One query."""
    rows = Ownership.objects.as_system("whose facilities").filter(facility_id__in=set(facilities))
    return {row.facility_id: row.department for row in rows.select_related("department")}


def on_duty(town: int, duty: str, at: datetime | None = None) -> list[Person]:
    """Who is on duty at a moment (now), persons of the roster and holders of its posts. Two queries."""
    moment = at or now()
    rows = Shift.objects.as_system("who is on duty").filter(town_id=town, duty=duty)
    shifts = list(rows.filter(starts_at__lte=moment, ends_at__gt=moment).select_related("person").order_by("id"))
    people = people_in([shift.post_id for shift in shifts if shift.post_id is not None], moment)
    named = [shift.person or people.get(shift.post_id or 0) for shift in shifts]
    return list(dict.fromkeys(person for person in named if person is not None))
