"""The settings as a person may see them."""

import os
from dataclasses import fields
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings

from chengyun.kernel.env import PREFIX, Env

SECRETS = {"secret_key", "oidc_secret"}


def shown() -> list[dict[str, Any]]:
    """Every setting with its variable, its meaning and its value; of secrets only whether they are set."""
    return [_shown(field.name, str(field.metadata["words"])) for field in fields(Env)]


def _shown(name: str, words: str) -> dict[str, Any]:
    variable, secret = PREFIX + name.upper(), name in SECRETS
    value = str(getattr(settings.ENV, name))
    return {
        "variable": variable,
        "words": words,
        "value": None if secret else _without_password(value),
        "is_set": variable in os.environ,
        "secret": secret,
    }


def _without_password(value: str) -> str:
    parts = urlsplit(value) if "://" in value else None
    if parts is None or not parts.password:
        return value
    return urlunsplit(parts._replace(netloc=parts.netloc.replace(f":{parts.password}@", ":***@", 1)))
