"""Texts of the screens: both languages say the same things, and every refusal has its words."""

import ast
import functools
import json
import re
from pathlib import Path

import pytest
from django.apps import apps

from chengyun.kernel.events import events
from chengyun.kernel.jobs.registry import kinds
from house.source import LEVELS, ROOT, called, complain, modules

WEB = ROOT / "web" / "src"
FOLDERS = sorted({file.parent for file in WEB.rglob("locales/*.json")})
REFUSALS = {
    "Invalid", "Malformed", "Unauthenticated", "Forbidden", "NotFound", "Conflict", "TooLarge", "Unsupported",
    "TooMany", "Crashed",
}  # fmt: skip
HAN = re.compile(r"[\u4e00-\u9fff]")
# Refused on the command line alone, where the English sentence is the answer.
NEVER_ON_A_SCREEN = {"kernel.backup_exists", "kernel.dump_failed", "kernel.no_pg_dump"}


def flat(tree: object, prefix: str = "") -> dict[str, str]:
    """A tree of texts by dotted keys."""
    if not isinstance(tree, dict):
        return {prefix: str(tree)}
    return {k: v for key, value in tree.items() for k, v in flat(value, f"{prefix}.{key}" if prefix else key).items()}


def texts(folder: Path, language: str) -> dict[str, str]:
    return flat(json.loads((folder / f"{language}.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: str(f.relative_to(WEB)))
def test_both_languages_have_the_same_texts(folder: Path) -> None:
    chinese, english = texts(folder, "zh-CN"), texts(folder, "en")
    complain([f"{folder}: {key} stands in one language only" for key in sorted(set(chinese) ^ set(english))])
    blank = [key for both in (chinese, english) for key, words in both.items() if not words.strip()]
    complain([f"{folder}: {key} is empty" for key in blank])


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: str(f.relative_to(WEB)))
def test_both_languages_fill_in_the_same_values(folder: Path) -> None:
    chinese, english = texts(folder, "zh-CN"), texts(folder, "en")
    holes = re.compile(r"\{(\w+)\}")
    complain([
        f"{folder}: {key} fills in other values"
        for key in sorted(set(chinese) & set(english))
        if set(holes.findall(chinese[key])) != set(holes.findall(english[key]))
    ])  # fmt: skip


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: str(f.relative_to(WEB)))
def test_english_is_english_and_chinese_has_full_width_marks(folder: Path) -> None:
    names = re.compile(r"中文|语言|language")  # a language is called by its own name
    problems = [
        f"{folder}: {k} has Chinese in English"
        for k, v in texts(folder, "en").items()
        if HAN.search(v) and not names.search(v) and "language" not in k
    ]
    half = re.compile(r"[\u4e00-\u9fff][,;:?!](?:\s|$)|[\u4e00-\u9fff]\.$")
    problems += [
        f"{folder}: {k} ends Chinese with a half-width mark"
        for k, v in texts(folder, "zh-CN").items()
        if half.search(v)
    ]
    complain(problems)


@functools.cache
def codes() -> dict[str, tuple[str, str]]:
    """Every refusal's code with one room and place that raises it."""
    found: dict[str, tuple[str, str]] = {"kernel.busy": ("kernel", "kernel/refusal.py")}
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and called(node).rpartition(".")[2] in REFUSALS and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    found.setdefault(first.value, (module.room, module.at(node)))
    return found


def test_a_code_is_that_of_its_room_or_of_a_lower_one() -> None:
    complain([
        f"{where}: {code}"
        for code, (room, where) in codes().items()
        if LEVELS.get(code.partition(".")[0], 99) > LEVELS[room]
    ])  # fmt: skip


def test_every_refusal_has_its_words_on_the_screens() -> None:
    everything = {k for folder in FOLDERS for k in set(texts(folder, "zh-CN")) & set(texts(folder, "en"))}
    complain([
        f"{where}: refusal.{code} has no text"
        for code, (_, where) in sorted(codes().items())
        if f"refusal.{code}" not in everything and code not in NEVER_ON_A_SCREEN
    ])  # fmt: skip


def test_every_text_of_a_refusal_is_raised_somewhere() -> None:
    """A code that nobody raises any more takes its text with it."""
    general = re.compile(r"refusal\.(web|field)\.")  # statuses and schema errors, which no room raises by name
    known = {f"refusal.{code}" for code in codes()}
    idle = {
        k for folder in FOLDERS for k in texts(folder, "zh-CN") if k.startswith("refusal.") and not general.match(k)
    }
    complain(sorted(idle - known))


def test_the_journal_has_words_for_every_event_and_every_kind_of_subject() -> None:
    everything = {k for folder in FOLDERS for k in set(texts(folder, "zh-CN")) & set(texts(folder, "en"))}
    kinds = {str(model.subject_kind) for model in apps.get_models() if hasattr(model, "subject_kind")}
    ours = {name for name, kind in events().items() if kind.__module__.startswith("chengyun.")}  # tests have their own
    wanted = {f"event.{name}" for name in ours} | {f"journal.kind.{kind}" for kind in kinds}
    complain(sorted(wanted - everything))


def test_every_kind_of_job_has_its_words() -> None:
    everything = {k for folder in FOLDERS for k in set(texts(folder, "zh-CN")) & set(texts(folder, "en"))}
    complain(sorted({f"jobs.kind.{name}" for name in kinds()} - everything))


def test_every_thing_that_would_be_right_in_an_import_has_its_words() -> None:
    said = {
        node.args[0].value
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and called(node) == "right" and isinstance(node.args[0], ast.Constant)
    }
    words = {k for k in texts(WEB / "rooms" / "places" / "locales", "zh-CN") if k.startswith("import.right.")}
    assert words == {f"import.right.{code}" for code in said}
