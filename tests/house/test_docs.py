"""What exists is documented: the pages made from the code are those of this code, and links lead somewhere."""

import re
from dataclasses import fields
from pathlib import Path

from chengyun.config.reference import pages, refusals
from chengyun.kernel.access import permissions
from chengyun.kernel.env import PREFIX, Env
from chengyun.kernel.events import events, fields_of, listeners
from chengyun.kernel.flow import flows
from house.source import ROOT, complain, modules, repository_files

DOCS = ROOT / "docs"
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(#[^)]*)?\)")


def test_the_pages_made_from_the_code_are_those_of_this_code() -> None:
    made = pages().items()
    complain([f"docs/{name} is missing: make docs" for name, _ in made if not (DOCS / name).exists()])
    stale = [name for name, text in made if (DOCS / name).read_text(encoding="utf-8") != text]
    complain([f"docs/{name} is not up to date: make docs" for name in stale])


def test_the_command_line_has_the_screens_words_of_refusals() -> None:
    kept = (ROOT / "src" / "chengyun" / "cli" / "refusals.json").read_text(encoding="utf-8")
    assert kept == refusals(ROOT / "web" / "src"), "cli/refusals.json is not up to date: make docs"


def test_every_setting_has_its_heading() -> None:
    text = (DOCS / "settings.md").read_text(encoding="utf-8")
    complain([f.name for f in fields(Env) if f"## {PREFIX}{f.name.upper()}\n" not in text])


def test_every_room_has_its_word_in_the_architecture() -> None:
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    complain([room for room in sorted({m.room for m in modules() if m.room}) if f"`{room}" not in text])


def test_links_between_pages_lead_somewhere() -> None:
    problems = []
    for path in [p for p in repository_files() if p.suffix == ".md"]:
        for target, _ in LINK.findall(path.read_text(encoding="utf-8")):
            if not target.startswith(("http://", "https://", "mailto:")) and not _exists(path, target):
                problems.append(f"{path.relative_to(ROOT)} → {target}")
    complain(problems)


def _exists(page: Path, target: str) -> bool:
    return (page.parent / target).exists()


def test_permissions_are_named_for_their_room_and_in_both_languages() -> None:
    rooms = {m.room for m in modules()}
    complain([
        p.name for p in permissions().values() if p.name.partition(".")[0] not in rooms or not p.zh or not p.en
    ])  # fmt: skip


def test_every_permission_of_a_verb_is_declared() -> None:
    complain([
        f"{flow.kind}.{verb.name}: {verb.may}"
        for flow in flows().values()
        for verb in flow.verbs.values()
        if verb.may not in permissions()
    ])  # fmt: skip


def test_every_flow_reaches_all_its_states() -> None:
    complain([f"{flow.kind}: {problem}" for flow in flows().values() for problem in flow.check()])


def test_listeners_read_only_facts_that_events_tell() -> None:
    problems = []
    for listener in listeners().values():
        heard = [kind for name, kind in events().items() if listener.wants(name)]
        if not heard:
            problems.append(f"{listener.name}: no event is called {', '.join(listener.patterns)}")
        told = {fact for kind in heard for fact in fields_of(kind)}
        problems += [
            f"{listener.name} reads {fact}, which no event tells" for fact in listener.reads if fact not in told
        ]
    complain(problems)


def test_events_are_named_in_the_past_tense_of_their_room() -> None:
    rooms = {m.room for m in modules()}
    name = re.compile(r"^[a-z]+\.[a-z]+(?:_[a-z]+)*$")
    complain([n for n in events() if not name.match(n) or n.partition(".")[0] not in rooms])


def test_commands_in_the_readme_exist() -> None:
    makefile = (ROOT / "Makefile").read_text()
    known = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    for page in ("README.md", "README.zh-CN.md", "CONTRIBUTING.md"):
        used = set(re.findall(r"^\s*make ([a-z-]+)", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE))
        assert used <= known, f"{page}: {used - known}"
