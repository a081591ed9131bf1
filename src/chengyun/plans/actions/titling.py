"""Titles 创建 with their evidence, and budgets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from chengyun.kernel.access import Where, require
from chengyun.kernel.action import action, lock, save
from chengyun.kernel.actor import Actor
from chengyun.kernel.files.actions import attach
from chengyun.kernel.journal.record import record
from chengyun.kernel.refusal import Conflict, Invalid, NotFound
from chengyun.plans import events
from chengyun.plans.actions.moving import Turn, effect, tells, where_for
from chengyun.plans.models import Budget, Project, Target, Task, Title, TitleEvidence
from chengyun.plans.rules.dates import months_after

LEVELS = ("national", "city", "district", "town")

tells("plan_title", events.TitleMoved)
tells("plan_budget", events.BudgetMoved, "amount")


@dataclass(frozen=True)
class TitleDraft:
    """A title that the town goes for."""

    town: int
    name: str
    level: str
    department: int
    awarded_by: str = ""
    due_on: date | None = None
    review_months: int = 36
    area: int | None = None
    target: Target | None = None
    note: str = ""


@action
def plan_title(draft: TitleDraft, *, actor: Actor) -> Title:
    """Plan to go for a title 创建."""
    require(actor, "plans.write", at=Where(town=draft.town))
    if not draft.name.strip():
        raise Invalid("plans.text_missing", "name: is empty", field="name")
    if draft.level not in LEVELS:
        raise Invalid("plans.level_wrong", f"level: one of {', '.join(LEVELS)}", field="level")
    title = Title(
        town_id=draft.town, department_id=draft.department, area_id=draft.area, target=draft.target,
        name=draft.name.strip()[:120], level=draft.level, awarded_by=draft.awarded_by[:120], due_on=draft.due_on,
        review_months=draft.review_months, note=draft.note,
    )  # fmt: skip
    title.save(force_insert=True)
    record(events.TitlePlanned(title.level, title.department_id), title, actor)
    return title


@effect("plan_title", "apply", "inspect", "name", "review", "keep", "lose")
def _step(turn: Turn) -> None:
    """Keep the day of each step; named or kept, the day of the next review follows."""
    title, verb = turn.thing, turn.step.verb.name
    day = turn.given.get("date", turn.day)
    if day > turn.day:
        raise Invalid("plans.date_ahead", "date: lies in the future", field="given.date")
    if verb == "inspect":
        _evidence_is_ready(title)
    title.moments = title.moments | {verb: day.isoformat()}
    if verb in ("name", "keep"):
        title.review_on = turn.given.get("review_on") or months_after(day, title.review_months)


def _evidence_is_ready(title: Title) -> None:
    missing = list(title.evidence.filter(required=True, ready=False).values_list("name", flat=True)[:5])
    if missing:
        raise Conflict("plans.evidence_missing", "the evidence list is not complete",
                       params={"names": "、".join(missing)}, current=title.state_now())  # fmt: skip


@dataclass(frozen=True)
class Proof:
    """An entry of an evidence list."""

    name: str
    required: bool = True
    department: int | None = None
    note: str = ""


@action
def list_evidence(title: Title, proofs: Sequence[Proof], *, actor: Actor, expected: int) -> Title:
    """Write the evidence list of a title; entries of the same name keep their files."""
    title = lock(title, expected)
    require(actor, "plans.write", at=title)
    if any(not p.name.strip() for p in proofs):
        raise Invalid("plans.text_missing", "name: is empty", field="name")
    kept = {row.name: row for row in title.evidence.all()}
    title.evidence.exclude(name__in=[p.name.strip() for p in proofs]).delete()
    for position, proof in enumerate(proofs):
        row = kept.get(proof.name.strip()) or TitleEvidence(title=title, name=proof.name.strip()[:200])
        row.position, row.required, row.department_id = position, proof.required, proof.department
        row.note = proof.note[:300]
        row.save()
    save(title)
    record(_told(title), title, actor)
    return title


@action
def prove(
    title: Title, entry: UUID, files: Sequence[UUID], *, actor: Actor, expected: int, ready: bool = True
) -> Title:
    """Hand in the files of an entry of the evidence list, and say whether it is ready."""
    title = lock(title, expected)
    require(actor, "plans.report", at=where_for(title, "plans.report"))
    row = title.evidence.filter(uuid=entry).first()
    if row is None:
        raise NotFound("plans.no_line", "entry: this list has no such entry", field="entry")
    attach(files, title, actor=actor)
    row.files, row.ready = list(dict.fromkeys([*row.files, *(str(f) for f in files)])), ready
    row.save()
    save(title)
    record(_told(title), title, actor)
    return title


def _told(title: Title) -> events.EvidenceSet:
    return events.EvidenceSet(title.evidence.count(), title.evidence.filter(ready=True).count())


@dataclass(frozen=True)
class BudgetDraft:
    """Money of one year from one source, in 万元, for a project or a task."""

    town: int
    year: int
    source: str
    amount: Decimal
    basis: str = ""
    project: Project | None = None
    task: Task | None = None


@action
def add_budget(draft: BudgetDraft, *, actor: Actor) -> Budget:
    """Plan money for a project or task."""
    require(actor, "plans.funds", at=Where(town=draft.town))
    if (draft.project is None) == (draft.task is None):
        raise Invalid("plans.budget_of_what", "project or task: exactly one of them", field="project")
    if draft.source not in Budget.Source.values:
        raise Invalid("plans.source_wrong", f"source: one of {', '.join(Budget.Source.values)}", field="source")
    whose = draft.project or draft.task
    budget = Budget(
        town_id=draft.town, department_id=whose.department_id if whose else None, project=draft.project,
        task=draft.task, year=draft.year, source=draft.source, amount=draft.amount, basis=draft.basis[:200],
    )  # fmt: skip
    budget.save(force_insert=True)
    record(events.BudgetMade(budget.year, budget.source, str(budget.amount)), budget, actor)
    return budget


@effect("plan_budget", "change")
def _change(turn: Turn) -> None:
    turn.thing.amount = turn.given["amount"]
