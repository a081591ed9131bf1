"""What the room tells: ids and codes; names, phones and free text never."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from chengyun.kernel.events import event


@event("accounts.logged_in")
@dataclass(frozen=True)
class LoggedIn:
    """`way`: password, password+code, oidc, oidc+code."""

    way: str


@event("accounts.logged_out")
@dataclass(frozen=True)
class LoggedOut:
    """Live streams of this person close."""


@event("accounts.login_failed")
@dataclass(frozen=True)
class LoginFailed:
    """`why`: password, code, closed."""

    why: str


@event("accounts.person_added")
@dataclass(frozen=True)
class PersonAdded:
    department: UUID | None


@event("accounts.person_changed")
@dataclass(frozen=True)
class PersonChanged:
    """`fields`: which were changed; their values are personal data and stay out."""

    fields: tuple[str, ...]


@event("accounts.person_closed")
@dataclass(frozen=True)
class PersonClosed:
    """May no longer log in; grants and terms stay as they were, and count for nothing."""


@event("accounts.person_opened")
@dataclass(frozen=True)
class PersonOpened:
    """May log in again."""


@event("accounts.password_changed")
@dataclass(frozen=True)
class PasswordChanged:
    """`by_other`: set by whoever manages people; it must be changed at the next login."""

    by_other: bool


@event("accounts.second_factor_changed")
@dataclass(frozen=True)
class SecondFactorChanged:
    """`what`: enabled, disabled, codes_renewed, reset."""

    what: str


@event("accounts.department_added")
@dataclass(frozen=True)
class DepartmentAdded:
    code: str
    kind: str


@event("accounts.department_changed")
@dataclass(frozen=True)
class DepartmentChanged:
    code: str
    changes: dict[str, Any] = field(default_factory=dict)


@event("accounts.post_added")
@dataclass(frozen=True)
class PostAdded:
    code: str
    department: UUID


@event("accounts.post_changed")
@dataclass(frozen=True)
class PostChanged:
    code: str
    changes: dict[str, Any] = field(default_factory=dict)


@event("accounts.tenure_started")
@dataclass(frozen=True)
class TenureStarted:
    """`after`: the person who held the post before, where the post was handed over."""

    post: UUID
    person: UUID
    starts_at: datetime
    ends_at: datetime | None
    after: UUID | None = None


@event("accounts.tenure_ended")
@dataclass(frozen=True)
class TenureEnded:
    post: UUID
    person: UUID
    ends_at: datetime


@event("accounts.role_copied")
@dataclass(frozen=True)
class RoleCopied:
    code: str
    copied_from: str


@event("accounts.role_changed")
@dataclass(frozen=True)
class RoleChanged:
    code: str
    added: tuple[str, ...]
    removed: tuple[str, ...]


@event("accounts.grant_given")
@dataclass(frozen=True)
class GrantGiven:
    role: str
    person: UUID | None
    post: UUID | None
    reach: str
    town: int | None
    area: int | None
    department: UUID | None
    starts_at: datetime
    ends_at: datetime | None


@event("accounts.grant_revoked")
@dataclass(frozen=True)
class GrantRevoked:
    role: str
    person: UUID | None
    post: UUID | None


@event("accounts.holding_given")
@dataclass(frozen=True)
class HoldingGiven:
    area: int
    post: UUID
    duty: str


@event("accounts.holding_ended")
@dataclass(frozen=True)
class HoldingEnded:
    area: int
    post: UUID
    duty: str


@event("accounts.ownership_set")
@dataclass(frozen=True)
class OwnershipSet:
    facility: int
    department: UUID


@event("accounts.responsibility_added")
@dataclass(frozen=True)
class ResponsibilityAdded:
    subject_code: str
    area: int | None
    department: UUID


@event("accounts.responsibility_changed")
@dataclass(frozen=True)
class ResponsibilityChanged:
    subject_code: str
    changes: dict[str, Any] = field(default_factory=dict)


@event("accounts.responsibility_removed")
@dataclass(frozen=True)
class ResponsibilityRemoved:
    subject_code: str
    department: UUID


@event("accounts.token_issued")
@dataclass(frozen=True)
class TokenIssued:
    permissions: tuple[str, ...]
    town: int | None
    area: int | None
    department: UUID | None
    expires_at: datetime


@event("accounts.token_revoked")
@dataclass(frozen=True)
class TokenRevoked:
    """The token is refused from now on."""


@event("accounts.personal_looked")
@dataclass(frozen=True)
class PersonalLooked:
    """Somebody saw personal data unmasked. Why is private text "reason"."""

    kind: str
    subject: UUID
    fields: tuple[str, ...]


@event("accounts.shift_set")
@dataclass(frozen=True)
class ShiftSet:
    duty: str
    person: UUID | None
    post: UUID | None
    starts_at: datetime
    ends_at: datetime


@event("accounts.shift_removed")
@dataclass(frozen=True)
class ShiftRemoved:
    duty: str
    starts_at: datetime
