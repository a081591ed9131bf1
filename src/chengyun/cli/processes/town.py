"""`chengyun run town`: makes the towns of the demo, or goes on where it was interrupted, and marks the folder."""

from dataclasses import asdict

import click
from django.conf import settings
from django.core.management import call_command

from chengyun.accounts.seed import seed_roles
from chengyun.cli.progress import bar
from chengyun.cli.texts import text
from chengyun.cli.words import command, option
from chengyun.config.demo_mark import DemoMark
from chengyun.demo.build import build
from chengyun.demo.history.make import CASES, MONTHS
from chengyun.kernel.parent import watch_parent
from chengyun.places.reach import prepare
from chengyun.places.siting import warm

DAYS_OF_A_MONTH = 30.44


@command("town", anywhere=True)
@option("--days", type=click.IntRange(1), required=True)
@option("--scale", type=click.IntRange(1), required=True)
def town(days: int, scale: int) -> None:
    watch_parent()
    settings.ENV.key()
    call_command("migrate", verbosity=0, interactive=False)
    seed_roles()
    prepare()
    warm()
    months = days / DAYS_OF_A_MONTH
    with bar(text("say", "making_town")) as tell:
        logins = build(settings.ENV, scale, progress=tell, cases=round(CASES * months / MONTHS), months=months)
    DemoMark(days, scale, finished=True, logins=tuple(map(asdict, logins))).write(settings.ENV.data)
    click.echo(text("say", "made_town"))
