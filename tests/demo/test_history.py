"""Bulk history is what the real flow would have left: same states, same clocks, a chain that holds, sealed."""

import json
import random
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from chengyun.accounts.models import Department, Grant, Holding, Person, Shift, Tenure
from chengyun.cases import actions
from chengyun.cases.actions import Draft
from chengyun.cases.flow_table import DONE_STATES, FLOW, OPEN_STATES, ORDER_FLOW, flow_of
from chengyun.cases.models import Attachment, Case, Clock, Part
from chengyun.cases.rules.clocks import Reckon
from chengyun.cases.rules.effects import EVENTS
from chengyun.demo.history.make import Extent, make_history
from chengyun.demo.history.tempo import SwiftReckon
from chengyun.demo.history.wording import matters, report_text
from chengyun.demo.people import DEMO, PASSWORD
from chengyun.demo.roster import fill_roster
from chengyun.demo.simulator import Simulator, pace, simulate
from chengyun.kernel.calendar.queries import calendar_for
from chengyun.kernel.clock import frozen, now
from chengyun.kernel.delivery.verify import verify_chain, verify_seals
from chengyun.kernel.files.models import File
from chengyun.kernel.journal.models import Entry
from chengyun.kernel.search import matches
from chengyun.kernel.worktime import OFFICE, Limit, statutory_calendar
from demo.conftest import CASES, Lived

pytestmark = [pytest.mark.db, pytest.mark.django_db]


def cases() -> list[Case]:
    return list(Case.objects.as_system("test").order_by("id"))


def test_there_are_as_many_cases_as_asked_for_and_progress_was_told(lived: Lived) -> None:
    assert CASES * 0.93 < len(cases()) <= CASES
    assert lived.heard[-1][0] == lived.heard[-1][1]


def test_what_is_written_is_not_written_again(lived: Lived) -> None:
    before = len(cases())
    make_history(lived.town, 5, lambda *_: None, Extent(CASES, 2, processes=0))
    assert len(cases()) == before


def test_every_state_is_what_the_entries_say(lived: Lived) -> None:
    last: dict[str, dict[str, object]] = {}
    for entry in Entry.objects.filter(stream__startswith="case:").order_by("id"):
        facts = json.loads(bytes(entry.facts))
        if "state" in facts:
            last[entry.subject] = facts
    for case in cases():
        assert last[str(case.uuid)]["state"] == case.state
        assert case.is_open == (case.state in OPEN_STATES)


def test_every_step_is_one_of_the_table_and_follows_from_the_one_before(lived: Lived) -> None:
    orders = {str(c.uuid): c.is_order for c in cases()}
    state: dict[str, str] = {}
    for entry in Entry.objects.filter(stream__startswith="case:").order_by("id"):
        facts = json.loads(bytes(entry.facts))
        if "before" in facts:
            assert facts["before"] == state[entry.subject]
            moves = flow_of(orders[entry.subject]).verbs.values()
            assert any(facts["before"] in v.sources and v.target in (facts["state"], "=") for v in moves)
        if "state" in facts:
            state[entry.subject] = str(facts["state"])


def test_the_entries_are_chained_sealed_and_marked_historic(lived: Lived) -> None:
    assert list(verify_chain()) == []
    assert list(verify_seals()) == []
    assert not Entry.objects.filter(stream__startswith="case:", historic=False).exists()
    assert not Entry.objects.filter(position=None).exists()


def test_entries_of_a_case_are_in_the_order_of_time(lived: Lived) -> None:
    before: dict[str, datetime] = {}
    for entry in Entry.objects.filter(stream__startswith="case:").order_by("stream", "number"):
        assert entry.happened_at >= before.get(entry.stream, entry.happened_at)
        before[entry.stream] = entry.happened_at


def test_clocks_are_reckoned_as_the_real_flow_reckons_them(lived: Lived) -> None:
    exact = Reckon(calendar_for(lived.town.id), OFFICE)
    rows = Clock.objects.filter(part=None, history=[], case__is_order=False).order_by("id")
    for clock in list(rows)[::7]:
        due = exact.due(clock.started_at, Limit.from_json(clock.limit))
        assert clock.due_at == due.at
        if clock.stopped_at and clock.on_time is not None:
            assert clock.on_time == ((clock.paused_at or clock.stopped_at) <= clock.due_at)


def test_nobody_verified_what_he_had_handled(lived: Lived) -> None:
    handled: dict[str, set[str]] = {}
    for entry in Entry.objects.filter(stream__startswith="case:").order_by("id"):
        if entry.event in {"cases.signed", "cases.answered", "cases.settled", "cases.started"}:
            handled.setdefault(entry.subject, set()).add(entry.actor_id)
        if entry.event == "cases.verified":
            assert entry.actor_id not in handled[entry.subject]


def test_the_figures_are_those_of_a_town(lived: Lived) -> None:
    every = cases()
    states = Counter(c.state for c in every)
    assert sum(states[s] for s in DONE_STATES) > 0.7 * len(every)
    assert len(states) >= 8
    assert 0.25 < sum(c.simple for c in every) / len(every) < 0.55
    judged = list(Clock.objects.filter(stage="handle").exclude(on_time=None).values_list("on_time", flat=True))
    assert 0.85 < sum(judged) / len(judged) < 0.99
    assert any(c.is_order for c in every)
    assert any(c.round > 1 for c in every)


def test_cases_lie_in_areas_and_orders_have_numbers(lived: Lived) -> None:
    for case in cases():
        assert case.grid_id is not None
        assert case.address
        assert not case.is_order or case.external_id
        assert case.number.startswith(f"{lived.town.code}-{case.local_day:%Y%m%d}-")
    assert len({c.number for c in cases()}) == len(cases())


def test_evidence_lies_in_the_storage_and_belongs_to_its_case(lived: Lived) -> None:
    attached = Attachment.objects.select_related("case").order_by("id")[:200]
    files = {f.uuid: f for f in File.objects.as_system("test").filter(uuid__in=[a.file for a in attached])}
    for one in attached:
        assert files[one.file].owner == one.case.uuid


def test_a_case_at_a_department_has_one_lead_part_there(lived: Lived) -> None:
    parts = {p.case_id: p for p in Part.objects.filter(ended_at=None, lead=True)}
    at_work = [c for c in cases() if c.state in {"dispatched", "signed", "handling", "answered"}]
    assert at_work
    for case in at_work:
        assert parts[case.pk].department_id == case.department_id


def test_joint_handling_leaves_parts_with_their_own_clocks(lived: Lived) -> None:
    helping = list(Part.objects.filter(lead=False).select_related("case"))
    assert helping
    for part in helping:
        assert part.clocks.filter(stage="part").count() == 1
        assert part.department_id != part.case.department_id or not part.case.is_open
    open_parts = Counter(p.case_id for p in helping if p.ended_at is None)
    assert all(c.open_parts == open_parts[c.pk] for c in cases())


def test_cases_are_found_by_their_words(lived: Lived) -> None:
    case = cases()[3]
    assert case.uuid in set(matches("case", case.address[:3]))


def test_a_new_report_goes_on_with_the_numbers(lived: Lived) -> None:
    office = Department.objects.as_system("test").filter(code="operations").first()
    person = Person.objects.as_system("test").get(login="operator")
    assert person.department_id == office.id
    before = {c.number for c in cases()}
    spot = cases()[0]
    draft = Draft(lived.town.id, "路灯不亮", "desk", class_code="P0109", point=(spot.minx, spot.miny))
    made = actions.report(draft, actor=person)
    assert made.number not in before


def test_there_is_one_login_for_each_role_and_every_grid_has_a_holder(lived: Lived) -> None:
    roles = {g.role.code for g in Grant.objects.as_system("test").select_related("role")}
    assert {login.role for login in lived.logins} == roles
    assert Person.objects.as_system("test").get(login="operator").check_password(PASSWORD)
    held = Holding.objects.as_system("test").filter(duty="holder", area__level__role="grid").count()
    assert held == 11


@pytest.mark.parametrize("later", ["2026-09-30T16:30", "2026-10-01T03:10", "2026-10-03T11:00", "2026-10-12T14:00"])
def test_a_simulator_reports_and_works_through_real_actions(lived: Lived, later: str) -> None:
    """In office hours, at night, on a holiday, on the Monday after the make-up workday."""
    before, written = len(cases()), Entry.objects.count()
    with frozen(datetime.fromisoformat(f"{later}:00+08:00")):
        simulator = Simulator(lived.town, random.Random(3))
        for number in range(60):
            simulator.act(1.0 if number < 8 else 0.0)
    assert len(cases()) > before
    assert Entry.objects.count() > written + 30
    assert not [what for what in simulator.tally if what.startswith("refused")]
    assert list(verify_chain()) == []


def test_nobody_took_a_step_that_his_role_does_not_permit(lived: Lived) -> None:
    steps = {v.name: v.may for flow in (FLOW, ORDER_FLOW) for v in flow.verbs.values()}
    asked: dict[str, set[str]] = {}
    for verb, permission in steps.items():
        asked.setdefault(EVENTS[verb][0].event_name, set()).add(permission)
    held = permissions_of_people()
    for entry in Entry.objects.filter(stream__startswith="case:", actor_kind="person"):
        facts = json.loads(bytes(entry.facts))
        needed = {steps[facts["verb"]]} if entry.event == "cases.approval_asked" else asked.get(entry.event, set())
        assert not needed or needed & held[entry.actor_id], (entry.event, facts)


def permissions_of_people() -> dict[str, set[str]]:
    """What the roles of each person's posts permit, wherever."""
    of_post: dict[int, set[str]] = defaultdict(set)
    for grant in Grant.objects.as_system("test").select_related("role"):
        of_post[grant.post_id] |= set(grant.role.permissions)
    held: dict[str, set[str]] = defaultdict(set)
    for tenure in Tenure.objects.as_system("test").select_related("person"):
        held[tenure.person.actor_id] |= of_post[tenure.post_id]
    return held


def test_the_simulator_ends_at_the_moment_that_it_is_given(lived: Lived) -> None:
    assert not simulate(1_000, until=now() - timedelta(seconds=1), seed=1)


def test_texts_are_varied() -> None:
    luck = random.Random(1)
    texts = {report_text(m, "hotline", "云岸大道8号", luck) for m in matters().values() for _ in range(20)}
    assert len(texts) > 0.8 * 20 * len(matters())
    assert not [t for t in texts if "{" in t or "。。" in t]


def test_fast_due_times_are_the_exact_ones() -> None:
    calendar = statutory_calendar()
    swift, exact = SwiftReckon(calendar, OFFICE), Reckon(calendar, OFFICE)
    luck = random.Random(2)
    limits = [
        Limit(3), Limit(1), Limit.hours(4), Limit.hours(2, "clock_hours"), Limit(2, "work_days", "moment", "same_time"),
        Limit(5, "work_days", "next_working_day", "midnight"),
    ]  # fmt: skip
    for _ in range(400):
        start = datetime(2025, 6, 1, tzinfo=UTC) + timedelta(seconds=luck.randrange(500 * 86_400))
        limit = luck.choice(limits)
        assert swift.due(start, limit) == exact.due(start, limit)


def test_speed_multiplies_events_and_work_grows_with_what_is_open() -> None:
    share, per_second = pace(1, 900)
    assert pace(10, 900) == (pytest.approx(share), pytest.approx(10 * per_second))
    assert pace(1, 3_000)[1] > per_second


def test_somebody_is_on_duty_at_every_hour_of_the_weeks_to_come(lived: Lived) -> None:
    fill_roster(lived.town, actor=DEMO)
    shifts = Shift.objects.as_system("the roster of the demo").filter(town=lived.town)
    for duty in ("duty_officer", "leader"):
        turns = list(shifts.filter(duty=duty).order_by("starts_at"))
        assert all(turn.person is not None for turn in turns)
        assert all(one.ends_at == after.starts_at for one, after in pairwise(turns))
        assert turns[-1].ends_at - turns[0].starts_at == timedelta(days=28)
        assert turns[0].starts_at.hour == 0, "eight in the morning, in the world's time"
