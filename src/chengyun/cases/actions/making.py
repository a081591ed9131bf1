"""How new clocks of a case are made as rows."""

from datetime import datetime
from typing import Any

from chengyun.cases.models import Case, Clock, Part
from chengyun.cases.rules.turns import Make


def maker(case: Case, part: Part | None = None) -> Make:
    """Makes clocks of this case, or of one supporting part."""

    def make(stage: str, round_: int, limit: dict[str, Any], moment: datetime) -> Clock:
        return Clock(case=case, part=part, stage=stage, round=round_, limit=limit, started_at=moment)

    return make
