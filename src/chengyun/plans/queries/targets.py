"""Targets and projects: lists, one of each, what was measured."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Sum

from chengyun.accounts.models import Department
from chengyun.kernel.actor import Actor
from chengyun.kernel.models import ScopedQuerySet
from chengyun.kernel.paging import Page, page
from chengyun.kernel.search import matches
from chengyun.plans.flow_table import REVIEW_STATES
from chengyun.plans.models import Payment, Project, Target
from chengyun.plans.queries.seen import projects_seen, targets_seen
from chengyun.plans.queries.shown import Names, projects_shown, targets_shown
from chengyun.plans.queries.tasks import share_shown


@dataclass(frozen=True)
class ItemFilters:
    """What narrows a list of targets or projects; several words are separated by commas."""

    kind: str = "target"
    state: str = ""
    light: str = ""
    binding: str = ""
    department: UUID | None = None
    document: UUID | None = None
    q: str = ""


def targets(actor: Actor, filters: ItemFilters, cursor: str | None = None, limit: int = 50) -> Page[Target]:
    """A page of targets in the order of their documents."""
    rows = targets_seen(actor)
    if filters.kind:
        rows = rows.filter(kind__in=filters.kind.split(","))
    if filters.binding:
        rows = rows.filter(binding__in=filters.binding.split(","))
    narrowed = _narrowed(rows, filters, "plan_target").select_related("document", "task")
    return page(narrowed, ("document_id", "position", "id"), cursor, limit)


def projects(actor: Actor, filters: ItemFilters, cursor: str | None = None, limit: int = 50) -> Page[Project]:
    """A page of projects in the order of their documents."""
    rows = _narrowed(projects_seen(actor), filters, "plan_project")
    narrowed = rows.select_related("document").prefetch_related("stages")
    return page(narrowed, ("document_id", "position", "id"), cursor, limit)


def _narrowed(rows: ScopedQuerySet[Any], filters: ItemFilters, kind: str) -> ScopedQuerySet[Any]:
    rows = rows.filter(state__in=filters.state.split(",")) if filters.state else rows.exclude(state__in=REVIEW_STATES)
    if filters.light:
        rows = rows.filter(light__in=filters.light.split(","))
    if filters.department:
        offices = Department.objects.as_system("a filter by department").filter(uuid=filters.department)
        rows = rows.filter(department_id__in=offices.values("pk"))
    if filters.document:
        rows = rows.filter(document__uuid=filters.document)
    return rows.filter(uuid__in=matches(kind, filters.q)) if filters.q.strip() else rows


def target_detail(actor: Actor, target: Target) -> dict[str, Any]:
    """The page of a target: its shares, and what it stood at by day and source."""
    shares = list(target.shares.order_by("year", "id"))
    names = Names([share.department_id for share in shares])
    return targets_shown(actor, [target], review=True)[0] | {
        "shares": [share_shown(share, names) for share in shares],
        "actuals": [
            {"day": one.day, "value": one.value, "source": one.source}
            for one in target.actuals.order_by("-day", "source")[:400]
        ],
        "same_as": target.same_as.uuid if target.same_as else None,
    }


def project_detail(actor: Actor, project: Project) -> dict[str, Any]:
    """The page of a project: its size, and its money by month with sums (万元)."""
    rows = Target.objects.as_system("the size of a project that one sees").filter(project=project)
    parameters = rows.exclude(state="incoming").select_related("document", "task").order_by("position")
    payments = Payment.objects.filter(project=project)
    sums = payments.aggregate(planned=Sum("planned"), paid=Sum("paid"))
    return projects_shown(actor, [project], review=True)[0] | {
        "parameters": targets_shown(actor, list(parameters)),
        "payments": [{"month": p.month, "planned": p.planned, "paid": p.paid} for p in payments.order_by("month")],
        "planned": sums["planned"] or 0, "paid": sums["paid"] or 0,
    }  # fmt: skip
