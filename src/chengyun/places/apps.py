"""Places as a Django app."""

from chengyun.kernel.apps import Room


class PlacesConfig(Room):
    name = "chengyun.places"
    label = "places"
    default_auto_field = "django.db.models.BigAutoField"
