"""People come, change, and go."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from chengyun.accounts import second_factor
from chengyun.accounts.actions.changes import set_fields
from chengyun.accounts.events import (
    PasswordChanged,
    PersonAdded,
    PersonChanged,
    PersonClosed,
    PersonOpened,
    SecondFactorChanged,
)
from chengyun.accounts.models import Department, Person
from chengyun.kernel.access import Where, require
from chengyun.kernel.action import action, lock, save
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.journal.record import record
from chengyun.kernel.refusal import Conflict, Invalid

MANAGE = "accounts.manage"


def check_password_rules(password: str, person: Person) -> None:
    """Refuse a password that is too short, too common, or too like the person."""
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise Invalid("accounts.password_weak", f"password: {' '.join(error.messages)}", field="password") from error


@action
def add_person(
    town: int | None, *, actor: Actor, login: str, name: str, password: str = "", more: Mapping[str, Any] | None = None
) -> Person:
    """A new person of a town (None: of the district above). Without a password only the identity provider lets in.

    `more`: department, title, phone, email, language. The password must be changed at the first login, unless
    `more` says must_change_password False.
    """
    values = dict(more or {})
    office: Department | None = values.get("department")
    require(actor, MANAGE, at=Where(town=town, departments=frozenset({office.id} if office else ())))
    if office is not None and office.town_id != town:
        raise Invalid("accounts.other_town", "department: it belongs to another town", field="department")
    login = login.strip().lower()
    if Person.objects.as_system("is the login free").filter(login=login).exists():
        raise Conflict("accounts.login_taken", f"login: {login!r} is taken", field="login")
    values.setdefault("must_change_password", bool(password))
    person = Person(login=login, name=name.strip(), town_id=town, **values)
    if password:
        check_password_rules(password, person)
        person.set_password(password)
    else:
        person.set_unusable_password()
    person.save()
    record(PersonAdded(office.uuid if office else None), person, actor)
    return person


@action
def change_person(person: Person, *, actor: Actor, expected: int, values: Mapping[str, Any]) -> Person:
    """Change name, title, phone, email, language, department or login of a person."""
    person = lock(person, expected)
    require(actor, MANAGE, at=person)
    office = values.get("department")
    if isinstance(office, Department) and office.town_id != person.town_id:
        raise Invalid("accounts.other_town", "department: it belongs to another town", field="department")
    changed = set_fields(person, values)
    if changed:
        save(person)
        record(PersonChanged(tuple(sorted(changed))), person, actor)
    return person


@action
def close_person(person: Person, *, actor: Actor, expected: int) -> Person:
    """The person may no longer log in; sessions and tokens end at once."""
    person = lock(person, expected)
    require(actor, MANAGE, at=person)
    if person.actor_id == actor.actor_id:
        raise Conflict("accounts.own_account", "nobody closes his own account: somebody else must do it")
    person.is_active = False
    save(person)
    record(PersonClosed(), person, actor)
    return person


@action
def open_person(person: Person, *, actor: Actor, expected: int) -> Person:
    """The person may log in again."""
    person = lock(person, expected)
    require(actor, MANAGE, at=person)
    person.is_active = True
    save(person)
    record(PersonOpened(), person, actor)
    return person


@action
def give_password(person: Person, *, actor: Actor, expected: int, password: str) -> Person:
    """Give a person a first password; it must be changed at the next login, and every session ends."""
    person = lock(person, expected)
    require(actor, MANAGE, at=person)
    check_password_rules(password, person)
    person.set_password(password)
    person.must_change_password = True
    person.password_changed_at = now()
    save(person)
    record(PasswordChanged(by_other=True), person, actor)
    return person


@action
def reset_second_factor(person: Person, *, actor: Actor, expected: int) -> Person:
    """For somebody who lost phone and recovery codes: no code is asked until it is set up again."""
    person = lock(person, expected)
    require(actor, MANAGE, at=person)
    second_factor.drop(person)
    save(person)
    record(SecondFactorChanged("reset"), person, actor)
    return person
