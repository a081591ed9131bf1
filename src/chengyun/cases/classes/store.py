"""The town's own copy of the tables in its data folder, and the one that is in force."""

import os
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from chengyun.cases.classes.book import ClassBook, read_classes
from chengyun.cases.classes.practice import Practice, read_practice

STANDARD_FILES = {"classes": "classes.csv", "practice": "practice.yaml"}
TABLES = ("classes.csv", "majors.csv", "practice.yaml")


@dataclass(frozen=True)
class Standards:
    """The classes and the practice of a town."""

    book: ClassBook
    practice: Practice


def _given(name: str) -> str:
    return files("chengyun.cases.classes").joinpath(name).read_text(encoding="utf-8")


def _folder(data: Path) -> Path:
    return data / "cases"


def write_default(data: Path) -> list[Path]:
    """Put the tables that a town starts with into its data folder, where it has none yet. Returns what was written."""
    folder = _folder(data)
    folder.mkdir(parents=True, exist_ok=True)
    missing = [name for name in TABLES if not (folder / name).exists()]
    for name in missing:
        _write(folder / name, _given(name))
    return [folder / name for name in missing]


def read_standards(data: Path) -> Standards:
    """The standards in force: the town's own tables where it has them. Raises BadTable."""
    stamps = tuple(_stamp(_folder(data) / name) for name in TABLES)
    return _read(_folder(data), stamps)


def install_standards(data: Path, name: str, text: str, departments: frozenset[str] | None = None) -> Standards:
    """Check a changed table and, if nothing is wrong with it, put it in force. Raises BadTable."""
    texts = {table: text if table == name else _text(_folder(data) / table) for table in TABLES}
    made = _standards(texts, departments)
    _folder(data).mkdir(parents=True, exist_ok=True)
    _write(_folder(data) / name, text)
    return made


def export_standards(data: Path, name: str) -> str:
    """The text of a table in force, by its short name ("classes", "practice"): to edit and import again."""
    return _text(_folder(data) / STANDARD_FILES[name])


@lru_cache(maxsize=8)
def _read(folder: Path, stamps: tuple[int, ...]) -> Standards:  # noqa: ARG001  # the cache's key: a file was replaced
    return _standards({name: _text(folder / name) for name in TABLES}, None)


def _standards(texts: dict[str, str], departments: frozenset[str] | None) -> Standards:
    practice = read_practice(texts["practice.yaml"])
    known = departments if departments is not None else frozenset(practice.departments)
    return Standards(read_classes(texts["classes.csv"], texts["majors.csv"], known), practice)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig") if path.exists() else _given(path.name)


def _stamp(path: Path) -> int:
    return path.stat().st_mtime_ns if path.exists() else 0


def _write(path: Path, text: str) -> None:
    temporary = path.with_suffix(f".{os.getpid()}")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)
