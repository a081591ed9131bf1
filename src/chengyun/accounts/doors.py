"""Installs what this room answers for the others, when the platform starts."""

from chengyun.accounts.policy import GrantPolicy
from chengyun.kernel.access import install

install(GrantPolicy())
