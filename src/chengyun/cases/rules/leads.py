"""What a verb does to the lead department's part. Pure."""

from typing import Any

NEW = frozenset({"dispatch", "arbitrate", "reassign"})
"""Verbs that give the case to a department."""

_SETS: dict[str, dict[str, str]] = {
    "sign": {"state": "signed"},
    "assign": {"state": "handling"},
    "start": {"state": "handling"},
    "answer": {"state": "answered"},
    "send_back": {"state": "handling"},
    "verify_fail": {"state": "handling"},
    "return": {"state": "returned"},
    "reassign": {"state": "taken"},
    "merge": {"state": "taken"},
    "cancel": {"state": "taken"},
    "upper_returned": {"state": "taken"},
    "upper_reopened": {"state": "taken"},
    "reopen": {"state": "taken"},
    "sample_fail": {"state": "taken"},
    "close": {"state": "done"},
    "upper_closed": {"state": "done"},
}
ENDS = frozenset({"return", "reassign", "merge", "cancel", "upper_returned", "upper_reopened", "reopen", "sample_fail",
                  "close", "upper_closed"})  # fmt: skip


def touches(verb: str) -> bool:
    """Whether the verb changes the lead's part at all."""
    return verb in NEW or verb in _SETS


def turn_lead(lead: Any, verb: str, moment: Any, person: str | None) -> None:
    """Change the present lead's part as the verb says."""
    if verb not in _SETS:
        return
    lead.state = _SETS[verb]["state"]
    if verb == "sign":
        lead.signed_at = moment
    if verb in ("assign", "start"):
        lead.assignee_id = person
    if verb in ENDS:
        lead.ended_at = moment
