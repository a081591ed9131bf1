"""Laying the plans: each document is sent, read by the compiler, reviewed, decomposed, agreed to and put in force."""

import re
from datetime import date, timedelta
from typing import Any

from chengyun.demo.plans.cast import Stage, at
from chengyun.demo.plans.papers import Paper
from chengyun.kernel.actor import System
from chengyun.kernel.clock import frozen
from chengyun.kernel.files.actions import store
from chengyun.kernel.jobs.queue import claim, execute
from chengyun.plans import actions
from chengyun.plans.models import Document, Project, Target, Task
from chengyun.plans.queries.live import indicator_of

DEMO = System("demo")
"""Sends the files: the job that reads them has the rights of who sent them."""
PLACED = re.compile(r"新建|改造|建设|整治|修缮|更新|打通|贯通|划设|布设|拆除|新增|竣工|完成.*(?:处|座|公里|条)")
OFFICE_WORDS = (
    ("垃圾|绿|公园|行道|林荫|降尘", "greening"), ("电梯|修缮|物业|住房", "housing"), ("泊位|道路|架空", "construction"),
    ("工单|感知|满意", "operations"), ("托|养老|助餐|健康", "social"), ("健身|居村", "service_centre"),
    ("雨水|管网|泵|步道|滨", "water"), ("充电|消防|防汛|排水", "safety"), ("投资|总值|企业|楼宇", "economy"),
    ("违法|店招", "enforcement"),
)  # fmt: skip
BOUND = {"12345工单按时办结率": "order-on-time-rate", "居民满意率": "satisfaction", "绿化覆盖率": "green-cover",
         "降尘量": "dust-fall"}  # fmt: skip
STEPS = (("前期手续办结", 0.1, 1.0), ("开工", 0.2, 1.0), ("完成工程量过半", 0.55, 2.0), ("主体完工", 0.85, 2.0),
         ("竣工验收", 1.0, 1.0))  # fmt: skip


def lay(stage: Stage, paper: Paper) -> Document:
    """One document from its file to its tasks being live."""
    planner, leader = stage.people["planner"], stage.people["leader"]
    with frozen(at(paper.issued + timedelta(days=3), 9.5)):
        document = _read(stage, paper)
        _review(stage, document)
        tasks = list(_rows(Task, document).filter(state="accepted"))
        for task in tasks:
            actions.take(task, "consult", actor=planner, expected=task.version, given={"days": 5})
    with frozen(at(paper.issued + timedelta(days=6), 15)):
        for number, task in enumerate(_rows(Task, document).filter(state="consulting")):
            _agree(stage, task, object_first=paper.code == "points" and number in (1, 8))
    with frozen(at(paper.issued + timedelta(days=12), 10)):
        for task in _rows(Task, document).filter(state__in=("consented", "objected")):
            actions.take(task, "approve", actor=leader, expected=task.version, given={})
        for model in (Target, Project):
            for item in _rows(model, document).filter(state="accepted"):
                if isinstance(item, Project) or item.kind == "target":
                    actions.take_item(item, "approve", actor=leader, expected=item.version, given={})
        document.refresh_from_db()
        if document.state not in ("issued", "adjusted"):
            actions.move_document(document, "put_in_force", actor=leader, expected=document.version,
                                  given={"date": paper.issued})  # fmt: skip
    document.refresh_from_db()
    return document


def _rows(model: Any, document: Document) -> Any:
    return model.objects.as_system("laying the demo's plans").filter(document=document).order_by("position", "id")


def _read(stage: Stage, paper: Paper) -> Document:
    """Send the file, and let the compiler read it as the worker would."""
    file = store(paper.data, actor=DEMO, purpose="import")
    sent = actions.Sent(file.uuid, paper.name, paper.openness)
    document, _ = actions.import_document(stage.town.pk, sent, actor=DEMO)
    while (job := claim("demo")) is not None:
        execute(job, lambda: False)
    document.refresh_from_db()
    return document


def _review(stage: Stage, document: Document) -> None:
    """What a planner does with what was read: places, departments, dates, stages; then everything is accepted."""
    planner = stage.people["planner"]
    for task in _rows(Task, document).filter(state="proposed"):
        changes = _task_changes(stage, task, document)
        if changes:
            actions.correct_task(task, changes, actor=planner, expected=task.version)
    for target in _rows(Target, document).filter(state="proposed", kind="target"):
        changes = _target_changes(target)
        if changes:
            actions.correct_target(target, changes, actor=planner, expected=target.version)
    for project in _rows(Project, document).filter(state="proposed"):
        changes = _project_changes(stage, project, document)
        actions.correct_project(project, changes, actor=planner, expected=project.version)
    _bind(stage, document)
    document.refresh_from_db()
    actions.accept_many(document, actor=planner, expected=document.version, kinds=("task", "target", "project"))


def _bind(stage: Stage, document: Document) -> None:
    """What the platform counts itself is bound to its indicator, where the town has adopted it."""
    for target in _rows(Target, document).filter(state="proposed", kind="target", object__in=BOUND):
        code = BOUND[target.object]
        if indicator_of(stage.town.pk, code) is not None:
            actions.take_item(target, "bind", actor=stage.people["planner"], expected=target.version,
                              given={"indicator": code})  # fmt: skip


def _task_changes(stage: Stage, task: Task, document: Document) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    parties = list(task.parties.all())
    if task.department_id is None or any(p.department_id is None for p in parties):
        changes["owners"] = [{"department": office_for(task.text), "role": "lead"}]
    if task.due_on is None and not task.recurrence and task.due_rule != "open":
        changes["due_on"] = (document.ends_on or date(document.year or task.local_day.year, 12, 31)).isoformat()
    if stage.points and PLACED.search(task.text) and stage.luck.random() < 0.85:
        changes["point"] = list(stage.points.pop())
    leader = stage.posts.get(f"leader-{stage.luck.randint(1, 3)}")
    if leader is not None:
        changes["lead_post"] = leader.code
    return changes


def _target_changes(target: Target) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if target.aggregation != "sum" and target.value is not None and not target.floor and target.baseline is None:
        changes["baseline"] = round(target.value * (1.12 if target.comparator == "<=" else 0.9), 2)
    if target.department_id is None and target.task is None:
        changes["department"] = office_for(target.object + target.text)
    return changes


def _project_changes(stage: Stage, project: Project, document: Document) -> dict[str, Any]:
    start = project.starts_on or date(document.year or project.local_day.year, 1, 15)
    due = project.due_on or start + timedelta(days=300)
    ended = [s.planned_end for s in project.stages.all() if s.planned_end]
    begun = [s.planned_start for s in project.stages.all() if s.planned_start]
    start, due = min([start, *begun]), max([due, *ended]) if ended else due
    length = (due - start).days
    stages = [
        {"name": name, "planned_end": (start + timedelta(days=round(length * share))).isoformat(), "weight": weight}
        for name, share, weight in STEPS
    ]
    changes: dict[str, Any] = {
        "department": office_for(project.name), "stages": stages, "starts_on": start.isoformat(),
        "due_on": due.isoformat(), "investment": float(project.investment or _investment(project)),
    }  # fmt: skip
    if stage.points:
        changes["point"] = list(stage.points.pop())
    return changes


def _investment(project: Project) -> float:
    """总投资 as the document says it, in 万元."""
    for parameter in project.parameters.all():
        if "投资" in parameter.object and parameter.value:
            return float(parameter.value)
    return 1000.0


def office_for(text: str) -> str:
    """The department that something is given to, by its words."""
    return next((office for pattern, office in OFFICE_WORDS if re.search(pattern, text)), "planning")


def _agree(stage: Stage, task: Task, *, object_first: bool) -> None:
    """Every department of a task consents; two leads object, and the leader decides."""
    for number, party in enumerate(task.parties.order_by("position")):
        if party.department_id is None:
            continue
        objects = object_first and number == 0
        task.refresh_from_db()
        given: dict[str, Any] = {"department": str(_uuid(stage, party.department_id))}
        if objects:
            given["reason"] = "工期偏紧，建议按季度分步推进"
        verb = "object" if objects else "consent"
        actions.take(task, verb, actor=stage.liaison(party.department_id), expected=task.version, given=given)


def _uuid(stage: Stage, department: int) -> Any:
    return next(d.uuid for d in stage.offices.values() if d.pk == department)
