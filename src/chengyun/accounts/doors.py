"""Installs what this room answers for the others, when the platform starts."""

from typing import Any

from django.apps import apps
from django.db.models.signals import post_migrate

from chengyun.accounts.facts import every_grid_has_a_holder, keep_owners, wrong_owners
from chengyun.accounts.policy import GrantPolicy
from chengyun.accounts.seed import seed_roles
from chengyun.kernel.access import install
from chengyun.places.registry import ImportColumn, add_area_check, add_import_column

install(GrantPolicy())
add_area_check("accounts.every_grid_has_a_holder", every_grid_has_a_holder)
add_import_column(
    ImportColumn(
        layer="facilities",
        field="owner",
        synonyms=("owner", "owner department", "department", "权属单位", "责任部门", "主管部门", "管养单位"),
        wrong=wrong_owners,
        keep=keep_owners,
    )
)


def seed(**_: Any) -> None:
    """The roles of the file, whenever the tables were brought up to date."""
    seed_roles()


post_migrate.connect(seed, sender=apps.get_app_config("accounts"))
