"""Sets Django up for the commands that need an installation."""

import os

import django
from django.apps import apps


def django_ready() -> None:
    """Load the settings and the rooms once; the settings read CHENGYUN_* at this moment."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chengyun.config.settings")
    if not apps.ready:
        django.setup()
