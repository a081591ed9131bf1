"""One's own account: password and second factor. No right is asked: everybody has his own."""

from chengyun.accounts import second_factor
from chengyun.accounts.actions.people import check_password_rules
from chengyun.accounts.events import PasswordChanged, SecondFactorChanged
from chengyun.accounts.models import Person
from chengyun.kernel.action import action, lock, save
from chengyun.kernel.clock import now
from chengyun.kernel.journal.record import record
from chengyun.kernel.refusal import Conflict, Invalid


@action
def change_password(person: Person, old: str, new: str) -> Person:
    """Another password for oneself; every other session ends."""
    held = lock(person, None)
    demand_password(held, old)
    check_password_rules(new, held)
    if held.check_password(new):
        raise Invalid("accounts.password_same", "password: take another one than now", field="password")
    held.set_password(new)
    held.must_change_password = False
    held.password_changed_at = now()
    save(held)
    record(PasswordChanged(by_other=False), held, held)
    return held


def demand_password(person: Person, password: str) -> None:
    """Refuse unless the person knows the password: a session left open must not be enough."""
    if not person.check_password(password):
        raise Invalid("accounts.password_wrong", "old: this is not your password", field="old")


@action
def enable_second_factor(person: Person, secret: str, code: str) -> list[str]:
    """Ask this person for codes from now on, once the app has shown one. Returns recovery codes, shown once."""
    held = lock(person, None)
    if second_factor.enabled(held):
        raise Conflict("accounts.second_factor_on", "a second factor is set up already: disable it first")
    if not second_factor.proves(secret, code):
        raise Invalid("accounts.code_wrong", "code: not what the app shows for this secret", field="code")
    codes = second_factor.keep(held, secret, code)
    save(held)
    record(SecondFactorChanged("enabled"), held, held)
    return codes


@action
def disable_second_factor(person: Person, password: str) -> None:
    """Ask for no code any more."""
    held = lock(person, None)
    demand_password(held, password)
    second_factor.drop(held)
    save(held)
    record(SecondFactorChanged("disabled"), held, held)


@action
def renew_recovery_codes(person: Person, password: str) -> list[str]:
    """Fresh recovery codes, shown once; the old ones are refused."""
    held = lock(person, None)
    demand_password(held, password)
    if not second_factor.enabled(held):
        raise Conflict("accounts.second_factor_off", "there is no second factor to recover")
    codes = second_factor.renew_codes(held)
    save(held)
    record(SecondFactorChanged("codes_renewed"), held, held)
    return codes
