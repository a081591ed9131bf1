"""Making the row of a new case out of a draft."""

import json
import re
from datetime import datetime
from typing import Any

import shapely
from django.utils.crypto import salted_hmac

from chengyun.cases import around, events
from chengyun.cases.actions.asking import by
from chengyun.cases.actions.carrying import CLOCK_SKEW, bounded
from chengyun.cases.actions.drafts import Draft, Reporting
from chengyun.cases.around import Place
from chengyun.cases.models import Case, Reporter
from chengyun.cases.models.case import Channel
from chengyun.cases.rules.given import IMPORTED_TEXT_LIMIT, TEXT_LIMIT
from chengyun.cases.rules.steps import Ask
from chengyun.cases.rules.words import case_number, title_of, without_personal_data
from chengyun.kernel.access import Where, scope_of
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.flow import Verb
from chengyun.kernel.ids import new_uuid, take_number
from chengyun.kernel.journal.record import keep_private, stream_of
from chengyun.kernel.refusal import Conflict, Invalid
from chengyun.places.models import Facility, Town

REPORT = Verb("report", (), "reported", "cases.report")
_PHONE = re.compile(r"[+\d][\d -]{4,19}")
_LONG = frozenset({Channel.IMPORT, Channel.HOTLINE, Channel.DISTRICT})


def plate_of(draft: Draft) -> Facility | None:
    """The facility that the plate stands on. Raises Invalid for a plate of nothing here."""
    if not draft.plate:
        return None
    facility = around.facility_by(draft.plate)
    if facility is None or facility.town_id != draft.town:
        raise Invalid("cases.no_plate", f"plate: nothing here has the plate {draft.plate}", field="plate")
    return facility


def where_to_report(draft: Draft, place: Place, actor: Actor) -> Where:
    """Reporting is asked for in the town, not in the grid: who sees something beyond the border of his grid says so.

    Raises Invalid for a point outside of the town.
    """
    if draft.point is not None and not place.spot.inside:
        raise Invalid("cases.outside_town", "point: lies outside of this town", field="point")
    scope = scope_of(actor, "cases.report")
    home = getattr(actor, "town_id", None)
    anywhere = scope.areas | {area for _, area in scope.bounded}
    own = anywhere if home in (None, draft.town) else frozenset[int]()
    departments = scope.departments if home == draft.town else frozenset[int]()
    return Where(town=draft.town, areas=place.spot.areas | own, departments=departments)


def already_there(draft: Draft) -> Case | None:
    """What came before under the same external number or from the same device's record."""
    rows = Case.objects.as_system("the same report sent twice is one case")
    if draft.external_id:
        found: Case | None = rows.filter(town_id=draft.town, source=draft.source, external_id=draft.external_id).first()
        return found
    if draft.uuid is None:
        return None
    same: Case | None = rows.filter(uuid=draft.uuid).first()
    if same is not None and (draft.reporter is None or str(draft.reporter.ref) not in same.reporters):
        raise Conflict("cases.uuid_taken", "id: belongs to another case", field="id")
    return same


def asking(draft: Draft, actor: Actor) -> Ask:
    """The frame of a report: who, when, under which standards. Raises Invalid for what does not fit."""
    moment, standards = now(), around.standards()
    limit = IMPORTED_TEXT_LIMIT if draft.channel in _LONG else TEXT_LIMIT
    if not draft.text.strip():
        raise Invalid(
            "cases.text_missing", f"text is empty: say what is wrong, in 1 to {limit:,} characters", field="text",
            params={"limit": limit},
        )  # fmt: skip
    if len(draft.text) > limit:
        raise Invalid(
            "cases.text_long", f"text has {len(draft.text):,} characters; at most {limit:,} are taken", field="text",
            params={"limit": limit},
        )  # fmt: skip
    if draft.channel not in Channel.values:
        raise Invalid("cases.channel_unknown", f"channel: one of {', '.join(Channel.values)}", field="channel")
    if draft.class_code and draft.class_code not in standards.book.classes:
        raise Invalid("cases.class_unknown", f"class: there is no class {draft.class_code}", field="class")
    if draft.reporter and draft.reporter.phone and not _PHONE.fullmatch(draft.reporter.phone.strip()):
        raise Invalid("cases.phone_wrong", "phone: digits, 5 to 20 of them", field="phone")
    return Ask(REPORT, {}, by(actor), moment, around.today(moment), standards)


def new_case(draft: Draft, place: Place, plate: Facility | None, ask: Ask) -> Case:
    """The row of the case, not saved and without its number."""
    kind = ask.standards.book.classes.get(draft.class_code)
    reported_at = _reported_at(draft, ask.moment)
    name = draft.reporter.name if draft.reporter else ""
    case = Case(
        uuid=draft.uuid or new_uuid(), town_id=draft.town, channel=draft.channel, class_code=draft.class_code,
        title=title_of(without_personal_data(draft.text, name), without_personal_data(draft.title, name)),
        text=draft.text.strip(), priority=draft.priority or (kind.priority if kind else "normal"),
        state="ordered" if draft.order else "reported", confidential=draft.confidential,
        is_order=bool(draft.order), source=draft.source, external_id=draft.external_id,
        upper_kind=draft.order.get("kind", ""), upper_due_at=draft.order.get("due_at"),
        reporter_id=draft.reporter.ref if draft.reporter else None, facility_id=plate.pk if plate else None,
        thumb=draft.photos[0] if draft.photos else None, also_reported=[], handlers=[],
        routing={"origin": dict(draft.origin)} if draft.origin else {},
        reported_at=reported_at, received_at=ask.moment, local_day=around.today(reported_at),
    )  # fmt: skip
    around.settle_place(case, place, shapely.Point(place.point) if place.point else None)
    return case


def _reported_at(draft: Draft, moment: datetime) -> datetime:
    """When it was said: now, unless it comes from elsewhere with its own time. Never later than now."""
    said = bounded(draft.reported_at, moment)
    if draft.reported_at is not None and draft.reported_at > moment + CLOCK_SKEW:
        raise Invalid("cases.reported_later", "reported_at: lies in the future", field="reported_at")
    return said or moment


def next_number(case: Case) -> str:
    """The number of a case; call last in the transaction."""
    code = Town.objects.as_system("the code in a case's number").values_list("code", flat=True).get(pk=case.town_id)
    day = around.today(case.received_at)
    return case_number(code, day, take_number(f"case:{case.town_id}:{day:%Y%m%d}"))


def keep_reporter(case: Case, reporter: Reporting, channel: str) -> None:
    """Keep who reported: references on the case, personal data apart."""
    said = personal(reporter)
    kept = keep_private(stream_of(case), said, now()) if said else {}
    Reporter.objects.create(
        case=case, ref=reporter.ref, kind=reporter.kind, channel=channel, reported_at=now(),
        private_id=kept["reporter"]["id"] if kept else None,
        code=code_hash(case, reporter.code) if reporter.code else "",
    )  # fmt: skip


def personal(reporter: Reporting) -> dict[str, str]:
    """The personal data of who reports, as it is kept in Private."""
    data = {"name": reporter.name.strip(), "phone": reporter.phone.strip()}
    return {"reporter": json.dumps(data, ensure_ascii=False)} if any(data.values()) else {}


def code_hash(case: Case, code: str) -> str:
    """The code of a receipt as it is kept: nobody reads it back from the table."""
    return salted_hmac("cases.receipt", f"{case.uuid}:{code.strip().upper()}", algorithm="sha256").hexdigest()


def reported(case: Case, draft: Draft, clocks: tuple[events.ClockFact, ...]) -> Any:
    """The event of a new case."""
    return events.Reported(
        number=case.number, channel=case.channel, class_code=case.class_code, priority=case.priority, state=case.state,
        is_order=case.is_order, source=case.source, external_id=case.external_id, upper_kind=case.upper_kind,
        reporter=str(case.reporter_id) if case.reporter_id else None, point=case.point, grid=case.grid_id,
        community=case.community_id, facility=case.facility_id, clocks=clocks,
        captured_at=bounded(draft.captured_at, case.received_at), photos=tuple(draft.photos),
    )  # fmt: skip
