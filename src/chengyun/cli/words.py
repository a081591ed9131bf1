"""Click's commands with their help, headings and complaints in the chosen language."""

import importlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import click

from chengyun.cli.boot import django_ready, keep_kernels
from chengyun.cli.texts import has, text
from chengyun.kernel.env import Env

EXTRA = re.compile(r"Got unexpected extra arguments? \((.*)\)")


class Option(click.Option):
    """An option whose help is `option."<command>.<name>"` or, where commands share it, `option.<name>`."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        own = f"{path_of(ctx)}.{self.name}"
        self.help = text("option", own if has("option", own) else str(self.name))
        self.show_default = self.default not in (None, False) and not callable(self.default)
        record = super().get_help_record(ctx)
        return record and (record[0], record[1].replace("[default: ", text("frame", "default")))


class Command(click.Command):
    """A command whose help is `command.<name>`. Only one that is `anywhere` runs where no installation stands."""

    def __init__(self, *args: Any, anywhere: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        self.anywhere = anywhere

    def invoke(self, ctx: click.Context) -> Any:
        env = Env.from_environ()
        if not (self.anywhere or env.stands):
            raise click.ClickException(text("complaint", "nothing_stands", path=env.data))
        return super().invoke(ctx)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = [p for p in self.collect_usage_pieces(ctx) if p not in {"[OPTIONS]", "COMMAND [ARGS]..."}]
        more = [text("frame", "some_options")] if self.params else []
        more += [text("frame", "some_command")] if isinstance(self, click.Group) else []
        formatter.write_usage(ctx.command_path, " ".join([*more, *pieces]), text("frame", "usage"))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            for line in text("command", path_of(ctx)).splitlines():
                formatter.write_text(line)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [p for p in self.params if isinstance(p, click.Option)]
        records = [r for p in options if (r := p.get_help_record(ctx))]
        records.append(("--help", text("frame", "help")))
        with formatter.section(text("frame", "options")):
            formatter.write_dl(records)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)


@dataclass(frozen=True)
class Lazy:
    """Where a command lives, whether it reads or writes the database of an installation, and whether it makes one."""

    module: str
    attribute: str
    needs_django: bool = True
    makes: bool = False


class Group(Command, click.Group):
    """A group that knows its commands by name and loads one only when it is called."""

    lazy: Mapping[str, Lazy] = {}

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, anywhere=True, no_args_is_help=False, **more)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        return [*self.lazy, *self.commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        found = self.lazy.get(cmd_name)
        if found is None:
            return super().get_command(ctx, cmd_name)
        if found.needs_django:
            django_ready()
        command: click.Command = getattr(importlib.import_module(found.module), found.attribute)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.list_commands(ctx) and not args[0].startswith("-"):
            raise click.exceptions.NoSuchCommand(args[0], possibilities=self.list_commands(ctx), ctx=ctx)
        found = self.lazy.get(args[0])
        if found is not None and found.makes and "--help" not in args:
            keep_kernels()
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        names = self.list_commands(ctx)
        with formatter.section(text("frame", "commands")):
            formatter.write_dl([(n, text("command", f"{path_of(ctx)} {n}".strip()).splitlines()[0]) for n in names])


def path_of(ctx: click.Context) -> str:
    """The command's name below `chengyun` ("user add"); empty for `chengyun` itself."""
    return ctx.command_path.partition(" ")[2]


def command(name: str, *, anywhere: bool = False) -> Callable[[Callable[..., Any]], click.Command]:
    """A command with its help from the catalogue."""
    return click.command(name, cls=Command, anywhere=anywhere)


def option(*names: str, **more: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """An option with its help from the catalogue."""
    return click.option(*names, cls=Option, **more)


def complaint(error: click.ClickException) -> str:
    """What is wrong with the arguments, in one line of the chosen language."""
    if isinstance(error, click.exceptions.NoSuchCommand):
        words = text("complaint", "no_such_command", name=error.command_name)
    elif isinstance(error, click.NoSuchOption):
        words = text("complaint", "no_such_option", name=error.option_name)
    elif isinstance(error, click.MissingParameter):
        words = text("complaint", "missing", name=_hint(error))
    elif isinstance(error, click.BadParameter):
        words = text("complaint", "bad_value", name=_hint(error), why=_why(error))
    elif isinstance(error, click.BadOptionUsage):
        words = text("complaint", "option_value", name=error.option_name)
    else:
        words = _usage(error)
    near = getattr(error, "possibilities", None)
    return words + (text("complaint", "perhaps", names=", ".join(near)) if near else "")


def _usage(error: click.ClickException) -> str:
    """Click's two remaining complaints, which have no class of their own; any other in its own words."""
    said = error.format_message().rstrip(".")
    if said == "Missing command":
        return text("complaint", "no_command")
    extra = EXTRA.match(said)
    return text("complaint", "extra", names=extra[1]) if extra else said


def _hint(error: click.BadParameter) -> str:
    if error.param_hint:
        return error.param_hint if isinstance(error.param_hint, str) else " ".join(error.param_hint)
    return error.param.get_error_hint(error.ctx).replace("'", "") if error.param is not None else ""


def _why(error: click.BadParameter) -> str:
    """What would be right, from the type of the parameter; click's own words where the type does not say."""
    kind = error.param.type if error.param is not None else None
    if isinstance(kind, click.IntRange | click.FloatRange):
        return text("complaint", "number_between", low=kind.min, high="…" if kind.max is None else kind.max)
    if isinstance(kind, click.Choice):
        return text("complaint", "one_of", names=", ".join(map(str, kind.choices)))
    if isinstance(kind, click.Path):
        return text("complaint", "no_such_path")
    return error.message.rstrip(".")
