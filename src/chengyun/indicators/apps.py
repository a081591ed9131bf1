"""The room as a Django app."""

from chengyun.kernel.apps import Room


class IndicatorsConfig(Room):
    name = "chengyun.indicators"
    label = "indicators"
    default_auto_field = "django.db.models.BigAutoField"
