"""What plans offer to be measured: tasks, targets and projects that were decomposed, one row for each.

Only what departments were told of counts: what is still in review was promised by nobody.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import Q, QuerySet

from chengyun.accounts.models import Department
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.events import EntryView
from chengyun.kernel.measures import NOWHERE, Ask, Coded, Column, Days, Field, Floats, Measure, Row, Table, Words, offer
from chengyun.plans.around import today
from chengyun.plans.flow_table import EXECUTED_STATES
from chengyun.plans.models import Project, Target, Task
from chengyun.plans.queries import projects_seen, targets_seen, tasks_seen

_DONE = ("done", "checked", "closed")
_AREAS = ("grid", "community")
_EVENTS = (
    "plans.task_*", "plans.progress_reported", "plans.light_turned", "plans.event_recorded", "plans.adjustment_*",
    "plans.item_*", "plans.target_*", "plans.document_moved", "plans.document_read",
)  # fmt: skip
LIGHTS: Words = (
    ("green", "绿灯", "green"),
    ("yellow", "黄灯", "yellow"),
    ("red", "红灯", "red"),
    ("grey", "灰灯", "grey"),
)
STATES: Words = (
    ("live", "执行中", "live"),
    ("done", "已完成待核查", "done, to be checked"),
    ("checked", "核查通过", "checked"),
    ("closed", "办结", "closed"),
)
ITEM_STATES: Words = (("live", "执行中", "live"), ("closed", "办结", "closed"))


def load_tasks(ask: Ask) -> Table:
    """Tasks that run or ran. `late`: past the date and not done, or done after it; unknown where there is no date."""
    wanted = (
        "id", "state", "light", "origin", "progress", "department_id", "due_on", "done_at", "before_issue",
        "due_confirmed", "document__kind", "minx", "miny", "grid_id", "community_id",
    )  # fmt: skip
    rows = Task.objects.as_system("what formulas count").filter(state__in=EXECUTED_STATES)
    own, day = _columns(rows, ask, wanted), today(now())
    late = [
        _late(due, done, day) if due and (sure or not unsure) else None
        for due, done, unsure, sure in zip(
            own["due_on"], own["done_at"], own["before_issue"], own["due_confirmed"], strict=True
        )
    ]
    columns: dict[str, Column] = {
        **_words(own, "state", "light", "origin"),
        "kind": Coded.of(own["document__kind"]),
        "department": _offices(own["department_id"]),
        "progress": _floats(own["progress"]),
        "finished": _floats([state in _DONE for state in own["state"]]),
        "late": _floats(late),
        "due": _days(own["due_on"]),
    }
    return _table(own, columns)


def _late(due: date, done: Any, day: date) -> bool:
    return (today(done) if done else day) > due


def load_targets(ask: Ask) -> Table:
    """Targets that are measured. `bound`: an indicator gives the live value; `open`: no value was promised yet."""
    wanted = ("id", "state", "light", "department_id", "by_on", "binding", "document__kind")
    rows = Target.objects.as_system("what formulas count").filter(kind="target", state__in=("live", "closed"))
    own = _columns(rows, ask, wanted)
    columns: dict[str, Column] = {
        **_words(own, "state", "light", "binding"),
        "kind": Coded.of(own["document__kind"]),
        "department": _offices(own["department_id"]),
        "met": _floats([None if light == "grey" else light == "green" for light in own["light"]]),
        "due": _days(own["by_on"]),
    }
    return _table(own, columns)


def load_projects(ask: Ask) -> Table:
    """Projects that run or ran, with planned investment and what was paid, in 万元."""
    wanted = (
        "id",
        "state",
        "light",
        "department_id",
        "due_on",
        "investment",
        "minx",
        "miny",
        "grid_id",
        "community_id",
    )
    rows = Project.objects.as_system("what formulas count").filter(state__in=("live", "closed"))
    own = _columns(rows, ask, wanted)
    paid: dict[int, float] = {}
    sums = rows.filter(town_id=ask.town, payments__paid__gt=0).values_list("pk", "payments__paid")
    for key, amount in sums:
        paid[key] = paid.get(key, 0.0) + float(amount)
    columns: dict[str, Column] = {
        **_words(own, "state", "light"),
        "department": _offices(own["department_id"]),
        "investment": _floats([None if v is None else float(v) for v in own["investment"]]),
        "paid": _floats([paid.get(key, 0.0) for key in own["id"]]),
        "due": _days(own["due_on"]),
    }
    return _table(own, columns)


def _columns(rows: QuerySet[Any], ask: Ask, wanted: Sequence[str]) -> dict[str, Sequence[Any]]:
    """The wanted columns of a town's rows, in the order of their keys."""
    rows = rows.filter(town_id=ask.town).order_by("id")
    if ask.keys is not None:
        rows = rows.filter(pk__in=list(ask.keys))
    turned = list(zip(*rows.values_list(*wanted), strict=True)) or [()] * len(wanted)
    return dict(zip(wanted, turned, strict=True))


def _table(own: Mapping[str, Sequence[Any]], columns: Mapping[str, Column]) -> Table:
    placed = "minx" in own
    areas = {
        role: np.array([NOWHERE if v is None else v for v in own[f"{role}_id"]], dtype=np.int64) for role in _AREAS
    } if placed else {}  # fmt: skip
    return Table(
        np.array(own["id"], dtype=np.int64), columns, areas, _floats(own["minx"]) if placed else None,
        _floats(own["miny"]) if placed else None, source="plans", as_of=today(now()),
    )  # fmt: skip


def _words(own: Mapping[str, Sequence[Any]], *names: str) -> dict[str, Column]:
    return {name: Coded.of(own[name]) for name in names}


def _offices(ids: Sequence[int | None]) -> Coded:
    codes = dict(Department.objects.as_system("who leads what is counted").values_list("pk", "code"))
    return Coded.of(codes.get(pk) if pk is not None else None for pk in ids)


def _floats(values: Sequence[Any]) -> Floats:
    return np.array([np.nan if v is None else float(v) for v in values], dtype=np.float64)


def _days(values: Sequence[date | None]) -> Days:
    return np.array([np.datetime64("NaT") if v is None else v for v in values], dtype="datetime64[D]")


def _shown(seen: Callable[[Actor], Any], kind: str, title: str, page: str) -> Callable[..., Sequence[Row]]:
    """How rows of a kind are listed: only those that the actor may see."""

    def rows(actor: Actor, town: int, keys: Sequence[int]) -> Sequence[Row]:
        found = {row.pk: row for row in seen(actor).filter(town_id=town, pk__in=list(keys))}
        return [
            Row(
                key, f"{kind}:{found[key].uuid}", getattr(found[key], title), found[key].state,
                f"/plans/{page}/{found[key].uuid}", getattr(found[key], "minx", None),
                getattr(found[key], "miny", None),
            )
            for key in keys
            if key in found
        ]  # fmt: skip

    return rows


def _key_of(model: Any) -> Callable[[EntryView], int | None]:
    """The row that an entry is about; None for what is about several."""

    def key(entry: EntryView) -> int | None:
        if entry.kind != model.subject_kind:
            return None
        found: int | None = model._base_manager.filter(uuid=UUID(entry.subject)).values_list("pk", flat=True).first()
        return found

    return key


def _departments(town: int | None) -> Words:
    rows = Department.objects.as_system("who may lead").filter(Q(town_id=town) | Q(town_id=None))
    return tuple((code, name, name) for code, name in rows.order_by("code").values_list("code", "name").distinct())


def _fixed(words: Words) -> Callable[[int | None], Words]:
    return lambda _: words


_DEPARTMENT = Field("department", "choice", "牵头部门", "lead department", choices=_departments)
_LIGHT = Field("light", "choice", "红黄绿灯", "light", choices=_fixed(LIGHTS))
_KIND = Field("kind", "choice", "文件类型", "kind of document")
_DUE = Field("due", "day", "完成时限", "due")

offer(
    Measure(
        name="plans.tasks", zh="任务", en="tasks", unit="项", permission="plans.read", load=load_tasks,
        rows=_shown(tasks_seen, "plan_task", "title", "tasks"), events=_EVENTS, key_of=_key_of(Task),
        fields=(
            Field("state", "choice", "状态", "state", choices=_fixed(STATES)), _LIGHT, _KIND, _DEPARTMENT, _DUE,
            Field("origin", "choice", "来源", "origin"),
            Field("progress", "number", "进度", "progress", unit="%"),
            Field("finished", "flag", "已完成", "finished"),
            Field("late", "flag", "逾期", "late"),
        ),
    ),
    Measure(
        name="plans.targets", zh="指标", en="targets", unit="项", permission="plans.read", load=load_targets,
        rows=_shown(targets_seen, "plan_target", "object", "targets"), events=_EVENTS, key_of=_key_of(Target),
        fields=(
            Field("state", "choice", "状态", "state", choices=_fixed(ITEM_STATES)), _LIGHT, _KIND, _DEPARTMENT, _DUE,
            Field("binding", "choice", "监测绑定", "binding"),
            Field("met", "flag", "达到序时要求", "on pace"),
        ),
    ),
    Measure(
        name="plans.projects", zh="项目", en="projects", unit="个", permission="plans.read", load=load_projects,
        rows=_shown(projects_seen, "plan_project", "name", "projects"), events=_EVENTS, key_of=_key_of(Project),
        fields=(
            Field("state", "choice", "状态", "state", choices=_fixed(ITEM_STATES)), _LIGHT, _DEPARTMENT, _DUE,
            Field("investment", "number", "计划投资", "planned investment", unit="万元"),
            Field("paid", "number", "已付", "paid", unit="万元"),
        ),
    ),
)  # fmt: skip
