"""The room as a Django app."""

from chengyun.kernel.apps import Room


class PlansConfig(Room):
    name = "chengyun.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"
