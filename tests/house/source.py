"""The source as the house tests read it: every module of the project, parsed once."""

import ast
import functools
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src"
PACKAGE = SRC / "chengyun"
# From the ground up: a room imports only rooms of lower numbers; equal numbers are neighbours, who never do.
LEVELS = {
    "kernel": 0, "places": 1, "accounts": 2, "intelligence": 3, "indicators": 4,
    "cases": 5, "plans": 5, "sensing": 5, "services": 6, "emergency": 6,
    "cockpit": 7, "demo": 8, "config": 9, "cli": 10,
}  # fmt: skip
# Subpackages that compute and know no database (house plan): no import of Django, and they may pass function ceilings.
ENGINES = (
    "places.reach", "places.partition", "places.coordinates", "places.address", "places.readers", "places.staging",
    "places.tiles", "plans.compiler", "plans.lights", "plans.assessment.scoring", "plans.evaluation",
    "indicators.formula", "sensing.rules", "sensing.store", "kernel.worktime", "intelligence.text",
)  # fmt: skip

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One file: its dotted name without the package ("cases.actions.filing"), text and tree."""

    name: str
    path: Path
    text: str
    tree: ast.Module

    @property
    def room(self) -> str:
        return self.name.partition(".")[0]

    @property
    def is_engine(self) -> bool:
        return any(self.name == engine or self.name.startswith(f"{engine}.") for engine in ENGINES)

    @property
    def is_migration(self) -> bool:
        return ".migrations" in self.name

    def at(self, node: ast.AST) -> str:
        return f"{self.path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"


@functools.cache
def modules() -> tuple[Module, ...]:
    """Every Python file of the package."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found.append(Module(name, path, text, ast.parse(text)))
    return tuple(found)


def rooms() -> list[str]:
    """The rooms that exist now, from the ground up."""
    there = {m.room for m in modules() if m.room}
    return sorted(there, key=lambda room: LEVELS.get(room, 99))


def modules_of(room: str, kind: str) -> list[Module]:
    """The modules of one kind in a room: `actions.py`, or all of the package `actions/`."""
    return [m for m in modules() if m.name == f"{room}.{kind}" or m.name.startswith(f"{room}.{kind}.")]


def functions(module: Module) -> Iterator[tuple[str, Function]]:
    """Every function with its dotted name inside the module, methods and inner functions too."""

    def walk(node: ast.AST, prefix: str) -> Iterator[tuple[str, Function]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{prefix}{child.name}", child
                yield from walk(child, f"{prefix}{child.name}.")
            elif isinstance(child, ast.ClassDef):
                yield from walk(child, f"{prefix}{child.name}.")
            else:
                yield from walk(child, prefix)

    yield from walk(module.tree, "")


def called(node: ast.Call) -> str:
    """The dotted name of what is called ("FLOW.apply", "require"), or its last part where it is computed."""
    parts: list[str] = []
    target: ast.expr = node.func
    while isinstance(target, ast.Attribute):
        parts.append(target.attr)
        target = target.value
    if isinstance(target, ast.Name):
        parts.append(target.id)
    return ".".join(reversed(parts))


def decorators(function: Function | ast.ClassDef) -> set[str]:
    """The names of its decorators, without their arguments."""
    names = set()
    for decorator in function.decorator_list:
        target = decorator.func if isinstance(decorator, ast.Call) else decorator
        names.add(target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", ""))
    return names


@functools.cache
def repository_files() -> tuple[Path, ...]:
    """Every file that git knows or would add, as text may be looked for in it."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return tuple(path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file())


def complain(problems: list[str]) -> None:
    """Fail with one line for each problem."""
    assert not problems, "\n" + "\n".join(problems)
