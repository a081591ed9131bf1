"""API tokens are issued, shown once, and revoked."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from chengyun.accounts.actions.rights import Place
from chengyun.accounts.authentication import TOKEN_MARK, digest_of
from chengyun.accounts.events import TokenIssued, TokenRevoked
from chengyun.accounts.models import ApiToken, Person
from chengyun.kernel.access import permissions as declared
from chengyun.kernel.access import require
from chengyun.kernel.action import action, lock, save
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.journal.record import record
from chengyun.kernel.refusal import Conflict, Forbidden, Invalid

TOKENS = "accounts.tokens"
# A key that leaked must not be able to make rights, or further keys.
NEVER = frozenset({"accounts.manage", "accounts.tokens", "kernel.settings"})
LONGEST = timedelta(days=366)


@action
def issue_token(
    person: Person, *, actor: Actor, name: str, allowed: Sequence[str], place: Place, expires_at: datetime
) -> tuple[ApiToken, str]:
    """A token in the name of a person, and its secret, which is shown now and never again.

    Nobody hands out what he may not do himself: each permission is asked of the actor at that place.
    """
    require(actor, TOKENS, at=place)
    for permission in _known(allowed):
        require(actor, permission, at=place)
    moment = now()
    if not moment < expires_at <= moment + LONGEST:
        raise Invalid("accounts.expiry_wrong", "expires_at: within a year from now", field="expires_at")
    if isinstance(actor, Person) and actor.pk != person.pk:
        raise Forbidden("accounts.own_token_only", "a token acts in the name of who issues it")
    secret = TOKEN_MARK + secrets.token_urlsafe(32)
    token = ApiToken(
        name=name.strip(), prefix=secret[:9], digest=digest_of(secret), person=person, person_ref=person.actor_id,
        permissions=sorted(set(allowed)), town_id=place.where().town, area=place.area, department=place.department,
        expires_at=expires_at,
    )  # fmt: skip
    token.save()
    office = place.department.uuid if place.department else None
    record(TokenIssued(tuple(token.permissions), token.town_id, token.area_id, office, expires_at), token, actor)
    return token, secret


def _known(allowed: Sequence[str]) -> list[str]:
    unknown = sorted(set(allowed) - set(declared()))
    if unknown or not allowed:
        raise Invalid("accounts.no_such_permission", f"permissions: {unknown or 'none'} is not known", field="allowed")
    forbidden = sorted(set(allowed) & NEVER)
    if forbidden:
        raise Invalid(
            "accounts.not_for_tokens", f"permissions: {', '.join(forbidden)} is not for tokens", field="allowed"
        )
    return sorted(set(allowed))


@action
def revoke_token(token: ApiToken, *, actor: Actor, expected: int) -> ApiToken:
    """The token is refused from now on."""
    token = lock(token, expected)
    require(actor, TOKENS, at=token)
    if token.revoked_at is not None:
        raise Conflict("accounts.token_over", "this token is revoked already", current=token.state_now())
    token.revoked_at = now()
    save(token)
    record(TokenRevoked(), token, actor)
    return token
