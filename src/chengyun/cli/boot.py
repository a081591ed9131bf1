"""Sets Django up for the commands that need an installation."""

import os

import django
from django.apps import apps

from chengyun.kernel.env import Env


def keep_kernels() -> None:
    """Keep what numba compiles in the installation that is being made: it asks where when a module is loaded."""
    os.environ.setdefault("NUMBA_CACHE_DIR", str(Env.from_environ().kernels_dir))


def django_ready() -> None:
    """Load the settings and the rooms once; the settings read CHENGYUN_* at this moment."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chengyun.config.settings")
    if not apps.ready:
        django.setup()
