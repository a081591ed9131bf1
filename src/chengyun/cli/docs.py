"""`chengyun docs` and `chengyun openapi`."""

from pathlib import Path

import click

from chengyun.cli.texts import text
from chengyun.cli.words import command, option
from chengyun.config.reference import openapi as description
from chengyun.config.reference import pages, refusals

WORDS = Path(__file__).with_name("refusals.json")


@command("openapi", anywhere=True)
@option("--output", type=click.Path(path_type=Path, dir_okay=False))
def openapi(output: Path | None) -> None:
    if output is None:
        click.echo(description(), nl=False)
    else:
        output.write_text(description(), encoding="utf-8")


@command("docs", anywhere=True)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default="docs")
def docs(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in pages().items():
        (folder / name).write_text(page, encoding="utf-8")
        click.echo(text("say", "written", path=folder / name))
    web = folder.resolve().parent / "web" / "src"
    if web.is_dir():
        WORDS.write_text(refusals(web), encoding="utf-8")
        click.echo(text("say", "written", path=WORDS))
