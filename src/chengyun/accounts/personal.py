"""The one way to show personal data: masked, or unmasked with the permission and a logged reason."""

from collections.abc import Mapping

from chengyun.accounts.actions.looks import look
from chengyun.accounts.rules.masking import Kind, masked
from chengyun.kernel.actor import Actor
from chengyun.kernel.models import Subject

# How each field that the rooms keep is masked; a field that is not named here is masked as free text.
KINDS: Mapping[str, Kind] = {
    "name": "name",
    "reporter": "name",
    "contact": "name",
    "phone": "phone",
    "mobile": "phone",
    "id_number": "id_number",
    "address": "address",
    "home": "address",
    "email": "email",
}


def personal(
    actor: Actor, of: Subject, texts: Mapping[str, str], *, permission: str, reason: str = ""
) -> dict[str, str]:
    """The personal texts of a record by field: masked, or in full if a reason is given.

    With a reason the permission is required at the record's place (else Forbidden) and the look is logged.
    """
    if not reason.strip():
        return masked(texts, {field: KINDS.get(field, "text") for field in texts})
    look(of, actor=actor, permission=permission, fields=list(texts), reason=reason)
    return dict(texts)
