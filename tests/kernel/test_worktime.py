"""Due times under the Chinese calendar: the cases that other systems get wrong, and a slow reference for the rest."""

import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import chinese_calendar
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengyun.kernel.worktime import (
    OFFICE,
    ROUND_THE_CLOCK,
    DayKind,
    DayNote,
    End,
    Limit,
    Start,
    Timetable,
    Unit,
    WorkCalendar,
    due_at,
    due_many,
    elapsed,
    resume,
    statutory_calendar,
)
from chengyun.kernel.worktime.days import notes_of_year

SHANGHAI = ZoneInfo("Asia/Shanghai")
CALENDAR = statutory_calendar()

# Filed, limit in working days, the day it falls due. The first four are where weekday arithmetic is wrong.
VECTORS = [
    ("2026-09-30 10:00", 3, "2026-10-10"),
    ("2026-02-13 16:00", 1, "2026-02-14"),
    ("2026-02-14 09:00", 1, "2026-02-24"),
    ("2026-11-21 07:00", 1, "2026-11-23"),
    ("2026-11-23 07:00", 1, "2026-11-24"),
    ("2026-04-30 17:00", 5, "2026-05-11"),
]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(("filed", "days", "due"), VECTORS)
def test_the_published_vectors_hold_from_the_moment_to_the_same_clock_time(filed: str, days: int, due: str) -> None:
    limit = Limit(days, Unit.WORK_DAYS, Start.MOMENT, End.SAME_TIME)
    assert due_at(at(filed), limit, CALENDAR).at == at(f"{due} {filed[11:]}")


@pytest.mark.parametrize(("filed", "days", "due"), VECTORS)
def test_the_published_vectors_hold_from_the_next_working_day_to_close_of_office(
    filed: str, days: int, due: str
) -> None:
    assert due_at(at(filed), Limit(days), CALENDAR).at == at(f"{due} 17:30")


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_every_day_of_the_published_years_agrees_with_an_independent_calendar(year: int) -> None:
    days = [date(year, 1, 1) + timedelta(n) for n in range(366)]
    days = [day for day in days if day.year == year]
    assert [day for day in days if CALENDAR.is_workday(day) != chinese_calendar.is_workday(day)] == []


@pytest.mark.parametrize("year", [2025, 2026, 2027])
def test_the_index_of_days_says_the_same_as_asking_day_by_day(year: int) -> None:
    days = [date(year, 1, 1) + timedelta(n) for n in range(365)]
    start = (days[0] - date(2000, 1, 1)).days
    assert CALENDAR.workdays[start : start + 365].tolist() == [CALENDAR.is_workday(day) for day in days]


def test_a_day_ends_at_midnight_where_the_rule_says_so() -> None:
    limit = Limit(1, Unit.WORK_DAYS, Start.NEXT_WORKING_DAY, End.MIDNIGHT)
    assert due_at(at("2026-11-20 10:00"), limit, CALENDAR).at == at("2026-11-24 00:00")


@pytest.mark.parametrize(
    ("begun", "hours", "due"),
    [
        ("2026-11-20 10:30", 1.0, "2026-11-20 11:30"),  # used up at the very start of lunch
        ("2026-11-20 10:30", 2.0, "2026-11-20 14:00"),  # over lunch
        ("2026-11-20 16:30", 2.0, "2026-11-23 09:30"),  # over a weekend
        ("2026-11-20 20:00", 0.5, "2026-11-23 09:00"),  # from after hours
        ("2026-09-30 17:00", 5.0, "2026-10-08 14:30"),  # over the National Day
        ("2026-02-13 17:00", 1.0, "2026-02-14 09:00"),  # into a make-up Saturday
    ],
)
def test_working_hours_count_inside_office_hours(begun: str, hours: float, due: str) -> None:
    assert due_at(at(begun), Limit.hours(hours), CALENDAR).at == at(due)


def test_hours_from_the_next_working_day_begin_when_the_office_opens() -> None:
    limit = Limit(2, Unit.WORK_HOURS, Start.NEXT_WORKING_DAY, End.SAME_TIME)
    assert due_at(at("2026-11-20 10:00"), limit, CALENDAR).at == at("2026-11-23 10:30")


def test_hours_may_end_at_the_close_of_office_or_at_midnight() -> None:
    until_close = Limit(2, Unit.WORK_HOURS, Start.MOMENT, End.CLOSE_OF_OFFICE)
    until_midnight = Limit(24, Unit.CLOCK_HOURS, Start.MOMENT, End.MIDNIGHT)
    assert due_at(at("2026-11-20 09:00"), until_close, CALENDAR).at == at("2026-11-20 17:30")
    assert due_at(at("2026-11-20 09:00"), until_midnight, CALENDAR).at == at("2026-11-22 00:00")


def test_clock_hours_ignore_the_calendar() -> None:
    due = due_at(at("2026-12-31 22:00"), Limit.hours(4, Unit.CLOCK_HOURS), CALENDAR)
    assert (due.at, due.provisional) == (at("2027-01-01 02:00"), False)


def test_clock_hours_until_close_of_office_end_on_a_day_with_an_office() -> None:
    limit = Limit(3, Unit.CLOCK_HOURS, Start.MOMENT, End.CLOSE_OF_OFFICE)
    assert due_at(at("2026-11-20 16:00"), limit, CALENDAR).at == at("2026-11-23 17:30")


def test_round_the_clock_work_hours_are_clock_hours() -> None:
    due = due_at(at("2026-12-31 22:00"), Limit.hours(30), CALENDAR, ROUND_THE_CLOCK)
    assert (due.at, due.provisional) == (at("2027-01-02 04:00"), False)


def test_what_falls_due_over_a_year_without_a_notice_is_provisional_until_the_notice_comes() -> None:
    filed = at("2026-12-30 10:00")
    before = due_at(filed, Limit(3), CALENDAR)
    assert (before.at, before.provisional) == (at("2027-01-05 17:30"), True)  # 1 January rests by law in any year
    notice = {
        "year": 2027,
        "holidays": [{"name": "元旦", "from": "2027-01-01", "to": "2027-01-03"}],
        "workdays": [{"name": "元旦", "day": "2027-01-10"}],
    }
    known = WorkCalendar({**CALENDAR.notes, **notes_of_year(notice)}, CALENDAR.published | {2027}, version=1)
    assert not due_at(filed, Limit(3), known).provisional
    assert not due_at(at("2026-12-28 10:00"), Limit(3), CALENDAR).provisional


def test_working_days_are_provisional_even_round_the_clock() -> None:
    assert due_at(at("2026-12-30 10:00"), Limit(3), CALENDAR, ROUND_THE_CLOCK).provisional


def test_due_at_the_last_midnight_of_a_published_year_is_not_provisional() -> None:
    limit = Limit(1, Unit.WORK_DAYS, Start.MOMENT, End.MIDNIGHT)
    due = due_at(at("2026-12-30 10:00"), limit, CALENDAR)
    assert (due.at, due.provisional) == (at("2027-01-01 00:00"), False)


def test_an_office_open_on_saturdays_counts_them_but_not_statutory_ones() -> None:
    saturdays = Timetable.of(["09:00-17:00"], [["09:00-17:00"]] * 5 + [["09:00-12:00"], []])
    assert due_at(at("2026-11-20 16:00"), Limit.hours(2), CALENDAR, saturdays).at == at("2026-11-21 10:00")
    assert due_at(at("2026-09-30 16:00"), Limit.hours(2), CALENDAR, saturdays).at == at("2026-10-08 10:00")


def test_a_stopped_clock_gets_back_the_working_time_it_stood() -> None:
    hours = Limit.hours(5)
    due = due_at(at("2026-11-20 10:00"), hours, CALENDAR).at
    assert due == at("2026-11-20 16:30")
    assert resume(due, at("2026-11-20 11:00"), at("2026-11-23 09:00"), hours, CALENDAR).at == at("2026-11-23 14:30")


def test_a_stopped_clock_in_working_days_moves_by_whole_working_days_and_keeps_its_time() -> None:
    due = due_at(at("2026-09-28 10:00"), Limit(2), CALENDAR).at
    again = resume(due, at("2026-09-29 09:00"), at("2026-10-09 15:00"), Limit(2), CALENDAR).at
    assert (due, again) == (at("2026-09-30 17:30"), at("2026-10-10 17:30"))


def test_a_stopped_clock_that_ends_at_midnight_still_does() -> None:
    limit = Limit(1, Unit.WORK_DAYS, Start.NEXT_WORKING_DAY, End.MIDNIGHT)
    due = due_at(at("2026-11-19 10:00"), limit, CALENDAR).at
    assert resume(due, at("2026-11-20 09:00"), at("2026-11-23 09:00"), limit, CALENDAR).at == at("2026-11-24 00:00")


def test_a_clock_goes_on_after_it_was_stopped() -> None:
    with pytest.raises(ValueError, match="after it was stopped"):
        resume(at("2026-11-20 10:00"), at("2026-11-20 10:00"), at("2026-11-20 09:00"), Limit(1), CALENDAR)


@pytest.mark.parametrize("amount", [0, -1, 2.5, 10_000])
def test_an_impossible_number_of_working_days_is_refused(amount: float) -> None:
    with pytest.raises(ValueError, match=r"limit|whole"):
        Limit(amount)


@pytest.mark.parametrize("text", ["8:30-11:30", "08:30-25:00", "11:30-08:30", "08:75-09:00", ""])
def test_an_impossible_span_of_office_hours_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="office hours"):
        Timetable.of([text])


def test_overlapping_office_hours_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        Timetable.of(["08:30-12:00", "11:30-17:30"])


def test_a_timetable_and_a_limit_survive_their_plain_form() -> None:
    assert Timetable.from_json(OFFICE.to_json()) == OFFICE
    assert Timetable.from_json(ROUND_THE_CLOCK.to_json()) == ROUND_THE_CLOCK
    assert Limit.from_json(Limit(3).to_json()) == Limit(3)
    assert Limit.from_json({"amount": 4, "unit": "work_hours"}) == Limit.hours(4)


def test_a_zone_with_summer_time_is_refused() -> None:
    with pytest.raises(ValueError, match="changes its clock"):
        WorkCalendar({}, frozenset(), "Europe/Berlin")


def test_a_moment_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="zone"):
        due_at(datetime(2026, 11, 20), Limit(1), CALENDAR)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("field", "entry", "words"),
    [
        ("workdays", {"name": "元旦", "day": "2026-01-01"}, "named twice"),
        ("workdays", {"name": "元旦", "day": "2026-01-07"}, "not a Saturday"),
        ("holidays", {"name": "元旦", "from": "2025-12-31", "to": "2025-12-31"}, "not a day of 2026"),
        ("holidays", {"name": "元旦", "from": "2026-03-02", "to": "2026-03-01"}, "no span"),
    ],
)
def test_a_notice_that_contradicts_itself_is_refused(field: str, entry: dict[str, str], words: str) -> None:
    notice = {"year": 2026, "holidays": [{"name": "元旦", "from": "2026-01-01", "to": "2026-01-01"}], "workdays": []}
    notice[field] = [*notice[field], entry]  # type: ignore[index]
    with pytest.raises(ValueError, match=words):
        notes_of_year(notice)


# --- against a reference that walks minute by minute, on calendars nobody would publish

SMALL = date(2026, 3, 2)


@st.composite
def calendars(draw: st.DrawFn) -> WorkCalendar:
    days = draw(st.lists(st.integers(0, 40), max_size=12, unique=True))
    notes = {}
    for offset in days:
        day = SMALL + timedelta(offset)
        weekend = day.weekday() >= 5
        notes[day] = DayNote(DayKind.WORKDAY if weekend and draw(st.booleans()) else DayKind.HOLIDAY, "节")
    return WorkCalendar(notes, frozenset({2026}))


spans = st.sampled_from([["08:30-11:30", "13:00-17:30"], ["09:00-17:00"], ["00:00-24:00"], ["10:00-10:30"]])
timetables = st.one_of(
    spans.map(Timetable.of),
    st.tuples(spans, st.lists(st.one_of(spans, st.just([])), min_size=7, max_size=7)).map(
        lambda pair: Timetable.of(pair[0], pair[1])
    ),
    st.just(ROUND_THE_CLOCK),
)
moments = st.integers(0, 12 * 24 * 60).map(lambda minutes: at("2026-03-02 00:00") + timedelta(minutes=minutes))


def is_worked(moment: datetime, calendar: WorkCalendar, timetable: Timetable) -> bool:
    """Whether the minute that begins at `moment` is worked: the definition, spelled out."""
    if timetable.always:
        return True
    note = calendar.note(moment.date())
    if note and note.kind is DayKind.HOLIDAY:
        return False
    hours = timetable.week[moment.weekday()]
    if note and note.kind is DayKind.WORKDAY and not hours:
        hours = timetable.ordinary
    minute = moment.hour * 60 + moment.minute
    return any(span.opens <= minute < span.closes for span in hours)


def slow_hours(start: datetime, minutes: int, calendar: WorkCalendar, timetable: Timetable) -> datetime | None:
    here = start
    for _ in range(60 * 24 * 60):
        worked = is_worked(here, calendar, timetable)
        here += timedelta(minutes=1)
        minutes -= worked
        if not minutes:
            return here
    return None


@settings(max_examples=60, deadline=None)
@given(moments, st.integers(1, 40 * 60), calendars(), timetables)
def test_due_times_in_working_hours_agree_with_counting_minutes(
    start: datetime, minutes: int, calendar: WorkCalendar, timetable: Timetable
) -> None:
    expected = slow_hours(start, minutes, calendar, timetable)
    if expected is not None:
        assert due_at(start, Limit.hours(minutes / 60), calendar, timetable).at == expected
        assert elapsed(start, expected, Unit.WORK_HOURS, calendar, timetable) == pytest.approx(minutes / 60)


@settings(max_examples=200, deadline=None)
@given(moments, st.integers(1, 15), calendars())
def test_due_times_in_working_days_agree_with_walking_days(start: datetime, days: int, calendar: WorkCalendar) -> None:
    day, left = start.date(), days
    while left:
        day += timedelta(1)
        left -= calendar.is_workday(day)
    due = due_at(start, Limit(days, Unit.WORK_DAYS, Start.MOMENT, End.SAME_TIME), calendar).at
    assert due == datetime.combine(day, start.timetz())
    assert elapsed(start, due, Unit.WORK_DAYS, calendar) == days


@settings(max_examples=100, deadline=None)
@given(moments, moments, moments, st.sampled_from(Unit), calendars(), timetables)
def test_spans_add_up(
    a: datetime, b: datetime, c: datetime, unit: Unit, calendar: WorkCalendar, timetable: Timetable
) -> None:
    whole = elapsed(a, c, unit, calendar, timetable)
    parts = elapsed(a, b, unit, calendar, timetable) + elapsed(b, c, unit, calendar, timetable)
    assert whole == pytest.approx(parts)


@settings(max_examples=100, deadline=None)
@given(moments, st.integers(0, 9), st.integers(0, 3 * 24 * 60), calendars())
def test_stopping_and_going_on_leaves_the_remaining_hours_as_they_were(
    start: datetime, after: int, stood: int, calendar: WorkCalendar
) -> None:
    limit = Limit.hours(12)
    due = due_at(start, limit, calendar).at
    stopped = due_at(start, Limit.hours(after + 1), calendar).at
    resumed = stopped + timedelta(minutes=stood)
    again = resume(due, stopped, resumed, limit, calendar).at
    assert elapsed(resumed, again, Unit.WORK_HOURS, calendar) == pytest.approx(12 - after - 1)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(moments, min_size=1, max_size=20),
    st.sampled_from([Limit(3), Limit.hours(5), Limit.hours(30, Unit.CLOCK_HOURS), Limit(9, Unit.WORK_HOURS)]),
    calendars(),
)
def test_many_due_times_are_the_same_as_one_by_one(
    starts: list[datetime], limit: Limit, calendar: WorkCalendar
) -> None:
    many = np.array([start.astimezone(UTC).replace(tzinfo=None) for start in starts], dtype="datetime64[us]")
    dues = due_many(many, limit, calendar)
    single = [due_at(start, limit, calendar) for start in starts]
    assert [d.astype(datetime).replace(tzinfo=UTC) for d in dues.at] == [d.at for d in single]
    assert dues.provisional.tolist() == [d.provisional for d in single]


@pytest.mark.parametrize("limit", [Limit(5), Limit.hours(7), Limit(7, Unit.WORK_HOURS)])
def test_a_hundred_thousand_due_times_take_less_than_a_second(limit: Limit) -> None:
    seconds = np.random.default_rng(1).integers(0, 600 * 86_400, 100_000)
    starts = np.datetime64("2025-01-01", "us") + seconds.astype("timedelta64[s]")
    begun = time.process_time()
    due_many(starts, limit, CALENDAR)
    assert time.process_time() - begun < 1
