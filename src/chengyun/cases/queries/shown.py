"""Cases as lists show them: names looked up once for the whole page, verbs worked out in memory."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from chengyun.accounts.models import Department
from chengyun.cases.around import standards
from chengyun.cases.classes import Standards
from chengyun.cases.models import Case, Part
from chengyun.cases.rights import Reach
from chengyun.cases.rules.clocks import light
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.places.models import Area


@dataclass(frozen=True)
class Names:
    """What a page needs beside its rows."""

    departments: Mapping[int, Department]
    areas: Mapping[int, Any]
    parts: Mapping[int, list[Part]] = field(default_factory=dict)
    standards: Standards = field(default_factory=standards)


def names_for(cases: Sequence[Case]) -> Names:
    """Departments, areas and open parts of many cases: at most three queries."""
    parts: dict[int, list[Part]] = defaultdict(list)
    joint = [case.pk for case in cases if case.open_parts]
    if joint:
        for part in Part.objects.filter(case__in=joint, lead=False, ended_at=None):
            parts[part.case_id].append(part)
    offices = {case.department_id for case in cases} | {p.department_id for ps in parts.values() for p in ps}
    areas = {area for case in cases for area in (case.grid_id, case.community_id, case.cell_id)}
    return Names(departments_by_id(offices), areas_by_id(areas), parts)


def departments_by_id(ids: Iterable[int | None]) -> dict[int, Department]:
    """Departments of rows that the actor sees already."""
    wanted = {i for i in ids if i is not None}
    rows = Department.objects.as_system("the names of departments on cases that one sees")
    return {row.pk: row for row in rows.filter(pk__in=wanted)} if wanted else {}


def areas_by_id(ids: Iterable[int | None]) -> dict[int, Any]:
    """Id, name and uuid of areas of rows that the actor sees already."""
    wanted = {i for i in ids if i is not None}
    if not wanted:
        return {}
    rows = Area.objects.as_system("the names of areas on cases that one sees").filter(pk__in=wanted)
    return {pk: {"id": uuid, "name": name} for pk, uuid, name in rows.values_list("pk", "uuid", "name")}


def shown(actor: Actor, cases: Sequence[Case], names: Names | None = None) -> list[dict[str, Any]]:
    """The rows of a list."""
    known, reach = names or names_for(cases), Reach(actor)
    return [row_of(reach, case, known) for case in cases]


def row_of(reach: Reach, case: Case, names: Names) -> dict[str, Any]:
    """One case as a list shows it. No query."""
    department = names.departments.get(case.department_id or 0)
    due = {"at": case.due_at, "provisional": case.provisional, "stage": case.due_stage, "amber_at": case.amber_at}
    return {
        "id": case.uuid,
        "number": case.number,
        "version": case.version,
        "title": case.title,
        "state": case.state,
        "channel": case.channel,
        "class": class_of(case.class_code, names.standards),
        "priority": case.priority,
        "address": case.address,
        "point": case.point,
        "grid": names.areas.get(case.grid_id or 0),
        "cell": names.areas.get(case.cell_id or 0),
        "community": names.areas.get(case.community_id or 0),
        "department": office_of(department),
        "due": due if case.due_at else None,
        "light": light(case.state, case.due_at, case.amber_at, now()),
        "reported_at": case.reported_at,
        "closed_at": case.closed_at,
        "round": case.round,
        "returns": case.returns,
        "urges": case.urges,
        "is_order": case.is_order,
        "upper_number": case.external_id if case.is_order else "",
        "confidential": case.confidential,
        "supervised": case.supervised,
        "pending": case.pending,
        "assignee_id": case.assignee_id,
        "thumb": case.thumb,
        "verbs": reach.verbs(case, names.standards, names.departments, names.parts.get(case.pk, ())),
    }


def class_of(code: str, standards: Standards) -> dict[str, str] | None:
    """A class with its names; a code that the table no longer has stands for itself."""
    if not code:
        return None
    kind = standards.book.classes.get(code)
    return {"code": code, "name": kind.zh if kind else code, "en": kind.en if kind else code}


def office_of(department: Department | None) -> dict[str, Any] | None:
    """A department as a reference."""
    return {"id": department.uuid, "name": department.name, "code": department.code} if department else None
