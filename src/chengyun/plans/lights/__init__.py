"""Lights 红黄绿灯 by the pace that is expected, not by optimism. An engine: free of Django, usable alone.

`judge` says how one promise stands today; `months` keeps what every month's light was, and when it was made good.
"""

from chengyun.plans.lights.aims import Aim, Every, Hold, Reading
from chengyun.plans.lights.judging import Judged, judge
from chengyun.plans.lights.months import MonthLight, months
from chengyun.plans.lights.pace import expected_at
from chengyun.plans.lights.rules import DEFAULT, Light, LightRules, read_rules

__all__ = [
    "DEFAULT",
    "Aim",
    "Every",
    "Hold",
    "Judged",
    "Light",
    "LightRules",
    "MonthLight",
    "Reading",
    "expected_at",
    "judge",
    "months",
    "read_rules",
]
