"""The group of sources."""

import click

from chengyun.cli.words import Group, Lazy

HERE = "chengyun.cli.imports"
LAYERS = ("facilities", "buildings", "areas", "gaps", "grounds", "populations", "names")


@click.group("import", cls=Group)
def imports() -> None:
    """Its sources."""


imports.lazy = {
    "osm": Lazy(f"{HERE}.osm", "osm"),
    **{layer: Lazy(f"{HERE}.layers", layer) for layer in LAYERS},
    "cases": Lazy(f"{HERE}.cases", "cases"),
    "classes": Lazy(f"{HERE}.standards", "classes"),
    "practice": Lazy(f"{HERE}.standards", "practice"),
    "categories": Lazy(f"{HERE}.categories", "categories"),
    "plan": Lazy(f"{HERE}.plan", "plan"),
    "resume": Lazy(f"{HERE}.resume", "resume"),
}
