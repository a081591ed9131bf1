"""The room as a Django app."""

from chengyun.kernel.apps import Room


class CasesConfig(Room):
    name = "chengyun.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"
