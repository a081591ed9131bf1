"""Seeing who reported: allowed to few, logged for all."""

import json
from typing import Any

from chengyun.accounts.actions.looks import look
from chengyun.cases.models import Case, Reporter
from chengyun.kernel.access import may, require
from chengyun.kernel.actor import Actor
from chengyun.kernel.journal.record import private_texts
from chengyun.kernel.refusal import Forbidden

FIELDS = ("name", "phone")


def see_reporter(case: Case, *, actor: Actor, reason: str) -> list[dict[str, Any]]:
    """Names and phones of all who reported a case, after logging who looks and why.

    Of a confidential case only the desk sees them: the handler sees place and matter, never the reporter.
    """
    require(actor, "cases.personal", at=case)
    if case.confidential and not (may(actor, "cases.receive", at=case) or may(actor, "cases.upper", at=case)):
        raise Forbidden("cases.confidential", "this case is confidential: only the desk sees who reported it")
    look(case, actor=actor, permission="cases.personal", fields=FIELDS, reason=reason)
    rows = list(Reporter.objects.filter(case=case).order_by("id"))
    texts = private_texts(str(r.private_id) for r in rows if r.private_id)
    return [
        {"ref": str(r.ref), "kind": r.kind, "channel": r.channel, **_person(texts.get(str(r.private_id)))} for r in rows
    ]


def _person(text: str | None) -> dict[str, str]:
    read = json.loads(text) if text else {}
    return {field: read.get(field, "") for field in FIELDS}
