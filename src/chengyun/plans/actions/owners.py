"""Who answers for a task: owners by hand, generic names expanded to named departments."""

from collections.abc import Mapping, Sequence
from typing import Any

from chengyun.kernel.access import require
from chengyun.kernel.action import action, lock, save
from chengyun.kernel.actor import Actor
from chengyun.kernel.journal.record import record
from chengyun.kernel.refusal import Invalid, NotFound
from chengyun.plans import around, events
from chengyun.plans.actions.common import in_review, keep_before, words
from chengyun.plans.models import Party, Question, Share, Target, Task
from chengyun.plans.rights import own_area
from chengyun.plans.rules.shares import split

MOST = 60


def owners_now(task: Task) -> list[list[str]]:
    """The owners of a task as they are kept before a correction: role and words."""
    return [[p.role, p.words] for p in task.parties.order_by("position", "id")]


def set_owners(task: Task, value: Any) -> None:
    """Set the owners: [{department, role, words}], by id or code, one of them the lead; not saved on the task."""
    parties = _read(task, value)
    lead = next((party.department_id for party in parties if party.role == Party.Role.LEAD), None)
    task.parties.all().delete()
    Party.objects.bulk_create(parties)
    task.department_id = lead
    _settle_questions(task)
    _follow(task)


def owners_checked(task: Task, value: Any) -> list[dict[str, Any]]:
    """Owners of a running task as they were sent, with their words. Raises Invalid where nobody leads."""
    parties = _read(task, value)
    if not any(party.role == Party.Role.LEAD for party in parties):
        raise Invalid("plans.lead_missing", "owners: one department leads the task", field="owners")
    return [dict(one) | {"words": party.words} for one, party in zip(value, parties, strict=True)]


def _read(task: Task, value: Any) -> list[Party]:
    """Owners as they were sent, as rows that are not saved. Raises Invalid."""
    if not isinstance(value, list) or len(value) > MOST or not all(isinstance(one, Mapping) for one in value):
        raise Invalid("plans.owners_wrong", f"owners: a list of at most {MOST}", field="owners")
    parties: dict[int, Party] = {}
    for place, one in enumerate(value):
        department = around.department_by(task.town_id, str(one.get("department", "")), "owners.department")
        role = one.get("role", Party.Role.SUPPORTING)
        if role not in Party.Role.values or department.pk in parties:
            raise Invalid("plans.owners_wrong", "owners: each department once, with a role", field="owners.role")
        said = words(one.get("words") or department.name, "owners.words", 120)
        parties[department.pk] = Party(
            task=task, department_id=department.pk, area_id=own_area(department), words=said, role=role, position=place
        )
    if sum(party.role == Party.Role.LEAD for party in parties.values()) > 1:
        raise Invalid("plans.owners_wrong", "owners: one department leads", field="owners.role")
    return list(parties.values())


def _settle_questions(task: Task) -> None:
    """Questions about units of a task are settled once its owners were named by hand."""
    Question.objects.filter(task=task, state="open", code__startswith="unit.").update(state="answered")


def _follow(task: Task) -> None:
    """Targets of a task belong to its lead, where nobody said otherwise."""
    rows = Target.objects.as_system("targets follow their task").filter(task=task, state__in=("proposed", "accepted"))
    rows.update(department_id=task.department_id)


@action
def expand(task: Task, party: str, *, actor: Actor, expected: int, departments: Sequence[str] | None = None) -> Task:
    """Put named departments in the place of a generic name (各居村). Without a list: those that the name stands for.

    A countable target of the task is shared out among them in parts that add up; anyone may change the parts.
    """
    task = lock(task, expected)
    require(actor, "plans.write", at=task)
    in_review(task)
    row = task.parties.filter(uuid=party).first() if around.is_uuid(party) else None
    if row is None:
        raise NotFound("kernel.not_found", "no such owner of this task", field="party", params={"what": "owner"})
    members = _members(task, row, departments)
    keep_before(task, "owners", owners_now(task), actor)
    _put_in_place(task, row, members)
    save(task)
    record(events.ItemCorrected("task", ("owners",)), task, actor)
    return task


def _members(task: Task, row: Party, departments: Sequence[str] | None) -> list[int]:
    if departments is not None:
        found = [around.department_by(task.town_id, str(key), "departments").pk for key in departments[:MOST]]
    else:
        found = list(around.register_of(task.town_id).members(row.words))
    if not found:
        raise Invalid(
            "plans.nobody_meant", f"departments: say whom {row.words} means", field="departments",
            params={"name": row.words},
        )  # fmt: skip
    return list(dict.fromkeys(found))


def _put_in_place(task: Task, row: Party, members: Sequence[int]) -> None:
    there = set(task.parties.exclude(department_id=None).values_list("department_id", flat=True))
    offices = {d.pk: d for d in around.departments(task.town_id).filter(pk__in=members)}
    fresh = [pk for pk in members if pk not in there]
    role = Party.Role.JOINT if row.role == Party.Role.LEAD else row.role
    row.delete()
    Party.objects.bulk_create(
        Party(
            task=task, department_id=pk, area_id=own_area(offices[pk]), words=offices[pk].name, role=role,
            position=row.position + n,
        )
        for n, pk in enumerate(fresh)
    )  # fmt: skip
    _settle_questions(task)
    targets = Target.objects.as_system("countable targets of a task are shared out").filter(task=task)
    for target in targets.filter(kind="target", aggregation="sum").exclude(value=None):
        if not target.shares.exists():
            parts = split(target.value or 0.0, len(members))
            Share.objects.bulk_create(
                Share(target=target, department_id=pk, value=part) for pk, part in zip(members, parts, strict=True)
            )
