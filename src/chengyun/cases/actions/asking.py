"""From what was handed in to what the rules want: names and ids looked up in the town of the case."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q

from chengyun.cases import around, rights
from chengyun.cases.flow_table import flow_of
from chengyun.cases.models import Case, Part
from chengyun.cases.rules.given import read_given
from chengyun.cases.rules.steps import Ask, By
from chengyun.kernel.access import Where
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.flow import Verb
from chengyun.kernel.refusal import Invalid


def verb_of(case: Case, name: str) -> Verb:
    """A verb of the table that the case follows. Raises Invalid for one that is not there."""
    verb = flow_of(case.is_order).verbs.get(name)
    if verb is None:
        raise Invalid("kernel.no_such_verb", f"there is no verb {name!r} for this case", field="verb")
    return verb


def ask_for(case: Case, verb: Verb, given: Mapping[str, Any], by: By, *, approved: bool = False) -> Ask:
    """What is asked for, parts read by form and looked up. Raises Invalid naming the part."""
    read = read_given(verb, given)
    found = {name: _LOOK_UPS[name](case, value) if name in _LOOK_UPS else value for name, value in read.items()}
    _people(case, verb, found)
    _level(case, verb, found)
    moment = now()
    return Ask(verb, found, by, moment, around.today(moment), around.standards(), approved)


def by(actor: Actor) -> By:
    """The actor as the rules know one."""
    return By(actor.actor_kind, actor.actor_id)


def place_for(case: Case, verb: Verb, given: Mapping[str, Any], actor: Actor) -> Where:
    """Where `require` asks for this verb: see `rights.where_for`."""
    department = _part(case, str(given["part"])).department_id if given.get("part") else case.department_id
    rows = around.departments(case.town_id).filter(pk=department) if department is not None else None
    found = rows.first() if rows is not None and verb.may in rights.OF_DEPARTMENT else None
    return rights.where_for(case, verb.may, actor, found)


def _people(case: Case, verb: Verb, found: dict[str, Any]) -> None:
    """Whom a case is given to: one's own people; checks and verifications to whoever patrols there, unless named."""
    if verb.name in ("ask_check", "send_verify") and "person" not in found:
        worker = around.worker_of(case)
        found["person"] = str(worker.uuid) if worker else None
    if verb.name in ("assign", "part_assign") and "person" in found:  # without one, the verb itself says so
        office = found["part"].department_id if "part" in found else case.department_id
        if not around.belongs_to(found["person"], office):
            raise Invalid(
                "cases.other_department", "person: somebody of the department that has the case", field="given.person"
            )


def _level(case: Case, verb: Verb, found: dict[str, Any]) -> None:
    """The level that settled it, where nobody says: a neighbourhood's own work is settled there, other work in town."""
    if verb.name in ("close", "upper_closed") and not case.level and "level" not in found and case.department_id:
        kinds = around.departments(case.town_id).filter(pk=case.department_id).values_list("kind", flat=True)
        found["level"] = "community" if set(kinds) & rights.COMMUNITY else "town"


def _department(case: Case, key: str) -> int:
    return around.department_by(case.town_id, key, "department").pk


def _supporting(case: Case, keys: list[str]) -> list[int]:
    return [around.department_by(case.town_id, key, "supporting").pk for key in keys]


def _person(case: Case, key: str) -> str:
    return str(around.person_by(case.town_id, key, "person").uuid)


def _part(case: Case, key: str) -> Part:
    try:
        found = case.parts.filter(uuid=UUID(key), lead=False).first()
    except ValueError:
        found = None
    if found is None:
        raise Invalid("cases.no_part", "part: this case has no such supporting part", field="given.part")
    return found


def _into(case: Case, key: str) -> Case:
    rows = Case.objects.as_system("the other case of a merge is checked against its own state")
    try:
        by_key = Q(uuid=UUID(key))
    except ValueError:
        by_key = Q(number=key)
    other: Case | None = rows.filter(by_key, town_id=case.town_id).select_for_update().first()
    if other is None or other.pk == case.pk:
        raise Invalid("cases.no_other_case", "into: another case of this town, by id or number", field="given.into")
    if not other.is_open or other.merged_into_id or other.joined_to_id:
        raise Invalid("cases.other_case_done", f"into: {other.number} is not open any more", field="given.into")
    return other


def _area(role: str) -> Callable[[Case, str], int]:
    return lambda case, key: around.area_by(case.town_id, key, role).pk


_LOOK_UPS: dict[str, Callable[[Case, Any], Any]] = {
    "department": _department,
    "supporting": _supporting,
    "person": _person,
    "part": _part,
    "into": _into,
    "grid": _area("grid"),
    "community": _area("community"),
}
