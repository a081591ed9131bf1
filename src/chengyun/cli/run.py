"""`chengyun run`: one process of an installation, loaded only when it is the one that is called."""

import click

from chengyun.cli.words import Group, Lazy

HERE = "chengyun.cli.processes"


@click.group("run", cls=Group)
def run() -> None:
    """Its processes."""


run.lazy = {
    "web": Lazy(f"{HERE}.web", "web"),
    "live": Lazy(f"{HERE}.live", "live"),
    "worker": Lazy(f"{HERE}.worker", "worker"),
    "simulator": Lazy(f"{HERE}.simulator", "simulator"),
    "town": Lazy(f"{HERE}.town", "town", makes=True),
}
