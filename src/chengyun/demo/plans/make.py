"""Makes the year: through the real actions, with the clock held at the days of the play, recorded as history."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from django.db import transaction

from chengyun.demo.plans import watch, work
from chengyun.demo.plans.cast import at, set_stage
from chengyun.demo.plans.laying import lay
from chengyun.demo.plans.papers import Paper, papers
from chengyun.demo.plans.play import Play
from chengyun.kernel.clock import frozen, now
from chengyun.kernel.journal.record import as_history
from chengyun.places.models import Town
from chengyun.plans import actions, around
from chengyun.plans.models import Alignment, Document
from chengyun.plans.rules.reporting import end_of

Progress = Callable[[int, int, str], None]
AGREED = 13  # days from a document's issue until its tasks are live
SERVES = {"points": ("三年行动计划",), "table": ("三年行动计划",)}
"""Which documents stand above another, by words of their titles."""
SURE = 0.5
INTO_A_YEAR = 45  # so many days into a year it becomes the running one


def make_plans(town: Town, seed: int, progress: Progress) -> int:
    """A year of plans of a town up to yesterday. Returns how many documents were laid."""
    today = around.today(now())
    stage, year = set_stage(town, seed), (today - timedelta(days=INTO_A_YEAR)).year
    first = date(today.year - 1, today.month, 1)
    play = Play(stage, first, today - timedelta(days=1))
    with as_history(), transaction.atomic():  # whole or not at all: an interrupted one is played anew
        laid = [_lay(play, paper, None) for paper in papers(year) if _live_on(paper) < first]
        for paper in papers(year):
            if first <= _live_on(paper) <= play.last:
                play.on(_live_on(paper), partial(_lay_later, paper=paper, laid=laid), 11.0)
        _plan(play, laid, year)
        _run(play, progress)
        with frozen(at(play.last, 23.0)):
            _close(play, laid)
    return len(laid)


def _live_on(paper: Paper) -> date:
    return paper.issued + timedelta(days=AGREED)


def _lay_later(play: Play, paper: Paper, laid: list[Document]) -> None:
    laid.append(_lay(play, paper, play.today))


def _lay(play: Play, paper: Paper, today: date | None) -> Document:
    document = lay(play.stage, paper)
    moment = at(today or play.today, 11.5)
    with frozen(moment):
        if paper.code == "action":
            watch.form_groups(play, document)
        for upper in SERVES.get(paper.code, ()):
            _tie(play, document, upper)
        work.begin(play)
    return document


def _tie(play: Play, lower: Document, upper: str) -> None:
    """对齐: what the platform proposes and is plainly alike, the planner confirms."""
    planner = play.stage.people["planner"]
    rows = Document.objects.as_system("played").filter(town_id=lower.town_id, title__contains=upper)
    above = rows.exclude(pk=lower.pk).first()
    if above is None:
        return
    lower.refresh_from_db()
    actions.propose_alignments(lower, above, actor=planner, expected=lower.version)
    for tie in Alignment.objects.filter(lower_task__document=lower, score__gte=SURE, state="proposed"):
        task = tie.lower_task
        if task is not None:
            task.refresh_from_db()
            actions.decide_alignment(tie, actor=planner, expected=task.version, confirm=True)


def _plan(play: Play, laid: list[Document], year: int) -> None:
    """What every month of the year has, and what some days have."""
    day = play.today
    while day <= play.last:
        play.on(day, work.draft_all, 8.5)
        play.on(day + timedelta(days=11), watch.order_all, 10.5)
        play.on(day + timedelta(days=15), watch.visit, 10.0)
        play.on(day + timedelta(days=17), watch.urge_by_hand, 9.0)
        play.on(day + timedelta(days=19), watch.meet, 14.0)
        play.on(day + timedelta(days=20), work.begin, 9.0)
        play.on(end_of(day), work.month_ends, 23.0)
        day = end_of(day) + timedelta(days=1)
    play.on(play.last - timedelta(days=1), watch.order_all, 10.5)
    play.on(date(year, 1, 20), watch.write_rules, 9.5)
    play.on(date(year, 2, 1), watch.go_for_titles, 9.5)
    play.on(date(year, 6, 10), watch.enter_figures, 9.5)
    halves = ((date(year, 7, 15), f"{year}年上半年考核"), (date(year, 10, 15), f"{year}年前三季度考核"))
    for on, title in halves:
        play.on(on, partial(watch.assess, title=title, first=date(year, 1, 1), published=True), 15.0)
    play.on(date(year, 7, 20), lambda p: _evaluate(p, laid), 15.0)


def _evaluate(play: Play, laid: list[Document]) -> None:
    """Half-way through the action plan it is evaluated; the report is frozen."""
    document = next((d for d in laid if "三年行动计划" in d.title), None)
    if document is not None:
        watch.evaluate(play, document, "mid_term", f"{document.title}中期评估报告", frozen=True)


def _run(play: Play, progress: Progress) -> None:
    """Day after day; progress is told by the month."""
    whole = (play.last - play.today).days + 1
    done = 0
    while play.today <= play.last:
        month_end = min(end_of(play.today), play.last)
        while play.today <= month_end:
            play.on(play.today, watch.remind_all, 8.0)
            play.live()
            play.today += timedelta(days=1)
            done += 1
        progress(done, whole, "plans")


def _close(play: Play, laid: list[Document]) -> None:
    """How it stands yesterday evening: measured, lit, simulated, tracked, public."""
    play.today = play.last
    work.month_ends(play)
    year = play.last.year
    watch.assess(play, f"{year}年度考核（模拟）", date(year, 1, 1), published=False)
    for document in laid:
        document.refresh_from_db()
        watch.make_public(play, document)
    points = next((d for d in laid if "工作要点" in d.title), None)
    if points is not None:
        watch.evaluate(play, points, "yearly", f"{points.title}年度跟踪评估报告", frozen=False)
