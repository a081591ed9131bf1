"""The room as a Django app."""

from chengyun.kernel.apps import Room


class ServicesConfig(Room):
    name = "chengyun.services"
    label = "services"
    default_auto_field = "django.db.models.BigAutoField"
