"""What of plans somebody may see: planners, leaders and supervisors all of a town, departments what they were told."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q

from chengyun.kernel.access import found, scope_of
from chengyun.kernel.actor import Actor
from chengyun.kernel.models import ScopedQuerySet
from chengyun.plans.models import Adjustment, Document, Project, Target, Task

M = TypeVar("M", bound=Model)
READ = "plans.read"
_TOLD_STATES = ("approved", "live", "closed")


def tasks_seen(actor: Actor) -> ScopedQuerySet[Task]:
    """Tasks that an actor may see: of his town, or of his department or area once it was told of them."""
    return _narrowed(Task.objects.within(actor, READ), actor, Q(told=True))


def targets_seen(actor: Actor) -> ScopedQuerySet[Target]:
    """Targets that an actor may see, by the same rule."""
    told = Q(state__in=_TOLD_STATES) | Q(task__told=True)
    return _narrowed(Target.objects.within(actor, READ), actor, told)


def projects_seen(actor: Actor) -> ScopedQuerySet[Project]:
    """Projects that an actor may see, by the same rule."""
    return _narrowed(Project.objects.within(actor, READ), actor, Q(state__in=_TOLD_STATES))


def _narrowed(rows: ScopedQuerySet[M], actor: Actor, told: Q) -> ScopedQuerySet[M]:
    scope = scope_of(actor, READ)
    rows = rows.exclude(state="incoming")
    return rows if scope.everything else rows.filter(told | Q(town_id__in=scope.towns))


def documents_seen(actor: Actor) -> ScopedQuerySet[Document]:
    """Documents of the town, or those in which the actor's department was told of a task."""
    scope = scope_of(actor, READ)
    rows = Document.objects.as_system("narrowed to the town, or to documents of tasks that one sees")
    if scope.everything:
        return rows
    through = tasks_seen(actor).order_by().values("document")
    return rows.filter(Q(town_id__in=scope.towns) | Q(pk__in=through))


def adjustments_seen(actor: Actor) -> ScopedQuerySet[Adjustment]:
    """Adjustments of tasks that an actor may see."""
    rows = Adjustment.objects.as_system("narrowed to tasks that one sees")
    return rows.filter(task__in=tasks_seen(actor).order_by().values("pk"))


def task(actor: Actor, uuid: UUID) -> Task:
    """A task that the actor may see, with its parties. Raises NotFound."""
    rows = tasks_seen(actor).filter(uuid=uuid).select_related("document", "clause").prefetch_related("parties")
    return found(rows.first(), "task")


def target(actor: Actor, uuid: UUID) -> Target:
    """A target that the actor may see. Raises NotFound."""
    return found(targets_seen(actor).filter(uuid=uuid).select_related("document", "task").first(), "target")


def project(actor: Actor, uuid: UUID) -> Project:
    """A project that the actor may see. Raises NotFound."""
    return found(projects_seen(actor).filter(uuid=uuid).select_related("document").first(), "project")


def document(actor: Actor, uuid: UUID) -> Document:
    """A document that the actor may see. Raises NotFound."""
    return found(documents_seen(actor).filter(uuid=uuid).first(), "document")


def adjustment(actor: Actor, uuid: UUID) -> Adjustment:
    """An adjustment that the actor may see. Raises NotFound."""
    rows = adjustments_seen(actor).filter(uuid=uuid).select_related("task", "task__document")
    return found(rows.first(), "adjustment")
