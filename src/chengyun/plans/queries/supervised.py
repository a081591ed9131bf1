"""Details of execution and supervision: a report with its lines, a meeting, a score, a title, funds, proposals."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Sum

from chengyun.accounts.queries.duties import people_in
from chengyun.kernel.access import Where, found, scope_of
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.refusal import NotFound
from chengyun.plans import around
from chengyun.plans.models import (
    Assessment,
    Budget,
    DepartmentScore,
    Evaluation,
    Group,
    Meeting,
    MonthLight,
    MonthlyReport,
    Order,
    Payment,
    Project,
    ReportLine,
    Task,
    Title,
)
from chengyun.plans.queries.execution import READ, ref, seen, shown
from chengyun.plans.queries.seen import projects_seen, targets_seen, tasks_seen
from chengyun.plans.rules.reporting import month_before, month_of

NEAR = timedelta(days=7)


def report_detail(actor: Actor, report: MonthlyReport) -> dict[str, Any]:
    """A report with its lines, what each asks, and what supporting departments say. Eight queries."""
    lines = list(report.lines.select_related("task", "target", "project", "stage", "carried_from__report"))
    tasks = [line.task_id for line in lines if line.task_id and line.lead]
    others: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    supporting = ReportLine.objects.filter(task__in=tasks, lead=False, report__month=report.month)
    supporting = supporting.select_related("report")
    names = around.names_of_departments(line.report.department_id for line in supporting)
    for line in supporting:
        said = {"department": names.get(line.report.department_id), "text": line.text, "problem": line.problem,
                "confirmed": line.report.confirmed_at is not None}  # fmt: skip
        others[line.task_id or 0].append(said)
    rows = [_line(line) | {"supporting": others[line.task_id or 0] if line.lead else []} for line in lines]
    return shown(actor, "reports", [report])[0] | {"lines": sorted(rows, key=lambda r: r["position"])}


def _line(line: Any) -> dict[str, Any]:
    about = "task" if line.task_id else "target" if line.target_id else "project"
    carried = line.carried_from
    return {
        "id": line.uuid, "position": line.position, "about": about, "of": ref(getattr(line, about), about),
        "lead": line.lead, "known": line.known, "ask": line.ask, "answered": line.answered,
        "corrected": line.corrected, "progress": line.progress, "text": line.text, "problem": line.problem,
        "files": line.files, "stage": line.stage.name if line.stage else "", "slips": line.slips,
        "carried_from": carried.report.month if carried else None,
    }  # fmt: skip


def report_board(actor: Actor, month: date) -> dict[str, Any]:
    """How the reports of a month stand: who has confirmed, who is late."""
    rows = list(seen(actor, "reports").filter(month=month_of(month)).order_by("department_id"))
    states: defaultdict[str, int] = defaultdict(int)
    for row in rows:
        states[row.state] += 1
    late = sum(r.late for r in rows)
    return {"month": month_of(month), "total": len(rows), "late": late, "states": dict(states),
            "items": shown(actor, "reports", rows)}  # fmt: skip


def today() -> date:
    """The day where the installation is."""
    return around.today(now())


def town_seen(actor: Actor, town: int) -> int:
    """A town of whose plans the actor reads anything: his own, or one that his grant covers. Raises NotFound."""
    scope = scope_of(actor, READ)
    own = not scope.empty and getattr(actor, "town_id", None) == town
    if not own and not scope.holds(Where(town=town)):
        raise NotFound("kernel.not_found", "no such town, or not one that you may see", params={"what": "town"})
    return town


def days_left(task: Task) -> int | None:
    """Days until a task is due, negative when it is overdue."""
    return (task.due_on - today()).days if task.due_on else None


def month_to_report() -> date:
    """The month that reports are due for now."""
    return month_before(month_of(around.today(now())))


def group_detail(actor: Actor, group: Group) -> dict[str, Any]:
    """A group with its posts and whoever holds them now. Six queries."""
    members = list(group.members.order_by("position"))
    posts = around.posts_by_id([m.post_id for m in members])
    people = people_in([m.post_id for m in members])
    rows = [
        {"post": posts.get(m.post_id), "role": m.role, "name": people[m.post_id].name if m.post_id in people else ""}
        for m in members
    ]
    meetings = shown(actor, "meetings", list(seen(actor, "meetings").filter(group=group).select_related("group")[:20]))
    return shown(actor, "groups", [group])[0] | {"members": rows, "meetings": meetings}


def meeting_detail(actor: Actor, meeting: Meeting) -> dict[str, Any]:
    """A meeting with agenda, minutes and decisions. Seven queries."""
    agenda = list(meeting.agenda.select_related("task").order_by("position"))
    decisions = list(meeting.decisions.select_related("task").order_by("position"))
    ids = [a.department_id for a in agenda] + [d.department_id for d in decisions]
    names = around.names_of_departments([*ids, *(s for d in decisions for s in d.supporting)])
    posts = around.posts_by_id([d.post_id for d in decisions])
    return shown(actor, "meetings", [meeting])[0] | {
        "agenda": [
            {"id": a.uuid, "title": a.title, "task": ref(a.task, "task"), "minutes": a.minutes,
             "department": names.get(a.department_id or 0)}
            for a in agenda
        ],
        "decisions": [
            {"id": d.uuid, "text": d.text, "department": names.get(d.department_id), "due_on": d.due_on,
             "supporting": [names[s] for s in d.supporting if s in names], "post": posts.get(d.post_id or 0),
             "task": ref(d.task, "task")}
            for d in decisions
        ],
    }  # fmt: skip


def assessment_detail(actor: Actor, assessment: Assessment) -> dict[str, Any]:
    """A run with the scores that the actor may see: all, or those of his departments and posts. Seven queries."""
    scope = scope_of(actor, READ)
    scores = assessment.scores.all()
    if not (scope.everything or assessment.town_id in scope.towns):
        own = [*scope.departments, *around.departments_of_areas(scope.areas)]
        scores = scores.filter(Q(department_id__in=own) | Q(post_id__in=around.posts_of(actor)))
    rows = sorted(scores, key=lambda s: (s.post_id is not None, s.rank or 10**6, s.pk))
    return shown(actor, "assessments", [assessment])[0] | {"scores": scores_shown(rows)}


def scores_shown(rows: Iterable[DepartmentScore]) -> list[dict[str, Any]]:
    """Scores as they are sent; `kind` says among whom a rank counts. Three queries."""
    kept = list(rows)
    names = around.names_of_departments(r.department_id for r in kept)
    posts = around.posts_by_id(r.post_id for r in kept)
    kinds = around.kinds_of_departments(r.department_id for r in kept)
    return [
        {"id": r.uuid, "kind": kinds.get(r.department_id or 0, "post"),
         "department": names.get(r.department_id or 0), "post": posts.get(r.post_id or 0),
         "total": r.total, "assessed": r.assessed, "rank": r.rank, "facts": r.facts, "explained": r.explained}
        for r in kept
    ]  # fmt: skip


def title_detail(actor: Actor, title: Title) -> dict[str, Any]:
    """A title with its evidence list. Four queries."""
    entries = list(title.evidence.order_by("position"))
    names = around.names_of_departments(e.department_id for e in entries)
    rows = [
        {"id": e.uuid, "name": e.name, "required": e.required, "ready": e.ready, "files": e.files, "note": e.note,
         "department": names.get(e.department_id or 0)}
        for e in entries
    ]  # fmt: skip
    return shown(actor, "titles", [title])[0] | {"evidence": rows}


def evaluation_detail(actor: Actor, evaluation: Evaluation) -> dict[str, Any]:
    """An evaluation with its snapshot and passages."""
    blocks = [
        {"code": b.code, "text": b.text, "drafted": b.drafted, "edited": bool(b.edited_by)}
        for b in evaluation.blocks.order_by("position")
    ]
    return shown(actor, "evaluations", [evaluation])[0] | {"snapshot": evaluation.snapshot, "blocks": blocks}


def funds_of(actor: Actor, year: int) -> dict[str, Any]:
    """Money of a year by project: budgeted by source, planned, paid, against how far it is. Six queries."""
    projects = list(projects_seen(actor).filter(state__in=("live", "closed")).order_by("due_on", "id")[:500])
    names = around.names_of_departments(p.department_id for p in projects)
    budgets = Budget.objects.within(actor, READ).filter(project__in=projects, year=year).exclude(state="closed")
    sums: defaultdict[int, dict[str, float]] = defaultdict(dict)
    for row in budgets.order_by().values("project", "source").annotate(sum=Sum("amount")):
        sums[row["project"]][row["source"]] = float(row["sum"])
    rows = Payment.objects.filter(project__in=projects, month__year=year).order_by().values("project")
    money: dict[int, Any] = {r["project"]: r for r in rows.annotate(plan=Sum("planned"), out=Sum("paid"))}
    months = Payment.objects.filter(project__in=projects, month__year=year).order_by("month").values("month")
    return {
        "year": year,
        "items": [_fund(p, sums[p.pk], money.get(p.pk), names) for p in projects],
        "months": [
            {"month": m["month"], "planned": float(m["plan"]), "paid": float(m["out"])}
            for m in months.annotate(plan=Sum("planned"), out=Sum("paid"))
        ],
    }  # fmt: skip


def _fund(
    project: Project, sources: dict[str, float], money: dict[str, Any] | None, names: dict[int, Any]
) -> dict[str, Any]:
    done = project.light_why.get("value")
    return {
        "project": ref(project, "project"), "department": names.get(project.department_id or 0),
        "investment": float(project.investment) if project.investment is not None else None, "sources": sources,
        "budget": sum(sources.values()), "planned": float(money["plan"]) if money else 0.0,
        "paid": float(money["out"]) if money else 0.0, "progress": done,
    }  # fmt: skip


def months_of(actor: Actor, kind: str, uuid: UUID) -> list[Any]:
    """The light of each month of a task, target or project that the actor may see. Raises NotFound."""
    readers: dict[str, Any] = {"plan_task": tasks_seen, "plan_target": targets_seen, "plan_project": projects_seen}
    rows = readers[kind](actor)
    found(rows.filter(uuid=uuid).first(), kind)
    months = MonthLight.objects.filter(kind=kind, subject=uuid).order_by("month")
    return list(months.values("month", "light", "first_light", "reason", "expected", "value", "made_good", "rules"))


def proposed_orders(actor: Actor) -> list[dict[str, Any]]:
    """Tasks that want an order and have none: blue near due, yellow behind, red overdue. A person decides."""
    today = around.today(now())
    running = Order.objects.as_system("orders that run").filter(task=OuterRef("pk"))
    running = running.exclude(state__in=("cleared", "cancelled"))
    rows = tasks_seen(actor).filter(state="live").exclude(Exists(running)).exclude(light="grey")
    wanted = rows.filter(Q(light="red") | Q(due_on__lte=today + NEAR, light="yellow")).order_by("due_on", "id")[:100]
    names = around.names_of_departments(t.department_id for t in wanted)
    return [
        {"task": ref(t, "task"), "department": names.get(t.department_id or 0), "due_on": t.due_on,
         "light_why": t.light_why, **_proposal(t, today)}
        for t in wanted
    ]  # fmt: skip


def _proposal(task: Task, today: date) -> dict[str, str]:
    if task.due_on is not None and task.due_on < today:
        return {"colour": "red", "cause": "overdue"}
    return {"colour": "yellow", "cause": "behind"} if task.light == "red" else {"colour": "blue", "cause": "due_soon"}
