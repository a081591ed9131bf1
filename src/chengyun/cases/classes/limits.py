"""Limits as a town writes them: "7 work_days", "4工作时", "2 clock_hours moment midnight"."""

import re
from dataclasses import dataclass

from chengyun.kernel.worktime import End, Limit, Start, Unit

SIGNING = "signing"

_UNITS = {
    "工作时": "work_hours",
    "工作小时": "work_hours",
    "工作日": "work_days",
    "小时": "clock_hours",
    "天": "work_days",
}
_SHAPE = re.compile(r"(?P<amount>\d+(?:\.\d+)?)\s*(?P<unit>[a-z_]+|[一-鿿]+)(?P<rules>(?:\s+[a-z_]+){0,2})")


@dataclass(frozen=True)
class StageLimit:
    """A limit of one stage. `from_signing`: the clock begins when the department signs, not when it is sent."""

    limit: Limit
    from_signing: bool = False

    def __str__(self) -> str:
        amount = f"{self.limit.amount:g} {self.limit.unit}"
        start = SIGNING if self.from_signing else str(self.limit.start)
        return f"{amount} {start} {self.limit.end}"


def parse_limit(text: str) -> StageLimit:
    """Read a limit. Rules left out are the usual ones of the unit. Raises ValueError that says what is right."""
    found = _SHAPE.fullmatch(text.strip())
    if not found:
        raise ValueError(f"{text!r} is no limit; write for example '7 work_days' or '4 work_hours'")
    unit = _UNITS.get(found["unit"], found["unit"])
    if unit not in list(Unit):
        raise ValueError(f"{found['unit']!r} is no unit; use work_hours, work_days or clock_hours")
    rules = {"start": "", "end": ""}
    for word in found["rules"].split():
        rules[_rule_of(word)] = word
    signing = rules["start"] == SIGNING
    start = str(Start.MOMENT) if signing else rules["start"]
    limit = Limit.from_json({"amount": float(found["amount"]), "unit": unit, "start": start, "end": rules["end"]})
    return StageLimit(limit, signing)


def _rule_of(word: str) -> str:
    if word == SIGNING or word in list(Start):
        return "start"
    if word in list(End):
        return "end"
    raise ValueError(
        f"{word!r} is no rule; use moment, next_working_day, signing, same_time, close_of_office, midnight"
    )
