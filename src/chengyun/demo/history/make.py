"""Makes a town's history: two processes reckon stretches of a month, this one writes them in order and seals them."""

import logging
import multiprocessing
import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import connections

from chengyun.cases.classes import read_standards
from chengyun.cases.models import Part
from chengyun.demo.history.batch import Batch, Plan, make_batch
from chengyun.demo.history.life import PARTS_AT_MOST
from chengyun.demo.history.pictures import make_pictures
from chengyun.demo.history.reports import Report, draw_reports
from chengyun.demo.history.scene import read_scene
from chengyun.demo.history.weather import make_weather
from chengyun.demo.history.write import after_last_id, pass_given_ids, write_batch, written
from chengyun.kernel.calendar.queries import calendar_for, timetable_for
from chengyun.kernel.clock import local_day, now
from chengyun.kernel.delivery.sequencer import sequence
from chengyun.kernel.parent import watch_parent
from chengyun.places.models import Town

log = logging.getLogger(__name__)

MONTHS = 18
CASES = 100_000
PROCESSES = 2
SEALED_AT_ONCE = 20_000
Progress = Callable[[int, int, str], None]

_plan: list[Plan] = []  # what the reckoning processes inherit when they are forked


@dataclass(frozen=True)
class Extent:
    """How much history: cases, months back from now, and processes that reckon (0: this one does it all)."""

    cases: int = CASES
    months: float = MONTHS
    processes: int = PROCESSES


def make_history(town: Town, seed: int, progress: Progress, extent: Extent = Extent()) -> int:
    """Write the history of a town up to now; what an interrupted run has written stays. Returns how many cases."""
    plan = _planned(town, seed, extent)
    done = written(town.code)
    sizes = [len(stretch) for stretch in plan.stretches]
    finished = sum(sizes[:done])
    for batch in _made(plan, done, after_last_id(), extent.processes):
        write_batch(batch, town.code, town.id)
        finished += sizes[batch.number]
        progress(finished, sum(sizes), "cases")
    pass_given_ids()
    return finished


def seal(progress: Progress) -> int:
    """Give every entry of the journal its position and seal them. Returns how many."""
    total = 0
    while placed := sequence(SEALED_AT_ONCE):
        total += placed
        progress(total, 0, "journal")
    return total


def _planned(town: Town, seed: int, extent: Extent) -> Plan:
    moment = now()
    today = local_day(moment, settings.TIME_ZONE)
    standards = read_standards(settings.ENV.data)
    calendar = calendar_for(town.id)
    weather = make_weather(today - timedelta(days=round(extent.months * 30.44)), today, calendar, seed)
    reports = draw_reports(weather, extent.cases, settings.TIME_ZONE, seed)
    per_day = Counter(r.day for r in reports)
    usual = len(reports) / max(1, len(per_day))
    load = {day: min(2.5, max(0.7, number / usual)) for day, number in per_day.items()}
    scene = read_scene(town, standards.book, seed)
    timetable = timetable_for("office", town.id)
    part_base = after_last_id(Part) - PARTS_AT_MOST * after_last_id()
    pictures = make_pictures(seed)
    months = _by_month(reports)
    return Plan(scene, standards, calendar, timetable, moment, seed, pictures, load, months, part_base)


def _by_month(reports: Sequence[Report]) -> list[list[Report]]:
    """Stretches of whole days: a day's numbers are given within one stretch."""
    stretches: dict[date, list[Report]] = {}
    for report in reports:
        stretches.setdefault(report.day.replace(day=1 + 15 * (report.day.day > 15)), []).append(report)
    return [stretches[start] for start in sorted(stretches)]


def _made(plan: Plan, done: int, first_id: int, processes: int) -> Iterator[Batch]:
    """The batches from number `done` on, in order; never more than three are reckoned ahead of the writing."""
    firsts = {}
    for number in range(done, len(plan.stretches)):
        firsts[number] = first_id
        first_id += len(plan.stretches[number])
    made = 0
    if processes:
        _plan[:] = [plan]
        connections.close_all()  # a database connection must not be shared with a forked process
        try:
            for batch in _reckoned(firsts, processes):
                yield batch
                made += 1
        except BrokenProcessPool:
            log.warning("a process that reckoned history was killed: this one goes on alone")
        _plan.clear()
    yield from (make_batch(plan, number, first, {}) for number, first in list(firsts.items())[made:])


@contextmanager
def helpers(processes: int) -> Iterator[ProcessPoolExecutor]:
    """Processes that reckon for this one. They end with it, however it ends, and at once if it is interrupted."""
    fork = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(processes, fork, initializer=_help, initargs=(os.getpid(),)) as pool:
        try:
            yield pool
        except BaseException:
            for child in multiprocessing.active_children():
                child.terminate()
            raise


def _help(parent: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one that started us
    watch_parent(parent)


def _reckoned(firsts: Mapping[int, int], processes: int) -> Iterator[Batch]:
    """Batches from several processes, in order."""
    with helpers(processes) as pool:
        waiting: list[Future[Batch]] = []
        for number, first in firsts.items():
            waiting.append(pool.submit(_reckon, number, first))
            if len(waiting) > processes:
                yield waiting.pop(0).result()
        for future in waiting:
            yield future.result()


def _reckon(number: int, first_id: int) -> Batch:
    return make_batch(_plan[0], number, first_id, {})
