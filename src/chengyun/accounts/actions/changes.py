"""What the actions share: setting fields, and the rule that nobody gives rights to himself."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model

from chengyun.accounts.models import Person, Post
from chengyun.accounts.policy import posts_held
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.models import Subject
from chengyun.kernel.refusal import Forbidden


def set_fields(row: Subject, values: Mapping[str, Any]) -> dict[str, Any]:
    """Set the fields that differ; returns them with their new values as facts (things by uuid)."""
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    return {name: getattr(v, "uuid", v.pk) if isinstance(v, Model) else v for name, v in changed.items()}


def forbid_own(actor: Actor, person: Person | None) -> None:
    """Two people are needed to give a right: who gives, and who gets."""
    if person is not None and actor.actor_kind == "person" and person.actor_id == actor.actor_id:
        raise Forbidden("accounts.own_rights", "nobody changes his own rights: somebody else must do it")


def forbid_own_post(actor: Actor, post: Post | None) -> None:
    """The same for a post: its holder does not widen it."""
    if post is not None and isinstance(actor, Person) and posts_held(actor, now()).filter(pk=post.pk).exists():
        raise Forbidden("accounts.own_rights", "nobody changes his own rights: somebody else must do it")
