"""`chengyun user add` and `chengyun token`."""

import secrets
from datetime import timedelta

import click

from chengyun.accounts.actions.people import add_person
from chengyun.accounts.actions.rights import Place, give
from chengyun.accounts.actions.tokens import issue_token
from chengyun.accounts.models import Department, Grant, Person, Role
from chengyun.cli.texts import text
from chengyun.cli.words import Command, Group, command, option
from chengyun.kernel.access import found
from chengyun.kernel.action import action
from chengyun.kernel.actor import System
from chengyun.kernel.clock import now
from chengyun.places.models import Area, Town

OPERATOR = System("command line")
WHY = "the command line acts for who owns the machine"


@click.group("user", cls=Group)
def user() -> None:
    """Its commands."""


@user.command("add", cls=Command)
@click.argument("login")
@option("--name")
@option("--role", required=True)
@option("--town")
@option("--area")
@option("--department")
@option("--password")
def add(login: str, name: str | None, role: str, password: str | None, **where: str | None) -> None:
    given = password or secrets.token_urlsafe(12)
    _add(login, name or login, given, role, _place(**where))
    click.echo(text("say", "user_added", login=login, password="***" if password else given))


@action
def _add(login: str, name: str, password: str, role: str, place: Place) -> None:
    town = place.where().town or (place.department.town_id if place.department else None)
    person = add_person(
        town, actor=OPERATOR, login=login, name=name, password=password, more={"department": place.department}
    )
    kind = found(Role.objects.as_system(WHY).filter(code=role).first(), f"role {role}")
    give(person, actor=OPERATOR, role=kind, place=place)


@command("token")
@click.argument("login")
@option("--name", default="api")
@option("--permission", "allowed", multiple=True, required=True)
@option("--town")
@option("--area")
@option("--department")
@option("--days", type=click.IntRange(1, 366), default=90)
def token(login: str, name: str, allowed: tuple[str, ...], days: int, **where: str | None) -> None:
    person = found(Person.objects.as_system(WHY).filter(login=login.strip().lower()).first(), f"person {login}")
    _, secret = issue_token(
        person,
        actor=OPERATOR,
        name=name,
        allowed=allowed,
        place=_place(**where),
        expires_at=now() + timedelta(days=days),
    )
    click.echo(secret)


def _place(town: str | None, area: str | None, department: str | None) -> Place:
    """Where a right holds: the narrowest place that was named; the whole installation if none was."""
    here = found(Town.objects.as_system(WHY).filter(code=town).first(), f"town {town}") if town else None
    rows = Area.objects.as_system(WHY).filter(code=area)
    spot = found((rows.filter(town=here) if here else rows).first(), f"area {area}") if area else None
    offices = Department.objects.as_system(WHY).filter(code=department)
    office = (
        found((offices.filter(town=here) if here else offices).first(), f"department {department}")
        if department
        else None
    )
    if spot is not None:
        return Place(Grant.Reach.AREA, area=spot, department=office)
    if here is not None or office is not None:
        return Place(Grant.Reach.TOWN, town=here.id if here else office.town_id if office else None, department=office)
    return Place(Grant.Reach.ALL)
