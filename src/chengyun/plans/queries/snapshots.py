"""The figures of an evaluation as of a day: one plain snapshot, in which nothing points to a row any more."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet, Sum

from chengyun.kernel.clock import now
from chengyun.places.models import Town
from chengyun.plans import around
from chengyun.plans.models import (
    Budget,
    Document,
    Finding,
    LookBack,
    MonthLight,
    MonthlyReport,
    Order,
    Payment,
    Project,
    ReportLine,
    Stage,
    Target,
    Task,
)
from chengyun.plans.queries.drafting import latest_actuals
from chengyun.plans.queries.shown import standing
from chengyun.plans.rules.wording import words

EXECUTED = ("live", "done", "checked", "closed")
LIGHTS = ("green", "yellow", "red", "grey")
MOST_MONTHS = 12
MOST_EVIDENCE = 200


def snapshot_of(document: Document, as_of: date) -> dict[str, Any]:
    """Everything that the report of an evaluation says, as plain values. About twenty queries."""
    town = Town.objects.as_system("the name on a report").get(pk=document.town_id)
    tasks = list(_of(Task, document).order_by("position", "id"))
    targets = list(_of(Target, document).filter(kind="target").order_by("position", "id"))
    projects = list(_of(Project, document).order_by("position", "id"))
    names = around.names_of_departments(row.department_id for row in [*tasks, *projects])
    then = _lights_of([*tasks, *targets, *projects], as_of)
    rows = _as_lit([_task(t, names) for t in tasks], then)
    return {
        "town": town.name, "as_of": as_of.isoformat(), "note": words()["report"]["demo"] if settings.ENV.demo else "",
        "document": {"id": str(document.uuid), "title": document.title, "number": document.number},
        "tasks": rows, "departments": _departments(rows), "targets": _as_lit(_targets(targets, as_of), then),
        "projects": _as_lit(_projects(projects, names, as_of), then), "funds": _funds(projects, tasks, as_of),
        "months": _months([*tasks, *targets, *projects], as_of), "orders": _orders(tasks),
        "supervision": _supervision(document, tasks, as_of), "evidence": _evidence(tasks, projects),
    }  # fmt: skip


def _of(model: Any, document: Document) -> QuerySet[Any]:
    rows: QuerySet[Any] = model.objects.as_system("figures of an evaluation")
    return rows.filter(document=document, state__in=EXECUTED)


def _lights_of(things: Sequence[Task | Target | Project], as_of: date) -> dict[str, dict[str, str]]:
    """Of a past day the lights at the end of the last month until then; nothing of today, whose lights stand."""
    if as_of >= around.today(now()):
        return {}
    month = (as_of + timedelta(days=1)).replace(day=1)
    kept = MonthLight.objects.filter(subject__in=[t.uuid for t in things], month__lt=month).order_by("month")
    rows = kept.values_list("subject", "first_light", "reason")
    unknown = {str(t.uuid): {"light": "grey", "reason": "no_data"} for t in things}
    return unknown | {str(subject): {"light": light, "reason": why} for subject, light, why in rows}


def _as_lit(rows: list[dict[str, Any]], lights: dict[str, dict[str, str]]) -> list[dict[str, Any]]:
    """The rows with the lights of another day, where there are such."""
    return [row | lights.get(row["id"], {}) for row in rows]


def _task(task: Task, names: dict[int, dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": str(task.uuid), "title": task.title, "label": task.label,
        "department": names.get(task.department_id or 0, {}).get("name", "—"),
        "due_on": task.due_on.isoformat() if task.due_on else None, "progress": standing(task)["done"],
        "state": task.state,
        "light": task.light, "reason": task.light_why.get("reason", ""),
    }  # fmt: skip


def _departments(tasks: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for task in tasks:
        found[task["department"]].update(["total", task["light"], *(["done"] if task["state"] != "live" else [])])
    rows = [{"name": name} | {k: counts[k] for k in ("total", "done", *LIGHTS)} for name, counts in found.items()]
    return sorted(rows, key=lambda r: (-r["total"], r["name"]))


def _targets(targets: Sequence[Target], as_of: date) -> list[dict[str, Any]]:
    actual = latest_actuals([t.pk for t in targets], as_of)
    return [
        {"id": str(t.uuid), "object": t.object, "comparator": t.comparator, "value": t.value,
         "value_max": t.value_max, "unit": t.unit, "by_on": t.by_on.isoformat() if t.by_on else None,
         "baseline": t.baseline, "actual": actual.get(t.pk), "light": t.light,
         "reason": t.light_why.get("reason", ""), "counted": t.binding == "bound"}
        for t in targets
    ]  # fmt: skip


def _projects(projects: Sequence[Project], names: dict[int, dict[str, Any]], as_of: date) -> list[dict[str, Any]]:
    stages = Stage.objects.filter(project__in=projects).values("project")
    counts: dict[int, Any] = {
        r["project"]: r for r in stages.annotate(all=Count("id"), done=Count("id", Q(actual_end__lte=as_of)))
    }
    sums = Payment.objects.filter(project__in=projects, month__lte=as_of).values("project")
    paid = dict(sums.annotate(out=Sum("paid")).values_list("project", "out"))
    return [
        {"id": str(p.uuid), "name": p.name, "department": names.get(p.department_id or 0, {}).get("name", "—"),
         "investment": float(p.investment) if p.investment is not None else None, "paid": float(paid.get(p.pk) or 0),
         "stages": counts.get(p.pk, {}).get("all", 0), "stages_done": counts.get(p.pk, {}).get("done", 0),
         "due_on": p.due_on.isoformat() if p.due_on else None, "light": p.light,
         "reason": p.light_why.get("reason", "")}
        for p in projects
    ]  # fmt: skip


def _funds(projects: Sequence[Project], tasks: Sequence[Task], as_of: date) -> dict[str, Any]:
    budgets = Budget.objects.as_system("figures of an evaluation").filter(
        Q(project__in=projects) | Q(task__in=tasks), year__lte=as_of.year
    )
    sources = budgets.order_by().values("source").annotate(sum=Sum("amount"))
    rows = Payment.objects.filter(project__in=projects, month__lte=as_of).order_by("month").values("month")
    months = list(rows.annotate(plan=Sum("planned"), out=Sum("paid")))
    return {
        "planned": float(sum(m["plan"] for m in months)), "paid": float(sum(m["out"] for m in months)),
        "by_source": {row["source"]: float(row["sum"]) for row in sources},
        "months": [
            {"month": f"{m['month']:%y-%m}", "planned": float(m["plan"]), "paid": float(m["out"])}
            for m in months[-MOST_MONTHS:]
        ],
    }  # fmt: skip


def _months(things: Iterable[Any], as_of: date) -> list[dict[str, Any]]:
    rows = MonthLight.objects.filter(subject__in=[t.uuid for t in things], month__lte=as_of)
    counted: defaultdict[date, Counter[str]] = defaultdict(Counter)
    for month, light in rows.values_list("month", "light"):
        counted[month][light] += 1
    last = sorted(counted)[-MOST_MONTHS:]
    return [{"month": f"{m:%y-%m}"} | {light: counted[m][light] for light in LIGHTS} for m in last]


def _orders(tasks: Sequence[Task]) -> list[dict[str, Any]]:
    rows = Order.objects.as_system("figures of an evaluation").filter(task__in=tasks).exclude(state="cancelled")
    counted = (
        rows.order_by()
        .values("colour")
        .annotate(issued=Count("id"), cleared=Count("id", Q(state="cleared")), late=Count("id", Q(late=True)))
    )
    by_colour = {row["colour"]: row for row in counted}
    empty = {"issued": 0, "cleared": 0, "late": 0}
    return [{"colour": c} | empty | by_colour.get(c, {}) for c in ("blue", "yellow", "red")]


def _supervision(document: Document, tasks: Sequence[Task], as_of: date) -> dict[str, int]:
    orders = Order.objects.as_system("figures of an evaluation").filter(task__in=tasks).exclude(state="cancelled")
    findings = Finding.objects.as_system("figures of an evaluation").filter(task__in=tasks, found_on__lte=as_of)
    looks = LookBack.objects.as_system("figures of an evaluation").filter(task__in=tasks, looked_on__lte=as_of)
    reports = MonthlyReport.objects.as_system("figures of an evaluation").filter(
        town_id=document.town_id, lines__task__in=tasks, month__lte=as_of
    )
    counted = reports.aggregate(all=Count("id", distinct=True), late=Count("id", Q(late=True), distinct=True))
    return {
        "orders": orders.count(), "red_orders": orders.filter(colour="red").count(),
        "cleared": orders.filter(state="cleared").count(), "findings": findings.count(),
        "rectified": findings.exclude(state="open").count(), "looks": looks.count(),
        "failed": looks.filter(state="failed").count(), "reports": counted["all"], "late_reports": counted["late"],
    }  # fmt: skip


def _evidence(tasks: Sequence[Task], projects: Sequence[Project]) -> list[dict[str, Any]]:
    lines = ReportLine.objects.filter(Q(task__in=tasks) | Q(project__in=projects)).exclude(files=[])
    rows = lines.select_related("task", "project", "report").order_by("report__month", "position")[:MOST_EVIDENCE]
    return [
        {"title": line.task.title if line.task else line.project.name if line.project else "",
         "month": f"{line.report.month:%Y-%m}", "files": len(line.files), "ids": line.files}
        for line in rows
    ]  # fmt: skip
