"""Assessment 考核: schemes in the scoring language, simulation, publishing; figures that no record holds."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Max

from chengyun.kernel.access import Where, require
from chengyun.kernel.action import action, lock, save
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.journal.record import record
from chengyun.kernel.refusal import Conflict, Invalid
from chengyun.plans import events
from chengyun.plans.actions.moving import Turn, effect, tells
from chengyun.plans.assessment.figures import ENTERED, NAMES
from chengyun.plans.assessment.scoring import Scheme, Score, ScoringError, evaluate, parse
from chengyun.plans.models import AssessedFigure, Assessment, AssessmentScheme, DepartmentScore
from chengyun.plans.queries.figures import Figures, Period, figures_of_departments, figures_of_posts, kinds_of

tells("plan_scheme", events.SchemeMoved)
tells("plan_assessment", events.AssessmentMoved)


def read_scheme(text: str) -> Scheme:
    """A scheme as it was written. Raises Invalid that says at which character it is wrong."""
    try:
        return parse(text, NAMES)
    except ScoringError as error:
        place = {"line": error.line, "column": error.column, "why": error.code}
        raise Invalid("plans.scheme_wrong", str(error), field="text", params=error.params | place) from error


@action
def write_scheme(town: int, name: str, text: str, *, actor: Actor) -> AssessmentScheme:
    """Write a new version of a scheme of this name; it is a draft until it is published."""
    require(actor, "plans.assess", at=Where(town=town))
    scheme = read_scheme(text)
    if not name.strip():
        raise Invalid("plans.text_missing", "name: is empty", field="name")
    rows = AssessmentScheme.objects.as_system("versions of a scheme").filter(town_id=town, name=name.strip())
    number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
    row = AssessmentScheme(town_id=town, name=name.strip()[:120], number=number, text=text, full=scheme.full)
    row.save(force_insert=True)
    record(events.SchemeWritten(number, str(scheme.full)), row, actor)
    return row


@action
def rewrite_scheme(scheme: AssessmentScheme, text: str, *, actor: Actor, expected: int) -> AssessmentScheme:
    """Write the text of a draft anew. A published scheme is never changed: write a new version."""
    scheme = lock(scheme, expected)
    require(actor, "plans.assess", at=scheme)
    if scheme.state != "draft":
        raise Conflict("plans.scheme_published", "a published scheme stays as it is: write a new version",
                       current=scheme.state_now())  # fmt: skip
    scheme.text, scheme.full = text, read_scheme(text).full
    save(scheme)
    record(events.SchemeWritten(scheme.number, str(scheme.full)), scheme, actor)
    return scheme


@effect("plan_scheme", "publish")
def _publish_scheme(turn: Turn) -> None:
    turn.thing.published_at = turn.moment


@action
def run_assessment(scheme: AssessmentScheme, title: str, first: date, last: date, *, actor: Actor) -> Assessment:
    """Reckon all scores of a period by a scheme, simulated: nobody assessed sees them before they are published."""
    scheme = lock(scheme, None)
    require(actor, "plans.assess", at=scheme)
    if last < first:
        raise Invalid("plans.period_backwards", "last: before first", field="last")
    run = Assessment(town_id=scheme.town_id, scheme=scheme, title=title.strip()[:120] or scheme.name, first=first,
                     last=last, run_at=now())  # fmt: skip
    run.save(force_insert=True)
    count = _reckon(run)
    record(events.AssessmentRun(str(scheme.uuid), first, last, count), run, actor)
    return run


@effect("plan_assessment", "run_again")
def _run_again(turn: Turn) -> None:
    turn.thing.run_at = turn.moment
    _reckon(turn.thing)


@effect("plan_assessment", "publish")
def _publish(turn: Turn) -> None:
    if turn.thing.scheme.state != "published":
        raise Conflict("plans.scheme_draft", "publish the scheme before its scores", current=turn.thing.state_now())
    turn.thing.published_at = turn.moment


def _reckon(run: Assessment) -> int:
    """Write the scores of a run anew. Returns how many."""
    scheme, period = read_scheme(run.scheme.text), Period(run.town_id, run.first, run.last)
    run.scores.all().delete()
    departments = figures_of_departments(period)
    kinds = kinds_of(departments)
    rows = [_score(run, scheme, facts, department_id=pk) for pk, facts in departments.items()]
    for kind in sorted(set(kinds.values())):
        _rank([row for row in rows if kinds.get(row.department_id or 0) == kind])
    posts = [_score(run, scheme, facts, post_id=pk) for pk, facts in figures_of_posts(period).items()]
    _rank(posts)
    DepartmentScore.objects.bulk_create([*rows, *posts])
    return len(rows) + len(posts)


def _score(run: Assessment, scheme: Scheme, facts: Figures, **whose: int) -> DepartmentScore:
    score = evaluate(scheme, facts)
    known = {name: _number(value) for name, value in facts.items()}
    return DepartmentScore(assessment=run, total=score.total, assessed=score.assessed, facts=known,
                           explained=explain(score), **whose)  # fmt: skip


def _rank(rows: list[DepartmentScore]) -> None:
    """Ranks within one kind; the same score is the same rank."""
    totals = sorted((row.total for row in rows if row.total is not None), reverse=True)
    for row in rows:
        row.rank = totals.index(row.total) + 1 if row.total is not None else None


def explain(score: Score) -> dict[str, Any]:
    """Every step of a score as JSON keeps it."""
    return {
        "total": _number(score.total), "full": _number(score.full), "assessed": _number(score.assessed),
        "items": [_plain(asdict(item)) for item in score.items],
        "bonuses": [_plain(asdict(bonus)) for bonus in score.bonuses],
        "steps": [_plain(asdict(step)) for step in score.steps],
    }  # fmt: skip


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    return [_plain(v) for v in value] if isinstance(value, list | tuple) else value


def _number(value: Decimal | int | None) -> float | None:
    return None if value is None else float(value)


@action
def enter_figure(
    town: int, department: int, figure: tuple[str, date, Decimal], basis: str, *, actor: Actor
) -> AssessedFigure:  # fmt: skip
    """Enter a figure that no record holds (表彰, 责任事故) with its basis. `figure`: its name, day and value."""
    where = Where(town=town, departments=frozenset([department]))
    require(actor, "plans.assess", at=where)
    name, day, value = figure
    if name not in ENTERED:
        raise Invalid("plans.figure_counted", f"name: one of {', '.join(ENTERED)}; all else is counted from records",
                      field="name", params={"names": "、".join(ENTERED)})  # fmt: skip
    if not basis.strip():
        raise Invalid("plans.text_missing", "basis: say on which document it rests", field="basis")
    row = AssessedFigure(town_id=town, department_id=department, name=name, day=day, value=value,
                         basis=basis.strip()[:300], made_by=actor.actor_id, made_at=now())  # fmt: skip
    row.save(force_insert=True)
    record(events.FigureEntered(name, department, day, str(value)), row, actor)
    return row
