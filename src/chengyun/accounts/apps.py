"""The room as a Django app."""

from chengyun.kernel.apps import Room


class AccountsConfig(Room):
    name = "chengyun.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
