"""Reading jobs."""

from uuid import UUID

from django.db.models import QuerySet

from chengyun.kernel.access import found
from chengyun.kernel.actor import Actor
from chengyun.kernel.jobs.models import Job


def jobs(actor: Actor) -> QuerySet[Job]:
    """The jobs that `actor` started, and all of them for whoever sees to the installation."""
    own = Job.objects.as_system("a person's own jobs").filter(actor_kind=actor.actor_kind, actor_id=actor.actor_id)
    everyone = Job.objects.within(actor, "kernel.health")
    return Job.objects.as_system("the union of both").filter(pk__in=everyone.values("pk").union(own.values("pk")))


def job(actor: Actor, uuid: UUID) -> Job:
    """One of `jobs`. Raises NotFound."""
    return found(jobs(actor).filter(uuid=uuid).first(), "job")
