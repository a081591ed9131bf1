"""`chengyun init`: makes an installation, or brings one up to this version. Safe to run again."""

import os
import secrets
from pathlib import Path

import click
from django.conf import settings
from django.core.management import call_command

from chengyun.accounts.actions.people import add_person
from chengyun.accounts.actions.rights import Place, give
from chengyun.accounts.models import Grant, Person, Role
from chengyun.accounts.seed import seed_roles
from chengyun.cases.classes import write_default
from chengyun.cli.texts import text
from chengyun.cli.words import command, option
from chengyun.config.authority import issue
from chengyun.kernel.action import action
from chengyun.kernel.actor import System
from chengyun.places.reach import prepare
from chengyun.places.siting import warm

INSTALLER = System("installer")


@command("init", anywhere=True)
@option("--admin", default="admin")
@option("--password")
@option("--tls", metavar="NAME")
def init(admin: str, password: str | None, tls: str | None) -> None:
    data: Path = settings.ENV.data
    data.mkdir(parents=True, exist_ok=True)
    os.chmod(data, 0o700)  # noqa: PTH101 (whoever reads the folder reads the town)
    settings.ENV.key()
    call_command("migrate", verbosity=0, interactive=False)
    seed_roles()
    write_default(data)
    prepare()
    warm()
    click.echo(text("say", "installed", path=data.resolve()))
    _first_administrator(admin, password)
    if tls:
        made = issue(data / "tls", tls)
        click.echo(text("say", "tls_made", cert=made.certificate, key=made.key, page=made.page))


def _first_administrator(login: str, password: str | None) -> None:
    """Somebody must be able to come in; once there is anyone, this does nothing."""
    if Person.objects.as_system("is anybody here").exists():
        if password:
            click.echo(text("say", "has_people"))
        return
    given = password or secrets.token_urlsafe(12)
    _add(login, given)
    click.echo(text("say", "admin_made", login=login, password="***" if password else given))


@action
def _add(login: str, password: str) -> None:
    person = add_person(None, actor=INSTALLER, login=login, name=login, password=password)
    role = Role.objects.as_system("the role of the first person").get(code="administrator")
    give(person, actor=INSTALLER, role=role, place=Place(Grant.Reach.ALL))
