"""The watch of the year: reminders, orders, findings, look-backs, meetings, assessments, titles, evaluations."""

from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from chengyun.demo.plans.papers import scheme, words
from chengyun.demo.plans.play import Play
from chengyun.plans.actions.assessing import enter_figure, run_assessment, write_scheme
from chengyun.plans.actions.evaluating import evaluate_document, publish
from chengyun.plans.actions.meeting import (
    Decided,
    GroupDraft,
    MeetingDraft,
    Point,
    Seat,
    call_meeting,
    form_group,
    write_meeting,
)
from chengyun.plans.actions.moving import move
from chengyun.plans.actions.supervising import (
    FindingDraft,
    OrderDraft,
    Urging,
    issue_order,
    make_finding,
    remind,
    running_orders,
)
from chengyun.plans.actions.titling import Proof, TitleDraft, list_evidence, plan_title, prove
from chengyun.plans.models import AssessmentScheme, Document, Finding, Group, LookBack, Order, Task, Title
from chengyun.plans.rounds import PLATFORM, reminders_due

MOST_ORDERS = 4  # in one month
REACH = ("planned", "applied", "inspected", "named", "reviewing", "kept")
VERBS = {"applied": "apply", "inspected": "inspect", "named": "name", "reviewing": "review", "kept": "keep"}


def remind_all(play: Play) -> None:
    """Every morning: what is due soon or overdue."""
    for urging in reminders_due(play.today, play.stage.town.pk):
        remind(urging, actor=PLATFORM)


def order_all(play: Play) -> None:
    """The middle of a month: the supervision office issues orders for what is red and has none."""
    running = set(running_orders().exclude(task=None).values_list("task", flat=True))
    rows = Task.objects.as_system("played").filter(
        town_id=play.stage.town.pk, state="live", light__in=("red", "yellow")
    )
    wanted = [t for t in rows.order_by("due_on", "id") if t.pk not in running and t.department_id is not None]
    wanted.sort(key=lambda t: (t.light != "red", t.due_on or date.max, t.pk))
    for task in wanted[:MOST_ORDERS]:
        _order(play, task)


def _order(play: Play, task: Task, finding: Finding | None = None) -> None:
    luck, said = play.stage.luck, words()
    overdue = task.due_on is not None and task.due_on < play.today
    colour = "red" if overdue or finding is not None else "yellow" if task.light == "red" else "blue"
    office = play.stage.office_of(task.department_id)
    post, leader = play.stage.posts.get(office), play.stage.posts.get(f"leader-{luck.randint(1, 3)}")
    draft = OrderDraft(
        play.stage.town.pk, colour, task.department_id or 0, f"关于“{task.title[:40]}”的督办", said["demand"],
        play.today + timedelta(days=luck.randint(7, 14)), "overdue" if overdue else "behind",
        luck.choice(said["instructions"]) if colour == "red" else "", post.pk if post else None,
        leader.pk if leader and colour == "red" else None, task, finding=finding,
    )  # fmt: skip
    order = issue_order(draft, actor=play.stage.people["supervisor"])
    play.in_days(1, lambda p: _step(p, order.pk, "sign", by="liaison"))
    play.in_days(2, lambda p: _step(p, order.pk, "handle", by="liaison"))
    play.in_days(luck.randint(5, 17), lambda p: _reply(p, order.pk), 16.0)


def _step(play: Play, pk: int, verb: str, *, by: str = "", given: dict[str, Any] | None = None) -> Order | None:
    """A verb of an order, where it still leads from the state that it is in."""
    order = Order.objects.as_system("played").get(pk=pk)
    actor = play.stage.liaison(order.department_id) if by == "liaison" else play.stage.people["supervisor"]
    leads = {"sign": ("issued",), "handle": ("signed",), "reply": ("signed", "handling"), "review_pass": ("replied",),
             "review_fail": ("replied",), "clear": ("reviewed",)}  # fmt: skip
    if order.state not in leads[verb]:
        return None
    moved: Order = move(order, verb, actor=actor, expected=None, given=given or {})
    return moved


def _reply(play: Play, pk: int) -> None:
    text = play.stage.luck.choice(words()["replies"])
    if _step(play, pk, "reply", by="liaison", given={"text": text}) is not None:
        play.in_days(2, lambda p: _review(p, pk), 10.0)


def _review(play: Play, pk: int) -> None:
    order = Order.objects.as_system("played").get(pk=pk)
    if order.reworks == 0 and play.stage.luck.random() < 0.18:
        _step(play, pk, "review_fail", given={"reason": words()["review_fail"]})
        play.in_days(6, lambda p: _reply(p, pk), 16.0)
        return
    _step(play, pk, "review_pass")
    play.in_days(1, lambda p: _clear(p, pk), 15.0)


def _clear(play: Play, pk: int) -> None:
    again = play.today + timedelta(days=play.stage.luck.randint(40, 60))
    if _step(play, pk, "clear", given={"look_back_on": again}) is None:
        return
    look = LookBack.objects.as_system("played").filter(order=pk, state="planned").first()
    if look is not None:
        play.on(again, lambda p: _look(p, look.pk), 10.0)


def _look(play: Play, pk: int) -> None:
    look = LookBack.objects.as_system("played").get(pk=pk)
    if look.state != "planned":
        return
    fails = play.stage.luck.random() < 0.14
    text = words()["look_fail" if fails else "look_pass"]
    move(look, "fail" if fails else "pass", actor=play.stage.people["supervisor"], expected=None, given={"text": text})
    if fails and look.order_id is not None:
        play.in_days(9, lambda p: _reply(p, look.order_id), 16.0)


def visit(play: Play) -> None:
    """A site visit: two places of live tasks are looked at."""
    luck = play.stage.luck
    rows = Task.objects.as_system("played").filter(town_id=play.stage.town.pk, state="live").exclude(minx=None)
    tasks = list(rows.order_by("id"))
    for task in luck.sample(tasks, min(2, len(tasks))):
        severity, text = luck.choice(words()["findings"])
        point = (task.minx or 0.0, task.miny or 0.0)
        draft = FindingDraft(
            play.stage.town.pk, task.department_id or 0, text, severity, play.today, play.today + timedelta(days=14),
            task.address, point, task,
        )  # fmt: skip
        finding = make_finding(draft, actor=play.stage.people["supervisor"])
        if luck.random() < 0.88:
            play.in_days(luck.randint(5, 12), partial(_rectify, pk=finding.pk), 15.0)
        if severity == "grave" and not running_orders().filter(task=task).exists():
            _order(play, task, finding)


def _rectify(play: Play, pk: int) -> None:
    finding = Finding.objects.as_system("played").get(pk=pk)
    actor = play.stage.liaison(finding.department_id)
    move(finding, "rectify", actor=actor, expected=None, given={"text": words()["rectified"]})
    play.in_days(3, lambda p: _accept(p, pk), 10.0)


def _accept(play: Play, pk: int) -> None:
    finding = Finding.objects.as_system("played").get(pk=pk)
    move(finding, "accept", actor=play.stage.people["supervisor"], expected=None, given={})


def urge_by_hand(play: Play) -> None:
    """Now and then the supervision office reminds somebody itself."""
    rows = Task.objects.as_system("played").filter(town_id=play.stage.town.pk, state="live", light="red")
    for task in rows.order_by("due_on", "id")[:2]:
        urging = Urging(play.stage.town.pk, task.department_id or 0, "hand", task=task, text=words()["instructions"][0])
        remind(urging, actor=play.stage.people["supervisor"])


def form_groups(play: Play, document: Document) -> None:
    """The leading group of the action plan, and two task forces; members are posts."""
    said, posts = words(), play.stage.posts
    leaders = [Seat(posts[f"leader-{n}"].pk, "head" if n == 1 else "deputy") for n in (1, 2) if f"leader-{n}" in posts]
    members = [Seat(posts[code].pk) for code in play.stage.offices if code in posts]
    draft = GroupDraft(play.stage.town.pk, "leading_group", said["group"], play.today, duties=said["duties"],
                       document=document, seats=tuple(leaders + members))  # fmt: skip
    form_group(draft, actor=play.stage.people["planner"])
    for force in said["forces"]:
        seats = [Seat(posts[code].pk, "head" if n == 0 else "member") for n, code in enumerate(force["offices"])
                 if code in posts]  # fmt: skip
        form_group(
            GroupDraft(play.stage.town.pk, "task_force", force["name"], play.today,
                       play.today + timedelta(days=400), force["duties"], seats=tuple(seats)),
            actor=play.stage.people["planner"],
        )  # fmt: skip


def meet(play: Play) -> None:
    """The monthly meeting of the leading group: one or two decisions become tasks."""
    group = Group.objects.as_system("played").filter(town_id=play.stage.town.pk, kind="leading_group").first()
    if group is None:
        return
    said, planner, luck = words(), play.stage.people["planner"], play.stage.luck
    agenda = tuple(Point(title, minutes=said["said"]) for title in said["agenda"])
    draft = MeetingDraft(group, play.today, "", said["room"], agenda)
    meeting = call_meeting(draft, actor=planner)
    meeting = move(meeting, "hold", actor=planner, expected=None)
    decided = [_decided(play, *row) for row in luck.sample(said["decisions"], luck.randint(1, 2))]
    meeting = write_meeting(meeting, actor=planner, expected=meeting.version, decisions=decided)
    move(meeting, "issue", actor=planner, expected=None)


def _decided(play: Play, lead: str, text: str, supporting: list[str]) -> Decided:
    offices = play.stage.offices
    due = play.today + timedelta(days=play.stage.luck.randint(25, 60))
    post = play.stage.posts.get(lead)
    helps = tuple(offices[code].pk for code in supporting if code in offices)
    return Decided(text, offices[lead].pk, due, helps, post.pk if post else None)


def write_rules(play: Play) -> None:
    """The assessment rules of the year."""
    supervisor = play.stage.people["supervisor"]
    row = write_scheme(play.stage.town.pk, words()["scheme"], scheme(), actor=supervisor)
    move(row, "publish", actor=supervisor, expected=None)


def assess(play: Play, title: str, first: date, *, published: bool) -> None:
    """Scores of a period up to today; the latest stays a simulation."""
    rules = AssessmentScheme.objects.as_system("played").filter(town_id=play.stage.town.pk, state="published").first()
    if rules is None:
        return
    supervisor = play.stage.people["supervisor"]
    run = run_assessment(rules, title, first, play.today, actor=supervisor)
    if published:
        move(run, "publish", actor=supervisor, expected=None)


def enter_figures(play: Play) -> None:
    """Commendations and criticisms, which no record holds."""
    for name, office, value, basis in words()["figures"]:
        if office in play.stage.offices:
            enter_figure(play.stage.town.pk, play.stage.offices[office].pk, (name, play.today, Decimal(value)), basis,
                         actor=play.stage.people["supervisor"])  # fmt: skip


def go_for_titles(play: Play) -> None:
    """Titles at every state of their way."""
    for said in words()["titles"]:
        office = play.stage.offices[said["office"]]
        draft = TitleDraft(play.stage.town.pk, said["name"], said["level"], office.pk, said["awarded_by"],
                           play.today + timedelta(days=300), 24)  # fmt: skip
        title = plan_title(draft, actor=play.stage.people["planner"])
        proofs = [Proof(name, required=n < 4, department=office.pk) for n, name in enumerate(words()["evidence"])]
        title = list_evidence(title, proofs, actor=play.stage.people["planner"], expected=title.version)
        for number, state in enumerate(REACH[1 : REACH.index(said["reach"]) + 1], 1):
            play.in_days(28 * number, partial(_go, pk=title.pk, state=state), 10.0)


def _go(play: Play, pk: int, state: str) -> None:
    title = Title.objects.as_system("played").get(pk=pk)
    liaison, planner = play.stage.liaison(title.department_id), play.stage.people["planner"]
    if state == "inspected":
        for entry in title.evidence.filter(required=True, ready=False):
            title = prove(title, entry.uuid, (), actor=liaison, expected=title.version)
    actor = planner if state in ("named", "kept") else liaison
    move(title, VERBS[state], actor=actor, expected=None)


def evaluate(play: Play, document: Document, kind: str, title: str, *, frozen: bool) -> None:
    """An evaluation as of today, frozen or left to be edited."""
    row = evaluate_document(document, kind, title, play.today, actor=play.stage.people["planner"])
    if frozen:
        move(row, "freeze", actor=play.stage.people["leader"], expected=None)


def make_public(play: Play, document: Document) -> None:
    """Plan and progress for everybody."""
    if document.openness == "public" and document.state in ("issued", "adjusted"):
        publish(document, "", actor=play.stage.people["planner"])
