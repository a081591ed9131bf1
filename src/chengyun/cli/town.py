"""`chengyun town`: a town from its boundary, its schemes, its departments, its own plane grid, and the map below."""

from pathlib import Path
from typing import Any

import click

from chengyun.accounts.importing import keep_departments, read_departments
from chengyun.cli.texts import text
from chengyun.cli.words import Command, Group, option
from chengyun.kernel.actor import System
from chengyun.places.actions.schemes import keep_schemes
from chengyun.places.actions.towns import TownPlan, fit_local_grid, found_town, local_grid_of, set_base_map
from chengyun.places.importing.founding import read_boundary, read_control_points, read_schemes
from chengyun.places.queries.towns import only_town

OPERATOR = System("command line")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("town", cls=Group)
def towns() -> None:
    """Its commands."""


@towns.command("found", cls=Command)
@click.argument("file", type=FILE)
@option("--code", required=True)
@option("--name", required=True)
@option("--english", default="")
@option("--district", default="")
@option("--crs", "system", default="")
@option("--sheet", default="")
def found(file: Path, code: str, name: str, system: str, sheet: str, **more: Any) -> None:
    made = found_town(TownPlan(code, name, read_boundary(file, system, sheet), **more), actor=OPERATOR)
    click.echo(text("say", "founded_town", name=made.name, code=made.code))


@towns.command("schemes", cls=Command)
@click.argument("file", type=FILE)
@option("--town")
def schemes(file: Path, town: str | None) -> None:
    place, given = only_town(town), read_schemes(file)
    keep_schemes(place, actor=OPERATOR, expected=place.version, given=given)
    click.echo(text("say", "kept_schemes", names=", ".join(f"{one.name} ({one.code})" for one in given)))


@towns.command("departments", cls=Command)
@click.argument("file", type=FILE)
@option("--town")
def departments(file: Path, town: str | None) -> None:
    kept = keep_departments(only_town(town), actor=OPERATOR, rows=read_departments(file))
    click.echo(text("say", "kept_departments", new=kept.new, changed=kept.changed, same=kept.same))


@towns.command("grid", cls=Command)
@click.argument("file", type=FILE)
@option("--town")
def grid(file: Path, town: str | None) -> None:
    place, points = only_town(town), read_control_points(file)
    fitted = local_grid_of(fit_local_grid(place, actor=OPERATOR, expected=place.version, points=points))
    if fitted is not None:
        click.echo(text("say", "fitted_grid", count=len(points), rms=f"{fitted.rms:.3f}", worst=f"{fitted.worst:.3f}"))


@towns.command("map", cls=Command)
@option("--town")
@option("--wmts")
@option("--attribution", default="")
@option("--review-number", "review", default="")
def base_map(town: str | None, wmts: str | None, attribution: str, review: str) -> None:
    place = only_town(town)
    shown = {"kind": "wmts", "url": wmts, "attribution": attribution, "review_number": review} if wmts else {}
    set_base_map(place, actor=OPERATOR, expected=place.version, choice=shown or {"kind": "own"})
    click.echo(text("say", "chosen_map", name=place.name))
