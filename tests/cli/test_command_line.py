"""The command line as a person meets it: help in both languages, and one clear line for every mistake."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from chengyun.cli import texts
from chengyun.cli.main import chengyun, run
from chengyun.cli.words import Group


def call(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    clean = {k: v for k, v in os.environ.items() if k not in {"LANG", "LC_ALL", "LC_MESSAGES", "NUMBA_CACHE_DIR"}}
    return subprocess.run(
        [sys.executable, "-m", "chengyun.cli", *arguments],
        env=clean | environ,
        capture_output=True,
        text=True,
        check=False,
    )


def every_command() -> list[tuple[str, ...]]:
    def below(group: click.Command | None, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        yield path
        if isinstance(group, Group):
            for name in group.list_commands(click.Context(group)):
                yield from below(group.get_command(click.Context(group), name), (*path, name))

    return list(below(chengyun, ()))


@pytest.fixture(autouse=True)
def forget_the_language() -> Iterator[None]:
    yield
    texts.forget()


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize("path", every_command(), ids=" ".join)
def test_every_command_has_its_help_in_both_languages(
    path: tuple[str, ...], language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--lang", language, *path, "--help"]) == 0
    words = capsys.readouterr().out
    assert ("用法" if language == "zh" else "Usage") in words
    assert language == "zh" or not any("\u4e00" <= letter <= "\u9fff" for letter in words)


def test_every_text_stands_in_both_languages() -> None:
    for section, entries in texts.catalogue().items():
        for key, words in entries.items():
            assert set(words) == set(texts.LANGUAGES), f"{section}.{key}"
            assert all(words.values()), f"{section}.{key}"


@pytest.mark.parametrize(
    ("lang", "expected"), [("en_GB.UTF-8", "Usage"), ("zh_CN.UTF-8", "用法"), ("C.UTF-8", "用法"), ("", "用法")]
)
def test_the_language_follows_the_environment(lang: str, expected: str) -> None:
    assert expected in call("--help", LANG=lang).stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("srve",), "did you mean serve"),
        (("serve", "--port", "x"), "a number between 1 and 65534"),
        (("serve", "--prt", "1"), "did you mean --port"),
        (("serve", "--tls-cert", "no-such-file"), "no such file"),
        (("import", "osm"), "is missing"),
        (("import",), "a command is missing"),
        (("jobs", "now"), "now is too much"),
        (("jobs", "--limit"), "option --limit"),
    ],
)
def test_a_mistake_is_one_line_and_a_code(
    arguments: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--lang", "en", *arguments]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert words in said


def test_a_setting_that_does_not_fit_is_one_line(tmp_path: Path) -> None:
    done = call("--data", str(tmp_path), "doctor", CHENGYUN_PORT="eight")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "CHENGYUN_PORT" in done.stderr


def test_serving_an_empty_folder_says_what_to_do_first(tmp_path: Path) -> None:
    done = call("--data", str(tmp_path), "--lang", "en", "serve", "--port", "18733")
    assert done.returncode == 1
    assert "init` first" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [("doctor",), ("jobs",), ("serve",), ("backup", "x.tar.gz"), ("init", "--help")])
def test_looking_for_an_installation_where_none_is_leaves_nothing_there(
    arguments: tuple[str, ...], tmp_path: Path
) -> None:
    folder = tmp_path / "none"
    done = call("--data", str(folder), "--lang", "en", *arguments)
    assert done.returncode == (0 if "--help" in arguments else 1)
    assert "no such table" not in done.stdout
    assert done.stderr.count("\n") <= 1
    assert not folder.exists()


def test_a_file_that_is_no_database_is_one_finding(tmp_path: Path) -> None:
    (tmp_path / "chengyun.sqlite3").write_text("this is no database at all")
    done = call("--data", str(tmp_path), "--lang", "zh", "doctor", "--only", "database")
    assert done.returncode == 1
    assert done.stdout.count("✗") == 1
    assert "打不开" in done.stdout
    said = call("--data", str(tmp_path), "--lang", "zh", "jobs").stderr
    assert (said.count("\n"), "不是 SQLite 文件" in said) == (1, True)


def test_an_address_of_another_machine_is_told_from_a_port_that_is_taken(installed: Path) -> None:
    done = call("--data", str(installed), "--lang", "zh", "serve", "--host", "203.0.113.7", "--port", "18735")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "本机没有这个地址" in done.stderr


def test_a_refusal_is_said_in_the_language_that_was_chosen(installed: Path, tmp_path: Path) -> None:
    target = tmp_path / "there.tar.gz"
    target.touch()
    for language, words in (("zh", "备份文件已存在"), ("en", "is there already")):
        done = call("--data", str(installed), "--lang", language, "backup", str(target))
        assert (done.returncode, done.stderr.count("\n")) == (1, 1)
        assert words in done.stderr
    add = ("--data", str(installed), "--lang", "zh", "user", "add", "head", "--role", "operator")
    assert texts.screen_words()["accounts.login_taken"] in call(*add).stderr
