"""Imports run downwards only. The linter holds the layers; here is what it cannot see."""

import ast
import subprocess
import sys

import pytest

from house.source import ENGINES, LEVELS, PACKAGE, called, complain, functions, modules, rooms

DJANGO_FREE = ["kernel.actor", "kernel.env", "kernel.refusal", "kernel.flow", "kernel.events"]
EXTRA = {"plans.compiler.readers.ocr", "places.reach.city"}  # needs an extra, which need not be installed
HEAVY = {"django", "ninja", "allauth"}


def test_every_room_has_its_level() -> None:
    assert set(rooms()) <= set(LEVELS), "a new room needs its level here and in the layers of pyproject.toml"


def test_no_import_hides_inside_a_function() -> None:
    complain([
        f"{module.at(node)} {name}: imports inside a function"
        for module in modules()
        for name, function in functions(module)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ])  # fmt: skip


BY_NAME = {"get_model", "import_module", "import_string"}
# `cli` loads its commands by name, so that `--help` needs no database; a room's app loads the room's own files.
# Readers load what an extra brings (OCR) only where it is installed.
MAY_LOAD_BY_NAME = {"cli", "apps", "plans.compiler.readers.pdf"}


def test_nobody_asks_the_registry_for_a_model_or_a_module_by_name() -> None:
    complain([
        f"{module.at(node)}: {called(node)}"
        for module in modules()
        if not module.is_migration and not {module.room, module.name, module.name.rpartition(".")[2]} & MAY_LOAD_BY_NAME
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and called(node).rpartition(".")[2] in BY_NAME
    ])  # fmt: skip


def test_only_types_are_imported_for_type_checking() -> None:
    """`if TYPE_CHECKING` must not carry an import upwards either: the linter reads it, and so does everyone else."""
    problems = []
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
                problems += [f"{module.at(n)}: upward import" for n in node.body if _upward(module.room, n)]
    complain(problems)


def _upward(room: str, node: ast.stmt) -> bool:
    if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("chengyun."):
        return False
    target = (node.module or "").split(".")[1]
    return target != room and LEVELS.get(target, 99) >= LEVELS.get(room, 99)


@pytest.mark.parametrize("name", [m for m in DJANGO_FREE if (PACKAGE / (m.replace(".", "/") + ".py")).exists()])
def test_the_ground_is_free_of_django(name: str) -> None:
    assert loaded_by(f"chengyun.{name}") == set()


@pytest.mark.parametrize("room", [r for r in rooms() if r not in {"cli", "config"}])
def test_importing_a_room_loads_no_django(room: str) -> None:
    assert loaded_by(f"chengyun.{room}") == set()


@pytest.mark.parametrize("name", [e for e in ENGINES if (PACKAGE / e.replace(".", "/")).is_dir()])
def test_an_engine_works_without_django(name: str) -> None:
    found = [m.name for m in modules() if (m.name == name or m.name.startswith(f"{name}.")) and m.name not in EXTRA]
    assert loaded_by(*(f"chengyun.{m}" for m in found)) == set()


def loaded_by(*names: str) -> set[str]:
    """Which of the heavy packages a fresh interpreter has loaded after importing these."""
    code = f"import sys, {', '.join(names)}; print(*{{n.partition('.')[0] for n in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return HEAVY & set(done.stdout.split())


def test_nobody_touches_the_search_path() -> None:
    complain([
        f"{module.at(node)}: touches sys.path"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node) == "sys.path"
    ])  # fmt: skip
