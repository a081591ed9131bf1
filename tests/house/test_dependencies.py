"""What is declared is used, what is used is declared, and the locks hold both without naming where they come from."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest

from house.source import ROOT, complain, modules, repository_files

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
# Used without an import: by name in a setting, from the command line, or by Django and its packages.
UNIMPORTED = {
    "argon2-cffi": "Django's password hasher",
    "tzdata": "zoneinfo, where the system has no time zones",
    "psycopg": "Django's PostgreSQL backend",
    "granian": "started as a program by `chengyun serve`",
    "uvicorn": "started as a program by `chengyun serve`",
}
LOCKS = {"base": [], "cluster": ["cluster"], "ocr": ["ocr"], "dev": ["cluster", "dev"]}


def bare(requirement: str) -> str:
    """The name of a requirement, as registries compare it."""
    return re.split(r"[\[<>=~!; ]", requirement, maxsplit=1)[0].lower().replace("_", "-").replace(".", "-")


def declared() -> set[str]:
    return {bare(r) for r in PROJECT["project"]["dependencies"]}


def imported() -> set[str]:
    """Distributions that the package imports."""
    by_module = packages_distributions()
    tops = {
        name.partition(".")[0]
        for module in modules()
        for node in ast.walk(module.tree)
        for name in _names(node)
    }  # fmt: skip
    return {
        bare(d) for top in tops - set(sys.stdlib_module_names) - {"chengyun"} for d in by_module.get(top, [f"?{top}"])
    }


def _names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module else []


def settings_text() -> str:
    return (ROOT / "src/chengyun/config/settings.py").read_text()


def test_every_dependency_is_used() -> None:
    apps_by_name = {"whitenoise": "whitenoise.middleware", "django-allauth": '"allauth"'}
    idle = declared() - imported() - set(UNIMPORTED)
    complain(
        [
            f"{name}: declared, and nothing uses it"
            for name in sorted(idle)
            if apps_by_name.get(name, "?") not in settings_text()
        ]
    )


def test_everything_imported_is_declared() -> None:
    """What an extra brings may not be installed here; then a module's own name stands for it."""
    extras = {bare(r) for extra in ("cluster", "ocr") for r in PROJECT["project"]["optional-dependencies"][extra]}
    names = {name.removeprefix("?") for name in imported()}
    complain([f"{name}: imported and not declared" for name in sorted(names - declared() - extras)])


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_holds_what_is_declared(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text()
    extras = PROJECT["project"]["optional-dependencies"]
    wanted = declared() | {bare(r) for extra in LOCKS[lock] for r in extras[extra]}
    pinned = set(re.findall(r"^([a-z0-9.-]+)(?:\[.*\])?==", text, re.MULTILINE))
    complain([f"{name}: not in requirements/{lock}.txt (make lock)" for name in sorted(wanted - pinned)])
    complain([f"{line}: without a hash" for line in re.findall(r"^\S+==.*[^\\]$", text, re.MULTILINE)])


def test_locks_name_no_index() -> None:
    locks = [*sorted((ROOT / "requirements").glob("*.txt")), ROOT / "web" / "package-lock.json"]
    pattern = re.compile(r"--(?:extra-)?index-url|--find-links|\"resolved\"|https?://\S+\.(?:tgz|whl|tar\.gz)")
    complain([f"{p.relative_to(ROOT)} names an index" for p in locks if p.exists() and pattern.search(p.read_text())])


def test_versions_of_dependencies_are_bounded() -> None:
    loose = [r for r in PROJECT["project"]["dependencies"] if "~=" not in r and "<" not in r and bare(r) != "tzdata"]
    complain([f"{r}: say ~= which version" for r in loose])


def test_nobody_installs_by_hand() -> None:
    """Only the Makefile and .ci/run install anything."""
    names = [p for p in repository_files() if p.suffix in {".sh", ".py"} and "tests/house" not in str(p)]
    complain([f"{p}: installs packages" for p in names if re.search(r"pip3? install|npm install", p.read_text())])
