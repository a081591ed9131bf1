"""`chengyun import`: each source is a command of its own, loaded when it is called."""

import click

from chengyun.cli.words import Group


@click.group("import", cls=Group)
def imports() -> None:
    """Its sources."""
