"""What ties tables of two rooms together, read from the models themselves: never upwards, never sideways."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import migrations
from django.db.migrations.loader import MigrationLoader
from django.db.models import DO_NOTHING, Field, ForeignKey, Model

from chengyun.kernel.models import ScopedManager, Subject
from house.source import LEVELS, complain

ROOMS = {config.label for config in apps.get_app_configs() if config.name.startswith("chengyun.")}


def our_models() -> list[type[Model]]:
    return [m for m in apps.get_models() if m._meta.app_label in ROOMS]


def below(room: str, other: str) -> bool:
    """Whether `room` may know `other`: itself, and what lies lower. What is not ours lies below everything."""
    return other not in ROOMS or other == room or LEVELS[other] < LEVELS[room]


def relations(model: type[Model]) -> list[Field]:
    return [f for f in model._meta.get_fields() if isinstance(f, Field) and f.is_relation and f.model is model]


def test_foreign_keys_point_downwards() -> None:
    problems = []
    for model in our_models():
        for field in relations(model):
            target = field.related_model._meta.app_label
            if not below(model._meta.app_label, target):
                problems.append(f"{model._meta.label}.{field.name} → {target}")
    complain(problems)


def test_kernel_tables_hold_ids_and_no_keys_of_others() -> None:
    kernel = [m for m in our_models() if m._meta.app_label == "kernel"]
    complain([
        f"{m._meta.label}.{f.name} → {f.related_model._meta.label}"
        for m in kernel
        for f in relations(m)
        if f.related_model._meta.app_label != "kernel"
    ])  # fmt: skip


def test_a_key_into_a_lower_room_leaves_no_accessor_there() -> None:
    """`facility.case_set` would let `places` read `cases`: such a key has related_name="+"."""
    problems = []
    for model in our_models():
        for field in relations(model):
            other = field.related_model._meta.app_label
            if other in ROOMS and other != model._meta.app_label and not field.remote_field.hidden:
                problems.append(f'{model._meta.label}.{field.name}: related_name="+" is missing')
    complain(problems)


def test_migrations_depend_downwards() -> None:
    loader = MigrationLoader(None)
    problems = []
    for (room, name), migration in loader.disk_migrations.items():
        if room not in ROOMS:
            continue
        wanted = [*migration.dependencies, *migration.run_before]
        problems += [f"{room}.{name} needs {other}.{n}" for other, n in wanted if not below(room, other)]
    complain(problems)


@pytest.mark.django_db
def test_the_models_and_the_migrations_say_the_same() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=1)


def test_migrations_of_data_can_be_undone_or_say_that_nothing_is_to_undo() -> None:
    loader = MigrationLoader(None)
    complain([
        f"{room}.{name}: a step of data without its reverse"
        for (room, name), migration in loader.disk_migrations.items()
        if room in ROOMS
        for step in migration.operations
        if isinstance(step, migrations.RunPython) and step.reverse_code is None
    ])  # fmt: skip


def test_every_subject_is_scoped_named_and_read_through_a_door() -> None:
    problems = []
    kinds: dict[str, str] = {}
    for model in our_models():
        if not issubclass(model, Subject):
            continue
        label = model._meta.label
        if not isinstance(model._meta.managers_map.get("objects"), ScopedManager):
            problems.append(f"{label}: objects is not the ScopedManager")
        if not hasattr(model, "scoping"):
            problems.append(f"{label}: says no scoping")
        kind = getattr(model, "subject_kind", "")
        if not kind or kinds.setdefault(kind, label) != label:
            problems.append(f"{label}: subject_kind {kind!r} is empty or taken")
    complain(problems)


def test_no_model_is_in_the_hands_of_an_admin_site() -> None:
    assert not apps.is_installed("django.contrib.admin"), "it writes past action, journal and within"


def test_keys_are_wide_enough() -> None:
    """Bigint inside: a table of a city outgrows 2,147,483,647 rows."""
    complain([
        m._meta.label for m in our_models() if m._meta.pk.get_internal_type() in {"AutoField", "IntegerField"}
    ])  # fmt: skip


def test_every_foreign_key_says_what_happens_when_its_target_goes() -> None:
    complain([
        f"{model._meta.label}.{field.name}: DO_NOTHING"
        for model in our_models()
        for field in relations(model)
        if isinstance(field, ForeignKey) and field.remote_field.on_delete is DO_NOTHING
    ])  # fmt: skip
