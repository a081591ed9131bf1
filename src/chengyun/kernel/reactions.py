"""The kernel's own listeners and recurring jobs, loaded when the app is ready."""

from django.apps import apps
from django.db.models.signals import post_migrate

from chengyun.kernel.calendar import recompute
from chengyun.kernel.calendar.seed import seed_calendar
from chengyun.kernel.delivery import events, housekeeping
from chengyun.kernel.live.registry import expose

__all__ = ["events", "housekeeping", "recompute"]

post_migrate.connect(seed_calendar, sender=apps.get_app_config("kernel"))
expose("job", "kernel.health")
expose("parcel", "kernel.health")
