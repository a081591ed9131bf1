"""What must never stand in the repository, and what must not be left unfinished in it."""

import re
from pathlib import Path

from house.source import ROOT, complain, repository_files

BINARY = {
    ".png",
    ".jpg",
    ".jpeg",
    ".webp",
    ".ico",
    ".pbf",
    ".pmtiles",
    ".gpkg",
    ".shp",
    ".dbf",
    ".shx",
    ".xlsx",
    ".woff2",
    ".zip",
    ".pdf",
}
LARGEST = 2_000_000
# Written in pieces, so that this file does not hold what it looks for.
HOSTS = re.compile(
    "|".join(
        ["py" + r"pi\.org", "python" + r"hosted\.org", "registry" + r"\.npm", "deb" + r"ian\.org/", "tsing" + "hua"]
    )
)
MACHINE = re.compile(r"/(?:wo" + r"rk/(?:main|shared)|ho" + r"me/[a-z]+/|Us" + r"ers/[a-z]+/|tm" + r"p/w/|ro" + r"ot/)")
UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|X" + r"XX|HA" + r"CK|raise NotImplemented" + r"Error)\b")
SECRET = re.compile(r"-----BEGIN (?:RSA |EC )?PRIVATE KEY-----\n[A-Za-z0-9+/]")


def texts() -> list[tuple[Path, str]]:
    return [
        (path, path.read_text(encoding="utf-8", errors="replace"))
        for path in repository_files()
        if path.suffix not in BINARY and path.name != "LICENSE"
    ]


def found(pattern: re.Pattern[str], where: str = "") -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path, text in texts()
        if str(path.relative_to(ROOT)).startswith(where) and pattern.search(text)
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_host_of_a_registry_is_named() -> None:
    complain(found(HOSTS))


def test_no_path_of_a_machine_is_named() -> None:
    complain(found(MACHINE))


def test_nothing_is_left_for_later() -> None:
    complain(found(UNFINISHED, "src/") + found(UNFINISHED, "web/src/") + found(UNFINISHED, "tests/"))


def test_no_private_key_is_kept() -> None:
    complain(found(SECRET))


def test_files_end_with_a_line_and_are_not_huge() -> None:
    problems = [
        f"{p.relative_to(ROOT)}: {p.stat().st_size} bytes" for p in repository_files() if p.stat().st_size > LARGEST
    ]
    problems += [
        f"{p.relative_to(ROOT)}: no end of line at its end" for p, text in texts() if text and not text.endswith("\n")
    ]
    complain(problems)


def test_the_changelog_speaks_of_the_version_in_hand() -> None:
    version = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert version
    assert f"## {version[1]}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
