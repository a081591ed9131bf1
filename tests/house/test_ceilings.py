"""Sizes: where a ceiling is passed, split by subject. Complexity, arguments and imports inside functions are ruff's."""

import ast

from house.source import Function, Module, complain, decorators, functions, modules, modules_of, repository_files, rooms

FILE, FUNCTION, ACTION, ENDPOINT, VUE = 400, 40, 30, 15, 250
METHODS = {"get", "post", "put", "patch", "delete", "api_operation"}


def length(function: Function) -> int:
    """Lines of a function without its decorators and its docstring."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def longer(module: Module, ceiling: int, only: set[str] | None = None) -> list[str]:
    return [
        f"{module.at(f)} {name}: {length(f)} lines, at most {ceiling}"
        for name, f in functions(module)
        if length(f) > ceiling and (only is None or decorators(f) & only)
    ]


def test_no_python_file_is_longer_than_the_ceiling() -> None:
    files = [m for m in modules() if not m.is_migration]
    complain([f"{m.at(m.tree)}: {n} lines, at most {FILE}" for m in files if (n := m.text.count("\n")) > FILE])


def test_no_test_file_is_longer_than_the_ceiling() -> None:
    tests = [p for p in repository_files() if p.suffix == ".py" and p.parts[-3] == "tests"]
    complain([f"{p}: {n} lines, at most {FILE}" for p in tests if (n := p.read_text().count("\n")) > FILE])


def test_no_function_is_longer_than_the_ceiling() -> None:
    """An engine's kernel may be one loop; it says why above it (`# one loop: …`)."""
    problems = []
    for module in modules():
        if module.is_migration:
            continue
        lines = module.text.splitlines()
        for name, function in functions(module):
            above = lines[max(function.lineno - 4, 0) : function.lineno - 1]
            excused = module.is_engine and any("# one loop:" in line for line in above)
            if length(function) > FUNCTION and not excused:
                problems.append(f"{module.at(function)} {name}: {length(function)} lines, at most {FUNCTION}")
    complain(problems)


def test_actions_are_short() -> None:
    complain([p for room in rooms() for m in modules_of(room, "actions") for p in longer(m, ACTION, {"action"})])


def test_endpoints_are_short() -> None:
    complain([p for room in rooms() for m in modules_of(room, "api") for p in longer(m, ENDPOINT, METHODS)])


def test_vue_files_are_short() -> None:
    vue = [p for p in repository_files() if p.suffix == ".vue"]
    complain([f"{p}: {n} lines, at most {VUE}" for p in vue if (n := p.read_text(encoding="utf-8").count("\n")) > VUE])
