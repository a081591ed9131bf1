"""The group of sources."""

import click

from chengyun.cli.words import Group, Lazy

HERE = "chengyun.cli.imports"


@click.group("import", cls=Group)
def imports() -> None:
    """Its sources."""


imports.lazy = {
    "osm": Lazy(f"{HERE}.osm", "osm"),
}
