"""Open matters: whom a name means, and what a document leaves open."""

from collections.abc import Sequence

from chengyun.kernel.access import Where, require
from chengyun.kernel.action import action, lock, save
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.journal.record import record
from chengyun.kernel.refusal import Conflict, Invalid
from chengyun.places.models import Town
from chengyun.plans import around, events
from chengyun.plans.actions.common import words
from chengyun.plans.models import Document, Party, Question, Task, UnitName
from chengyun.plans.rights import own_area
from chengyun.plans.rules.units import key_of


@action
def name_unit(town: Town, name: str, kind: str, departments: Sequence[str], *, actor: Actor) -> UnitName:
    """Settle whom a name means, for this town and for good; tasks in review get their department by it.

    One department for a short or former name, several for a generic one.
    """
    require(actor, "plans.write", at=Where(town=town.pk))
    said = words(name, "name", 80, needed=True)
    if kind not in UnitName.Kind.values:
        raise Invalid("plans.choice_wrong", "kind: short, former or generic", field="kind",
                      params={"choices": "、".join(UnitName.Kind.values)})  # fmt: skip
    ids = [around.department_by(town.pk, str(key), "departments").pk for key in departments[:200]]
    if not ids or (kind != UnitName.Kind.GENERIC and len(ids) != 1):
        raise Invalid("plans.nobody_meant", "departments: one, or several for a generic name", field="departments",
                      params={"name": said})  # fmt: skip
    values = {"name": said, "kind": kind, "departments": ids, "made_by": actor.actor_id, "made_at": now()}
    row, _ = UnitName.objects.update_or_create(town_id=town.pk, key=key_of(said), defaults=values)
    tasks = _apply(town.pk, row) if kind != UnitName.Kind.GENERIC else 0
    record(events.UnitNamed(str(row.uuid), kind, tuple(ids), tasks), town, actor)
    return row


@action
def forget_unit(town: Town, unit: UnitName, *, actor: Actor) -> None:
    """Take a settled name back: documents that are read from now on are not helped by it; what it gave stays."""
    require(actor, "plans.write", at=Where(town=town.pk))
    unit.delete()
    record(events.UnitForgotten(str(unit.uuid), unit.kind), town, actor)


def _apply(town: int, row: UnitName) -> int:
    """Give the department to parties of that name whose department is open, in tasks in review. Returns how many."""
    department = around.departments(town).get(pk=row.departments[0])
    parties = Party.objects.filter(
        task__town_id=town, task__state__in=("proposed", "accepted"), department_id=None, generic=False
    ).select_related("task")
    count = 0
    for party in parties:
        if key_of(party.words) != row.key or party.task.parties.filter(department_id=department.pk).exists():
            continue
        party.department_id, party.area_id, party.question = department.pk, own_area(department), ""
        party.save()
        if party.role == Party.Role.LEAD:
            Task.objects.as_system("a lead whose name was settled").filter(pk=party.task.pk).update(
                department_id=department.pk
            )
        count += 1
    Question.objects.filter(document__town_id=town, state="open", code__startswith="unit.", words=row.name).update(
        state="answered"
    )
    return count


@action
def answer_question(question: Question, *, actor: Actor, expected: int, answer: str, dismiss: bool = False) -> Document:
    """Settle an open matter of a document in words, or put it aside; `expected` is the document's version."""
    document = lock(question.document, expected)
    require(actor, "plans.write", at=document)
    if question.state != Question.State.OPEN:
        raise Conflict("plans.answered", "this matter is settled already", current=document.state_now())
    question.answer = words(answer, "answer", 500, needed=not dismiss) if answer or not dismiss else ""
    question.state = Question.State.DISMISSED if dismiss else Question.State.ANSWERED
    question.answered_by, question.answered_at = actor.actor_id, now()
    question.save()
    save(document)
    told = events.QuestionAnswered(str(question.uuid), question.code, question.state)
    record(told, document, actor, private={"answer": question.answer})
    return document
