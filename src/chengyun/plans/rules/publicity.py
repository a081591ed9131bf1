"""What of a plan is for everybody's eyes."""

import re

PUBLIC_LIGHT = {"green": "on_track", "yellow": "attention", "red": "attention", "grey": "pending"}
"""Lights are for supervision; everybody is told how it goes in plain words."""

_INTERNAL = re.compile(r"[（(](?:内部|不公开|内部掌握|待定|联系人|责任人|牵头领导)[^（）()]*[）)]")
_PEOPLE = re.compile(r"[（(][^（）()]*(?:同志|书记|镇长|主任|科长|所长)[^（）()]*[）)]")
_PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}")


def without_internal_words(text: str) -> str:
    """A text without notes in brackets that are internal or name people, and without telephone numbers."""
    cleaned = _PHONE.sub("", _PEOPLE.sub("", _INTERNAL.sub("", text)))
    return re.sub(r"\s{2,}", " ", cleaned).strip()
