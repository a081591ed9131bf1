"""What cases offer to be measured: one row for each case, counted on the day it was reported, due or closed.

The figures that everyone is judged by are shares of these rows (see `indicators/library/cases.yaml`): whoever says
"close rate" has to say of which cases, and the three measures are the three answers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np
from django.conf import settings
from django.db.models import Q, QuerySet

from chengyun.accounts.models import Department
from chengyun.cases.around import standards
from chengyun.cases.flow_table import DONE_STATES, OPEN_STATES
from chengyun.cases.models import Case, Clock, Rating
from chengyun.cases.models.case import Channel
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.events import EntryView
from chengyun.kernel.measures import NOWHERE, Ask, Coded, Column, Field, Floats, Measure, Row, Table, Words, offer

AREAS = ("grid", "cell", "community", "compound")
LEVELS: Words = (
    ("building", "楼组", "building"),
    ("community", "居村", "community"),
    ("grid", "片区网格", "grid"),
    ("town", "镇", "town"),
    ("district", "区", "district"),
)
BASE = frozenset({"building", "community", "grid"})  # 基层: up to the 片区
UPPER_KINDS: Words = (
    ("consult", "咨询", "question"),
    ("help", "求助", "request for help"),
    ("complaint", "投诉举报", "complaint"),
    ("suggestion", "建议", "suggestion"),
    ("praise", "表扬", "praise"),
)
_SOME = 900


@dataclass(frozen=True)
class _Clocks:
    """Of the last round of a stage: when it was due, and whether it was kept (None: not due yet or taken away)."""

    due: datetime | None
    kept: bool | None


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)


def _span(ask: Ask) -> tuple[datetime, datetime]:
    """The period as moments."""
    zone = _zone()
    first = datetime.combine(ask.period.first, time(), zone)
    return first, datetime.combine(ask.period.last + timedelta(days=1), time(), zone)


def _reported(ask: Ask) -> QuerySet[Case]:
    return _cases(ask).filter(local_day__range=(ask.period.first, ask.period.last))


def _due(ask: Ask) -> QuerySet[Case]:
    """Cases whose handling, or orders whose limit above, falls due in the period."""
    first, last = _span(ask)
    own = Clock.objects.filter(stage="handle", due_at__gte=first, due_at__lt=last, case__is_order=False)
    above = Clock.objects.filter(stage="upper", due_at__gte=first, due_at__lt=last, case__is_order=True)
    return _cases(ask).filter(Q(pk__in=own.values("case_id")) | Q(pk__in=above.values("case_id")))


def _closed(ask: Ask) -> QuerySet[Case]:
    first, last = _span(ask)
    return _cases(ask).filter(closed_at__gte=first, closed_at__lt=last)


def _cases(ask: Ask) -> QuerySet[Case]:
    rows: QuerySet[Case] = Case.objects.as_system("what formulas count").filter(town_id=ask.town)
    return rows if ask.keys is None else rows.filter(pk__in=list(ask.keys))


WANTED = (
    "id", "channel", "class_code", "state", "priority", "is_order", "upper_kind", "simple", "level", "supervised",
    "found", "round", "returns", "extensions", "reopenings", "department_id", "reported_at", "filed_at", "closed_at",
    "local_day", "minx", "miny", *(f"{role}_id" for role in AREAS),
)  # fmt: skip


def load_reported(ask: Ask) -> Table:
    """Cases by the day of their report."""
    return _table(_reported(ask), "local_day")


def load_due(ask: Ask) -> Table:
    """Cases by the day when handling fell due; orders by their limit above."""
    return _table(_due(ask), "due")


def load_closed(ask: Ask) -> Table:
    """Cases by the day of their closing."""
    return _table(_closed(ask), "closed")


def _table(rows: QuerySet[Case], day: str) -> Table:
    turned = list(zip(*rows.values_list(*WANTED).iterator(chunk_size=5_000), strict=True)) or [()] * len(WANTED)
    own = dict(zip(WANTED, turned, strict=True))
    ids = own["id"]
    clocks = _clocks(rows)
    handled = [clocks.get((pk, "upper" if order else "handle")) for pk, order in zip(ids, own["is_order"], strict=True)]
    days = {"local_day": own["local_day"], "due": [c.due if c else None for c in handled], "closed": own["closed_at"]}
    places = {
        role: np.array([NOWHERE if v is None else v for v in own[f"{role}_id"]], dtype=np.int64) for role in AREAS
    }
    columns = _words(own) | _numbers(own) | _verdicts(ids, clocks, handled) | _ratings(rows, ids)
    return Table(
        np.array(ids, dtype=np.int64), columns, places, _floats(own["minx"]), _floats(own["miny"]),
        _days(days[day]), source="cases", as_of=now().astimezone(_zone()).date(),
    )  # fmt: skip


def _words(own: Mapping[str, Sequence[object]]) -> dict[str, Column]:
    """The columns of words."""
    offices = dict(Department.objects.as_system("whose cases they are").values_list("pk", "code"))
    levels = [str(level) for level in own["level"]]
    return {
        "channel": _coded(own["channel"]),
        "class": _coded(own["class_code"]),
        "major": Coded.of(str(code)[:3] for code in own["class_code"]),
        "state": _coded(own["state"]),
        "priority": _coded(own["priority"]),
        "demand": _coded(own["upper_kind"]),
        "level": _coded(levels),
        "department": Coded.of(offices.get(d) if isinstance(d, int) else None for d in own["department_id"]),
    }


def _numbers(own: Mapping[str, Sequence[object]]) -> dict[str, Column]:
    """The columns of numbers and flags that stand in the row itself."""
    levels, closed = own["level"], own["closed_at"]
    hours = [_hours(a, b) for a, b in zip(own["reported_at"], closed, strict=True)]
    return {
        "order": _floats(own["is_order"]),
        "simple": _floats(own["simple"]),
        "supervised": _floats(own["supervised"]),
        "filed": _floats([v is not None for v in own["filed_at"]]),
        "open": _floats([state in OPEN_STATES for state in own["state"]]),
        "closed": _floats([state in DONE_STATES for state in own["state"]]),
        "rework": _floats([isinstance(n, int) and n > 1 for n in own["round"]]),
        "reopened": _floats([bool(n) for n in own["reopenings"]]),
        "extended": _floats([bool(n) for n in own["extensions"]]),
        "returns": _floats(own["returns"]),
        "at_base": _floats([None if not level else level in BASE for level in levels]),
        "hours": _floats(hours),
    }


def _hours(start: object, end: object) -> float | None:
    if isinstance(start, datetime) and isinstance(end, datetime):
        return (end - start).total_seconds() / 3600
    return None


def _clocks(rows: QuerySet[Case]) -> dict[tuple[int, str], _Clocks]:
    """The last clock of each stage that people are judged by."""
    moment, found = now(), {}
    clocks = Clock.objects.filter(stage__in=("handle", "upper", "first_contact"), case__in=rows.values("pk"))
    wanted = ("case_id", "stage", "due_at", "on_time", "stopped_at")
    for case, stage, due, kept, stopped in clocks.order_by("round", "id").values_list(*wanted).iterator():
        late = stopped is None and due is not None and due < moment
        found[case, stage] = _Clocks(due, False if late else kept)
    return found


def _verdicts(
    ids: Sequence[int], clocks: Mapping[tuple[int, str], _Clocks], handled: Sequence[_Clocks | None]
) -> dict[str, Column]:
    contacts = [clocks.get((pk, "first_contact")) for pk in ids]
    return {
        "on_time": _floats([c.kept if c else None for c in handled]),
        "contacted_on_time": _floats([c.kept if c else None for c in contacts]),
    }


def _ratings(rows: QuerySet[Case], ids: Sequence[int]) -> dict[str, Column]:
    """The last rating of each case: 1 to 5, and whether it was solved."""
    given = Rating.objects.filter(case__in=rows.values("pk")).order_by("at", "id")
    last = {case: (stars, solved) for case, stars, solved in given.values_list("case_id", "satisfied", "solved")}
    stars = _floats([last[pk][0] if pk in last else None for pk in ids])
    return {
        "stars": stars,
        "satisfied": np.where(np.isnan(stars), np.nan, (stars >= 4).astype(np.float64)),
        "solved": _floats([last[pk][1] if pk in last else None for pk in ids]),
    }


def _coded(values: Sequence[object]) -> Coded:
    return Coded.of(str(value) if value else None for value in values)


def _floats(values: Sequence[object]) -> Floats:
    return np.array([np.nan if v is None else v for v in values], dtype=np.float64)


def _days(values: Sequence[object]) -> "np.ndarray[tuple[int], np.dtype[np.datetime64]]":
    zone = _zone()
    plain = [v.astimezone(zone).date() if isinstance(v, datetime) else v for v in values]
    return np.array([np.datetime64("NaT") if v is None else v for v in plain], dtype="datetime64[D]")


def shown_rows(actor: Actor, town: int, wanted: Sequence[int]) -> Sequence[Row]:
    """The cases as a list and a layer show them, only those that the actor may see, without what people wrote."""
    book, found = standards().book.classes, {}
    seen = Case.objects.within(actor, "cases.read").filter(town_id=town)
    for part in np.array_split(list(wanted), len(wanted) // _SOME + 1):
        for row in seen.filter(pk__in=part.tolist()):
            kind = book.get(row.class_code)
            found[row.pk] = Row(
                row.pk, f"case:{row.uuid}", row.number, kind.zh if kind else "", f"/cases/{row.uuid}", row.minx,
                row.miny, f"case.{row.class_code}",
            )  # fmt: skip
    return [found[key] for key in wanted if key in found]


def case_of(entry: EntryView) -> int | None:
    """The case that an entry is about; None for what is about several."""
    if entry.kind != "case":
        return None
    key: int | None = Case._base_manager.filter(uuid=UUID(entry.subject)).values_list("pk", flat=True).first()
    return key


def _classes(_: int | None) -> Words:
    return tuple((code, kind.zh, kind.en) for code, kind in standards().book.classes.items())


def _majors(_: int | None) -> Words:
    return tuple((code, major.zh, major.en) for code, major in standards().book.majors.items())


def _channels(_: int | None) -> Words:
    return tuple((str(c.value), str(c.value), str(c.value)) for c in Channel)


def _demands(_: int | None) -> Words:
    return UPPER_KINDS


def _levels(_: int | None) -> Words:
    return LEVELS


def _departments(town: int | None) -> Words:
    rows = Department.objects.as_system("whose cases they may be").filter(Q(town_id=town) | Q(town_id=None))
    return tuple((code, name, name) for code, name in rows.order_by("code").values_list("code", "name").distinct())


FIELDS = (
    Field("channel", "choice", "来源", "channel", choices=_channels),
    Field("major", "choice", "大类", "major class", choices=_majors),
    Field("class", "choice", "小类", "class", choices=_classes),
    Field("state", "choice", "状态", "state"),
    Field("priority", "choice", "紧急程度", "priority"),
    Field("demand", "choice", "诉求类型", "kind of demand", choices=_demands),
    Field("level", "choice", "解决层级", "level that settled it", choices=_levels),
    Field("department", "choice", "责任部门", "department", choices=_departments),
    Field("order", "flag", "上级工单", "order of an upper platform"),
    Field("simple", "flag", "简易程序", "simple procedure"),
    Field("supervised", "flag", "督办", "supervised"),
    Field("filed", "flag", "已立案", "filed"),
    Field("open", "flag", "办理中", "open"),
    Field("closed", "flag", "已结案", "closed"),
    Field("on_time", "flag", "按期", "on time"),
    Field("contacted_on_time", "flag", "按时先行联系", "first contact on time"),
    Field("rework", "flag", "返工", "reworked"),
    Field("reopened", "flag", "重开", "reopened"),
    Field("extended", "flag", "延期", "extended"),
    Field("returns", "number", "回退次数", "returns", unit="次"),
    Field("at_base", "flag", "基层解决", "settled at the base"),
    Field("hours", "number", "办结用时", "hours to close", unit="hour"),
    Field("stars", "number", "评价", "rating"),
    Field("satisfied", "flag", "满意", "satisfied"),
    Field("solved", "flag", "已解决", "solved"),
)


def _measure(name: str, zh: str, en: str) -> Measure:
    loads = {"cases.cases": load_reported, "cases.due_cases": load_due, "cases.closed_cases": load_closed}
    return Measure(
        name=name, zh=zh, en=en, unit="件", permission="cases.read", fields=FIELDS, load=loads[name], rows=shown_rows,
        events=("cases.*",), key_of=case_of,
    )  # fmt: skip


offer(
    _measure("cases.cases", "案件", "cases"),
    _measure("cases.due_cases", "到期案件", "cases that fell due"),
    _measure("cases.closed_cases", "办结案件", "closed cases"),
)
