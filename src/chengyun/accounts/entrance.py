"""Coming in and going out. No right is asked here: who comes in is only being found out."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password

from chengyun.accounts import second_factor
from chengyun.accounts.events import LoggedIn, LoggedOut, LoginFailed
from chengyun.accounts.models import LoginAttempt, Person
from chengyun.accounts.rules.throttle import ADDRESS_FACTOR, seconds_to_wait
from chengyun.kernel.action import action, lock
from chengyun.kernel.actor import System
from chengyun.kernel.clock import now
from chengyun.kernel.journal.record import record
from chengyun.kernel.refusal import TooMany, Unauthenticated

DOOR = System("entrance")
BACKEND = "chengyun.accounts.authentication.PersonOfSession"


@dataclass(frozen=True)
class Key:
    """What somebody shows at the door. `code`: of an authenticator app, or a recovery code."""

    login: str
    password: str
    code: str = ""


def enter(key: Key, address: str) -> Person:
    """The person that the key belongs to. Raises Unauthenticated, or TooMany after too many failures.

    The attempt is counted as failed before the password is looked at, so that many at once get no free tries.
    """
    login = key.login.strip().lower()
    attempt = begin_attempt(login, address)
    person: Person | None = Person.objects.as_system("somebody logs in").filter(login=login).first()
    right = check_password(key.password, person.password if person else _nobody())
    if person is None or not right or not person.is_active:
        if person is not None:
            note_failure(person, "password" if person.is_active else "closed")
        raise Unauthenticated("accounts.login_wrong", "login or password is wrong", field="password")
    way = "password"
    if second_factor.enabled(person):
        check_second(person, key.code)
        way = "password+code"
    arrive(person, way, attempt)
    return person


def check_second(person: Person, code: str) -> None:
    """Refuse unless `code` is right for a person with a second factor."""
    if not code.strip():
        raise Unauthenticated("accounts.code_needed", "code: type the one that your authenticator shows", field="code")
    if not second_factor.accepts(person, code):
        note_failure(person, "code")
        raise Unauthenticated("accounts.code_wrong", "code is wrong or was used before", field="code")


_unknown: list[str] = []


def _nobody() -> str:
    """A hash that nothing fits: a name that is not known takes as long to refuse as one that is."""
    if not _unknown:
        _unknown.append(make_password("nobody has this password"))
    return _unknown[0]


def _keyed(text: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


@action
def begin_attempt(login: str, address: str) -> LoginAttempt:
    """Count a try, as failed until it succeeds. Raises TooMany where name or address must wait."""
    moment, window = now(), timedelta(minutes=settings.ENV.login_wait_minutes)
    name, place = _keyed(f"name:{login}"), _keyed(f"address:{address}")
    recent = LoginAttempt.objects.filter(failed=True, at__gt=moment - window)
    limit = settings.ENV.login_attempts
    wait = max(
        seconds_to_wait(list(recent.filter(name=name).values_list("at", flat=True)), limit, window, moment),
        seconds_to_wait(
            list(recent.filter(address=place).values_list("at", flat=True)), limit * ADDRESS_FACTOR, window, moment
        ),
    )
    if wait:
        raise TooMany(
            "accounts.too_many_logins", f"too many failed logins: wait {wait} seconds", params={"retry_after": wait}
        )
    LoginAttempt.objects.filter(at__lt=moment - 10 * window).delete()
    return LoginAttempt.objects.create(name=name, address=place, at=moment)


@action
def note_failure(person: Person, why: str) -> None:
    """Keep in the journal that somebody failed at this person's door."""
    record(LoginFailed(why), lock(person, None), DOOR)


@action
def arrive(person: Person, way: str, attempt: LoginAttempt | None = None) -> None:
    """Keep in the journal that the person came in; the failures of this name are forgiven."""
    held = lock(person, None)
    if attempt is not None:
        LoginAttempt.objects.filter(name=attempt.name, failed=True).update(failed=False)
    record(LoggedIn(way), held, person)


@action
def leave(person: Person) -> None:
    """Keep in the journal that the person went; live streams close on hearing of it."""
    record(LoggedOut(), lock(person, None), person)
