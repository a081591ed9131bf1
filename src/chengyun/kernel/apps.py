"""The kernel as a Django app."""

from importlib import import_module

from django.apps import AppConfig

ROOM_FILES = ("permissions", "doors", "events", "flow_table", "measures", "reactions", "checks")


def load_room(package: str) -> None:
    """Import the files of a room that register something, where the room has them."""
    for name in ROOM_FILES:
        try:
            import_module(f"{package}.{name}")
        except ModuleNotFoundError as error:
            if error.name != f"{package}.{name}":
                raise


class Room(AppConfig):
    """A room of the house: loads what it registers."""

    # Every apps.py has this class and its own: Django takes the one that is a default, and none if both are.
    default = False

    def __init_subclass__(cls) -> None:
        cls.default = True

    def ready(self) -> None:
        load_room(self.name)


class KernelConfig(Room):
    name = "chengyun.kernel"
    label = "kernel"
    default_auto_field = "django.db.models.BigAutoField"
