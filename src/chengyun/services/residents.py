"""What a resident does: report, say "me too", follow by number and code, rate, ask again. All through cases.actions."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from chengyun.cases import actions, around
from chengyun.cases.actions import Draft, Reporting
from chengyun.cases.actions.building import code_hash
from chengyun.cases.models import Attachment, Case, Reporter
from chengyun.cases.queries.details import DEGREES
from chengyun.kernel.actor import Resident
from chengyun.kernel.clock import now
from chengyun.kernel.files.actions import store
from chengyun.kernel.files.models import File
from chengyun.kernel.ids import new_uuid
from chengyun.kernel.journal.timeline import Moment, timeline
from chengyun.kernel.refusal import Invalid, NotFound
from chengyun.places.models import Facility
from chengyun.places.queries import only_town

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXY"  # no letter that is taken for another
PHOTOS = 3
NEAR = 60  # metres: what was reported here already
RECENT = timedelta(days=14)
ANSWERS = ("cases.closed", "cases.answered", "cases.replied", "cases.rejected", "cases.not_filed", "cases.settled")


@dataclass(frozen=True)
class Told:
    """What a visitor filled in."""

    text: str
    class_code: str = ""
    address: str = ""
    point: tuple[float, float] | None = None
    name: str = ""
    phone: str = ""
    photos: Sequence[Any] = ()  # of UploadedFile


@dataclass(frozen=True)
class Receipt:
    """The case and the code by which whoever reported it may follow it."""

    case: Case
    code: str


def report(told: Told, plate: Facility | None) -> Receipt:
    """Report as somebody without an account. Raises Invalid naming the field."""
    if len(told.photos) > PHOTOS:
        raise Invalid("services.photos", f"photos: at most {PHOTOS}", field="photos")
    who = Resident(str(new_uuid()))
    code = new_code()
    files = [store(photo, actor=who, purpose="photo") for photo in told.photos]
    draft = Draft(
        town=plate.town_id if plate else only_town().pk, channel="resident",
        text=told.text or _said_by(told.class_code),
        class_code=told.class_code, plate=plate.plate if plate else "", address=told.address,
        point=told.point or (None if plate else _from_photos(files)), photos=[str(f.uuid) for f in files],
        reporter=Reporting(new_uuid_of(who), "resident", told.name, told.phone, code), captured_at=_taken(files),
    )  # fmt: skip
    return Receipt(actions.report(draft, actor=who), code)


def _said_by(code: str) -> str:
    """Whoever only ticks what kind of problem it is has said it."""
    kind = around.standards().book.classes.get(code)
    return kind.zh if kind else ""


def me_too(case: Case) -> Receipt:
    """One more who has the same problem, and is told how it ends."""
    who, code = Resident(str(new_uuid())), new_code()
    reporter = Reporting(new_uuid_of(who), "resident", code=code)
    return Receipt(actions.report_again(case, actor=who, reporter=reporter, channel="resident"), code)


def new_uuid_of(who: Resident) -> Any:
    """The reference of a resident as the reporter's."""
    return Reporter._meta.get_field("ref").to_python(who.ref)


def new_code() -> str:
    """A code for a receipt."""
    return "".join(secrets.choice(ALPHABET) for _ in range(6))


def _from_photos(files: Sequence[File]) -> tuple[float, float] | None:
    return next((f.position for f in files if f.position), None)


def _taken(files: Sequence[File]) -> datetime | None:
    return next((f.taken_at for f in files if f.taken_at), None)


@dataclass(frozen=True)
class Followed:
    """A case as whoever reported it sees it; `who` acts in the name of the receipt."""

    case: Case
    lead: Case
    who: Resident


def follow(number: str, code: str) -> Followed:
    """The case of a receipt. Raises NotFound, alike for a wrong number and a wrong code."""
    rows = Case.objects.as_system("by the number and the code of a receipt").select_related("merged_into")
    case: Case | None = rows.filter(number=number.strip().upper()).first()
    said = code_hash(case, code) if case else ""
    row = Reporter.objects.filter(case=case, code=said).first() if case else None
    if case is None or row is None:
        raise NotFound("services.no_receipt", "the number or the code is not right")
    return Followed(case, case.merged_into or case, Resident(str(row.ref)))


def rate(followed: Followed, *, solved: bool, satisfied: int) -> None:
    """Say whether it is solved, and how satisfied one is."""
    given = {"solved": solved, "satisfied": satisfied}
    actions.take(followed.case, "rate", actor=followed.who, expected=followed.case.version, given=given)


def ask_again(followed: Followed, reason: str) -> None:
    """Ask for the case to be handled again, within the window."""
    actions.take(followed.case, "reopen", actor=followed.who, expected=followed.case.version, given={"reason": reason})


def may_rate(followed: Followed) -> bool:
    return followed.case.state == "closed" and not followed.case.is_order


def may_ask_again(followed: Followed) -> bool:
    """Whether the window for asking again is open."""
    case, days = followed.case, around.standards().practice.reopen_days
    closed = case.state in ("closed", "rated") and case.closed_at is not None and not case.is_order
    return closed and case.closed_at is not None and now() <= case.closed_at + timedelta(days=days)


def result_of(followed: Followed) -> str:
    """What the office says of the result: the last answer that there is."""
    moments: list[Moment] = timeline(followed.lead, lambda _, text: text)
    for moment in reversed(moments):
        if moment.event in ANSWERS:
            said = moment.texts.get("text") or moment.texts.get("reason")
            if said:
                return said
    return ""


def photos_after(followed: Followed) -> list[str]:
    """The pictures of the result, once it is closed."""
    if followed.lead.is_open:
        return []
    rows = Attachment.objects.filter(case=followed.lead, role="after").order_by("id")
    return [str(file) for file in rows.values_list("file", flat=True)]


def open_here(plate: Facility) -> list[Case]:
    """What is open at a plate already: shown by class and day, never by its text."""
    rows = Case.objects.as_system("what was reported at a plate, without texts").filter(
        town_id=plate.town_id, is_open=True, confidential=False, is_order=False, reported_at__gte=now() - RECENT
    )
    middle = plate.geometry.representative_point() if plate.geometry is not None else None
    here = Q(facility_id=plate.pk)
    if middle is not None:
        reach = NEAR * DEGREES
        west, east, south, north = middle.x - reach, middle.x + reach, middle.y - reach, middle.y + reach
        near = Q(minx__range=(west, east), miny__range=(south, north))
        here |= near & Q(class_code__in=[c.code for c in around.standards().book.of_facility(plate.category.code)])
    return list(rows.filter(here).order_by("-reported_at")[:5])
