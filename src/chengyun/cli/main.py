"""The group of all commands, and the one place where an error becomes one clear line."""

import os
import sys
from functools import singledispatch
from pathlib import Path
from typing import Any

import click
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from chengyun.cli.texts import LANGUAGES, choose, database_words, os_words, refusal_words, text
from chengyun.cli.words import Group, Lazy, complaint, option, path_of
from chengyun.kernel.env import SettingError
from chengyun.kernel.refusal import Refusal

HERE = "chengyun.cli"


def _set_data(_ctx: click.Context, _param: click.Parameter, value: Path | None) -> None:
    if value is not None:
        os.environ["CHENGYUN_DATA"] = str(value.expanduser().resolve())


def _set_language(_ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    if value is not None:
        choose(value)


@click.group("chengyun", cls=Group)
@option(
    "--data", type=click.Path(path_type=Path, file_okay=False), is_eager=True, expose_value=False, callback=_set_data
)
@option("--lang", type=click.Choice(LANGUAGES), is_eager=True, expose_value=False, callback=_set_language)
def chengyun() -> None:
    """Everything is in the sub-commands; the two options act before one is loaded."""


chengyun.lazy = {
    "init": Lazy(f"{HERE}.init", "init", makes=True),
    "serve": Lazy(f"{HERE}.serve", "serve"),
    "demo": Lazy(f"{HERE}.demo", "demo"),
    "town": Lazy(f"{HERE}.town", "towns"),
    "import": Lazy(f"{HERE}.imports.group", "imports"),
    "export": Lazy(f"{HERE}.exports", "exports"),
    "doctor": Lazy(f"{HERE}.doctor", "doctor"),
    "openapi": Lazy(f"{HERE}.docs", "openapi"),
    "docs": Lazy(f"{HERE}.docs", "docs"),
    "journal": Lazy(f"{HERE}.journal", "journal"),
    "jobs": Lazy(f"{HERE}.jobs", "jobs"),
    "user": Lazy(f"{HERE}.user", "user"),
    "token": Lazy(f"{HERE}.user", "token"),
    "backup": Lazy(f"{HERE}.backup", "backup"),
    "run": Lazy(f"{HERE}.run", "run"),
    "indicators": Lazy(f"{HERE}.indicators", "indicators"),
    "plan": Lazy(f"{HERE}.plan", "plan", needs_django=False),
}


def main(arguments: list[str] | None = None) -> None:
    """Run the command and leave with its code: 0 done, 1 refused, 2 wrong arguments, 130 interrupted."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: list[str]) -> int:
    """The code of a command; whatever a person can mend is one line on the standard error, without a traceback."""
    try:
        result: Any = chengyun.main(args=arguments or ["--help"], prog_name="chengyun", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.exceptions.Abort:
        return 130
    except (click.ClickException, Refusal, ValueError, ImproperlyConfigured, DatabaseError, OSError) as error:
        line = said(error)
        if line is None:
            raise
        click.echo(line, err=True)
        return error.exit_code if isinstance(error, click.ClickException) else 1


@singledispatch
def said(_error: Exception) -> str | None:
    """What went wrong in one line; None for what no person at a terminal can mend."""
    return None


@said.register
def _(error: click.ClickException) -> str:
    return text("complaint", "system", why=error.format_message())


@said.register
def _(error: click.UsageError) -> str:
    where = f"chengyun {path_of(error.ctx)}".strip() if error.ctx else "chengyun"
    return text("complaint", "line", where=where, what=complaint(error))


@said.register
def _(error: SettingError) -> str:
    right = text("setting", error.kind)
    return text(
        "complaint", "system", why=text("complaint", "setting", name=error.name, value=error.value, right=right)
    )


@said.register
def _(error: Refusal) -> str:
    words = refusal_words(error.code, error.detail, error.params)
    return text("complaint", "system", why=f"{words} ({error.code})")


@said.register
def _(error: DatabaseError) -> str:
    return text("complaint", "database", why=database_words(str(error).strip().splitlines()[0]))


@said.register
def _(error: OSError) -> str:
    words = os_words(error.errno, error.strerror or str(error))
    return text(
        "complaint", "system", why=f"{words}{'' if words.endswith('：') else ' '}{error.filename or ''}".strip()
    )
