"""The second factor: codes of an authenticator app (TOTP, RFC 6238) and recovery codes, kept by django-allauth."""

import base64
from contextlib import suppress
from dataclasses import dataclass
from functools import cache

from allauth.mfa.adapter import DefaultMFAAdapter, get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, validate_totp_code
from allauth.mfa.utils import decrypt
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import transaction

from chengyun.accounts.models import Person

LAST = "last_code"


class Sealed(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Keeps the secrets of the second factor encrypted: a copy of the database alone opens nothing."""

    def encrypt(self, text: str) -> str:
        return _box(settings.SECRET_KEY).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box(settings.SECRET_KEY).decrypt(encrypted_text.encode()).decode()


@cache
def _box(key: str) -> Fernet:
    """What encrypts with a key of its own, derived from the installation's (HKDF, RFC 5869)."""
    derived = HKDF(SHA256(), length=32, salt=None, info=b"chengyun second factor").derive(key.encode())
    return Fernet(base64.urlsafe_b64encode(derived))


@dataclass(frozen=True)
class Enrolment:
    """What the authenticator app needs: the secret, and the same as an address for a QR code."""

    secret: str
    url: str


def enabled(person: Person) -> bool:
    """Whether a code is asked after the password."""
    return bool(Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists())


def opens() -> bool:
    """Whether the installation's key is the one that the second factors were sealed with; so if there is none."""
    held = Authenticator.objects.filter(type=Authenticator.Type.TOTP).first()
    try:
        return held is None or bool(decrypt(held.data["secret"]))
    except InvalidToken:
        return False


def begin(person: Person, secret: str = "") -> Enrolment:
    """A fresh secret for the person's app (or the one begun with); nothing is kept here until it is confirmed."""
    secret = secret or generate_totp_secret()
    return Enrolment(secret, get_adapter().build_totp_url(person, secret))


def proves(secret: str, code: str) -> bool:
    """Whether `code` is one that the app shows for `secret` now."""
    return bool(validate_totp_code(secret, _plain(code)))


def keep(person: Person, secret: str, code: str) -> list[str]:
    """Ask for codes from now on; returns fresh recovery codes, which are shown once.

    `code`, by which the app proved that it has the secret, was thereby used and opens nothing more (RFC 6238, 5.2).
    """
    Authenticator.objects.filter(user=person).delete()
    held = TOTP.activate(person, secret).instance
    held.data[LAST] = _plain(code)
    held.save(update_fields=["data"])
    return list(RecoveryCodes.activate(person).get_unused_codes())


def renew_codes(person: Person) -> list[str]:
    """Fresh recovery codes; the old ones are refused from now on."""
    Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).delete()
    return list(RecoveryCodes.activate(person).get_unused_codes())


def drop(person: Person) -> None:
    """Ask for no code any more."""
    Authenticator.objects.filter(user=person).delete()


def accepts(person: Person, code: str) -> bool:
    """Whether `code` is right; each is accepted once, whichever process hears of it. None is without the old key."""
    with transaction.atomic(), suppress(InvalidToken):
        held = Authenticator.objects.select_for_update().filter(user=person, type=Authenticator.Type.TOTP).first()
        if held is not None and _fresh(held, code):
            return True
        spare = Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).first()
        return spare is not None and bool(RecoveryCodes(spare).validate_code(code))
    return False


def _plain(code: str) -> str:
    """A code without the gap that apps show in it."""
    return code.replace(" ", "")


def _fresh(held: Authenticator, code: str) -> bool:
    plain = _plain(code)
    if held.data.get(LAST) == plain or not validate_totp_code(decrypt(held.data["secret"]), plain):
        return False
    held.data[LAST] = plain
    held.record_usage()
    held.save(update_fields=["data"])
    return True
