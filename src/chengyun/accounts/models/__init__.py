"""The room's tables."""

from chengyun.accounts.models.duties import Holding, Ownership, Responsibility, Shift
from chengyun.accounts.models.logins import ApiToken, LoginAttempt, Look, Notice
from chengyun.accounts.models.organisation import Department, Post, Tenure
from chengyun.accounts.models.people import Person
from chengyun.accounts.models.rights import Grant, Role

__all__ = [
    "ApiToken",
    "Department",
    "Grant",
    "Holding",
    "LoginAttempt",
    "Look",
    "Notice",
    "Ownership",
    "Person",
    "Post",
    "Responsibility",
    "Role",
    "Shift",
    "Tenure",
]
