"""One case: everything of its page, its timeline, and what may be about the same thing."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from chengyun.accounts.models import Department, Person
from chengyun.accounts.rules.masking import mask_text
from chengyun.cases import around
from chengyun.cases.models import Approval, Attachment, Case, Clock, Part
from chengyun.cases.queries.shown import Names, areas_by_id, departments_by_id, office_of, row_of
from chengyun.cases.rights import Reach
from chengyun.cases.rules.likeness import Likeness, Sight, grams_of, likeness
from chengyun.kernel.access import found, may
from chengyun.kernel.actor import Actor
from chengyun.kernel.journal.timeline import Moment, timeline

CANDIDATES = 300
DEGREES = 1 / 95_000  # degrees for a metre, a little more than needed at the latitudes of China's towns


def one(actor: Actor, uuid: UUID) -> Case:
    """A case that the actor may see. Raises NotFound."""
    rows = Case.objects.as_system("by its id, then scoped").filter(uuid=uuid)
    case: Case | None = rows.within(actor, "cases.read").first()
    return found(case, "case")


def one_approval(actor: Actor, uuid: UUID) -> Approval:
    """An approval of a case that the actor may see. Raises NotFound."""
    rows = Approval.objects.as_system("seen through its case, below").filter(uuid=uuid).select_related("case")
    approval: Approval | None = rows.first()
    return found(approval if approval and sees(actor, approval.case.uuid) else None, "approval")


def sees(actor: Actor, uuid: UUID) -> bool:
    """Whether the actor may see a case: asked for its files too."""
    return Case.objects.within(actor, "cases.read").filter(uuid=uuid).exists()


def reads_personal(actor: Actor, case: Case) -> bool:
    """Whether free text is shown without masks. A confidential case's only to the desk."""
    desk = may(actor, "cases.receive", at=case) or may(actor, "cases.upper", at=case)
    return may(actor, "cases.personal", at=case) and (desk or not case.confidential)


def detail_of(actor: Actor, case: Case) -> dict[str, Any]:
    """The page of a case: at most eight queries beside finding it."""
    parts = list(Part.objects.filter(case=case).order_by("id"))
    clocks = list(Clock.objects.filter(case=case).order_by("id"))
    standards = around.standards()
    suggester = around.Suggester(case.town_id, [case.class_code])
    offices = {d.pk: d for d in suggester.by_code.values()}
    areas = areas_by_id([case.grid_id, case.community_id, case.cell_id, case.compound_id])
    open_parts = [p for p in parts if p.ended_at is None]
    names = Names(offices, areas, {case.pk: open_parts}, standards)
    people = _people(case, parts)
    kind = standards.book.classes.get(case.class_code)
    suggested = (
        suggester.suggest(case, kind) if case.state in ("reported", "received", "filed", "arbitration") else None
    )
    return row_of(Reach(actor), case, names) | {
        "text": case.text if reads_personal(actor, case) else mask_text(case.text),
        "compound": areas.get(case.compound_id or 0),
        "routing": case.routing,
        "suggested": {"department": office_of(suggested.department), "reason": suggested.reason} if suggested else None,
        "standard": standard_of(kind),
        "reporter": {"count": len(case.reporters), "channel": case.channel, "me": actor.actor_id in case.reporters},
        "assignee": people.get(case.assignee_id), "verifier": people.get(case.verifier_id),
        "checker": people.get(case.checker_id),
        "clocks": [_clock(c) for c in clocks],
        "parts": [_part(p, names, people) for p in parts],
        "attachments": [_attachment(a) for a in Attachment.objects.filter(case=case).order_by("id")],
        "approval": _pending(case),
        "related": _related(case),
        **_plain(case),
    }  # fmt: skip


def _plain(case: Case) -> dict[str, Any]:
    names = (
        "received_at", "filed_at", "signed_at", "answered_at", "extensions", "reopenings", "open_parts", "bound",
        "simple", "sampled", "found", "review_on", "level", "source", "external_id", "upper_kind", "upper_due_at",
        "upper_pending",
    )  # fmt: skip
    return {name: getattr(case, name) for name in names}


def standard_of(kind: Any) -> dict[str, Any] | None:
    """The standard of a class as the page shows it."""
    if kind is None:
        return None
    return {
        "accept": kind.accept, "close": kind.close, "simple": kind.simple, "photo": kind.photo,
        "handle": str(kind.handle), "handle_urgent": str(kind.handle_urgent), "department": kind.department,
    }  # fmt: skip


def _people(case: Case, parts: Sequence[Part]) -> dict[UUID | None, dict[str, Any]]:
    wanted = {case.assignee_id, case.verifier_id, case.checker_id, *(p.assignee_id for p in parts)} - {None}
    if not wanted:
        return {}
    rows = Person.objects.as_system("the names of who works on a case that one sees").filter(uuid__in=wanted)
    return {uuid: {"id": uuid, "name": name} for uuid, name in rows.values_list("uuid", "name")}


def _clock(clock: Clock) -> dict[str, Any]:
    names = (
        "stage",
        "round",
        "limit",
        "started_at",
        "due_at",
        "provisional",
        "paused_at",
        "stopped_at",
        "on_time",
        "history",
    )
    return {name: getattr(clock, name) for name in names} | {"part": clock.part_id}


def _part(part: Part, names: Names, people: dict[UUID | None, dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": part.uuid, "department": office_of(names.departments.get(part.department_id)), "lead": part.lead,
        "state": part.state, "assignee": people.get(part.assignee_id), "sent_at": part.sent_at,
        "signed_at": part.signed_at, "ended_at": part.ended_at,
    }  # fmt: skip


def _attachment(row: Attachment) -> dict[str, Any]:
    names = ("file", "mime", "role", "verb", "round", "captured_at", "received_at")
    return {name: getattr(row, name) for name in names}


def _pending(case: Case) -> dict[str, Any] | None:
    if not case.pending:
        return None
    waiting = Approval.objects.as_system("of a case that one sees").filter(case=case, state="pending").first()
    return approval_out(waiting) if waiting else None


def approval_out(approval: Approval) -> dict[str, Any]:
    """An approval as it is sent, without its case."""
    return {
        "id": approval.uuid, "version": approval.version, "verb": approval.verb, "post": approval.post,
        "state": approval.state, "given": approval.given, "asked_by": approval.asked_by, "asked_at": approval.asked_at,
    }  # fmt: skip


def _related(case: Case) -> list[dict[str, Any]]:
    """Cases that were merged into this one, orders whose work it does, and the ones it went into."""
    into = {case.merged_into_id, case.joined_to_id} - {None}
    either = Q(merged_into=case) | Q(joined_to=case) | Q(pk__in=into)
    rows = Case.objects.as_system("what a case that one sees is tied to").filter(either)
    return [
        {"id": r.uuid, "number": r.number, "title": r.title, "state": r.state, "tie": _tie(case, r)}
        for r in rows.only("uuid", "number", "title", "state", "merged_into", "joined_to").order_by("id")[:50]
    ]


def _tie(case: Case, other: Case) -> str:
    if other.merged_into_id == case.pk:
        return "merged"
    if other.joined_to_id == case.pk:
        return "order"
    return "into" if other.pk == case.merged_into_id else "work"


def history_of(actor: Actor, case: Case) -> list[dict[str, Any]]:
    """The timeline from the journal with who acted; free text is masked unless the actor may read it. Four queries."""
    case.know_supporting()
    whole = reads_personal(actor, case)
    moments = timeline(case, lambda _, text: text if whole else mask_text(text))
    ids = {m.actor_id for m in moments if m.actor_kind == "person"} | {
        m.facts["person"] for m in moments if m.facts.get("person")
    }
    rows = Person.objects.as_system("who acted on a case that one sees").filter(uuid__in=ids)
    names = {str(uuid): (name, office) for uuid, name, office in rows.values_list("uuid", "name", "department__name")}
    offices = departments_by_id(m.facts.get("department") for m in moments)
    return [_moment(m, names, offices) for m in moments]


def _moment(moment: Moment, names: dict[str, tuple[str, str | None]], offices: dict[int, Department]) -> dict[str, Any]:
    name, office = names.get(moment.actor_id, ("", None))
    told = asdict(moment)
    department, person = offices.get(moment.facts.get("department") or 0), names.get(moment.facts.get("person") or "")
    known = {"department": department.name if department else None, "person": person[0] if person else None}
    told["names"] = {fact: words for fact, words in known.items() if words}
    told["actor"] = {"kind": moment.actor_kind, "id": moment.actor_id, "name": name, "department": office}
    return {k: v for k, v in told.items() if k not in ("actor_kind", "actor_id")}


def similar_to(actor: Actor, case: Case, limit: int = 10) -> list[tuple[Case, Likeness]]:
    """Cases that may be about the same thing, most alike first: near in place and time, by class and words."""
    window = around.standards().practice.similar
    metres, days = float(window["metres"]), float(window["days"])
    span = timedelta(days=days)
    rows = Case.objects.within(actor, "cases.read").filter(
        town_id=case.town_id, reported_at__gte=case.reported_at - span, reported_at__lte=case.reported_at + span
    )
    near = _near(case, metres)
    if near is None:
        return []
    mine = _sight(case)
    others = rows.filter(near).exclude(pk=case.pk).order_by("-reported_at")[:CANDIDATES]
    alike = [(other, likeness(mine, _sight(other), metres, days)) for other in others]
    return sorted((a for a in alike if a[1].score >= 0.35), key=lambda a: -a[1].score)[:limit]


def _near(case: Case, metres: float) -> Q | None:
    if case.point is None:
        return Q(facility_id=case.facility_id) if case.facility_id else None
    (lng, lat), reach = case.point, metres * DEGREES
    inside = Q(minx__range=(lng - 1.2 * reach, lng + 1.2 * reach), miny__range=(lat - reach, lat + reach))
    return inside | Q(facility_id=case.facility_id) if case.facility_id else inside


def _sight(case: Case) -> Sight:
    return Sight(case.class_code, case.point, case.reported_at, grams_of(case.title + case.text), case.facility_id)
