"""Reports, orders, findings, meetings, assessments, titles, funds and evaluations for the permission matrix."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from accounts.stage import MAKERS, Corner, make_task, makes
from chengyun.kernel.actor import System
from chengyun.kernel.clock import now
from chengyun.plans.actions.evaluating import evaluate_document
from chengyun.plans.actions.lighting import write_rules
from chengyun.plans.models import (
    AssessedFigure,
    Assessment,
    AssessmentScheme,
    Budget,
    DepartmentScore,
    Evaluation,
    Finding,
    Group,
    LightBook,
    LookBack,
    Meeting,
    MonthlyReport,
    Order,
    Publication,
    Reminder,
    ReportLine,
    Task,
    Title,
    TitleEvidence,
    UnitName,
)
from chengyun.plans.queries.publicity import public_content

RULES = "考核语言 1\n单项 “重点任务” 100 分：按比例 已完成任务 / 应完成任务\n"
REPORT_MONTHS = {"drafted": 1, "confirmed": 2, "consolidated": 3, "returned": 4}
ORDER_STATES = ("issued", "signed", "replied", "reviewed", "cleared")
FINDING_STATES = ("open", "rectified")
TITLE_STATES = ("planned", "applied", "inspected", "named", "reviewing")
TEST = System("test")


def of_office(at: Corner) -> dict[str, int]:
    """Whose a record of a department is."""
    return {"town_id": at.world.town.pk, "department_id": at.department.pk}


def saved(row: Any) -> Any:
    """The row, put straight into the table."""
    row.save(force_insert=True)
    return row


def make_report(at: Corner, state: str) -> Any:
    """A month's report in a state. Corners that share their department share it."""
    month = date(2026, REPORT_MONTHS[state], 1)
    kept = MonthlyReport.objects.as_system("test").filter(department_id=at.department.pk, month=month).first()
    return kept or saved(
        MonthlyReport(**of_office(at), month=month, state=state, due_at=now() + timedelta(days=3), drafted_at=now())
    )


def make_order(at: Corner, state: str) -> Any:
    """A supervision order in a state."""
    return saved(Order(
        **of_office(at), number=f"{at.world.town.code}-{state}-{at.mark}", colour="yellow", cause="behind",
        title="补种行道树", demand="限期补种", state=state, issued_at=now(), issued_by="test",
        due_on=now().date() + timedelta(days=7),
    ))  # fmt: skip


def make_finding(at: Corner, state: str) -> Any:
    """A finding of a site visit in a state."""
    return saved(Finding(**of_office(at), found_on=now().date(), found_by="test", text="树穴空置", state=state))


def make_title(at: Corner, state: str) -> Any:
    """A title in a state, its evidence list empty."""
    return saved(Title(**of_office(at), name="绿色社区", level="city", state=state))


def make_group(at: Corner, state: str) -> Any:
    """A task force in a state."""
    row = Group(town_id=at.world.town.pk, kind="task_force", name=f"{state}-{at.mark}", starts_on=now().date(),
                state=state)  # fmt: skip
    return saved(row)


def make_meeting(at: Corner, state: str) -> Any:
    """A meeting of the active group in a state."""
    group = at.things["plan_group_active"]
    number = Meeting.objects.as_system("test").filter(group=group).count() + 1
    row = Meeting(town_id=group.town_id, group=group, number=number, title="例会", held_on=now().date(), state=state)
    return saved(row)


def make_scheme(at: Corner, state: str) -> Any:
    """Rules of assessment in a state."""
    row = AssessmentScheme(town_id=at.world.town.pk, name=f"{state}-{at.mark}", number=1, text=RULES, full=100,
                           state=state)  # fmt: skip
    return saved(row)


def make_assessment(at: Corner, state: str) -> Any:
    """A run of the published rules in a state, with the score of the corner's department."""
    row = saved(Assessment(
        town_id=at.world.town.pk, scheme=at.things["plan_scheme_published"], title="季度考核", state=state,
        first=date(2026, 1, 1), last=date(2026, 3, 31), run_at=now(),
    ))  # fmt: skip
    DepartmentScore.objects.create(assessment=row, department_id=at.department.pk, total=90)
    return row


def make_budget(at: Corner, state: str) -> Any:
    """Money for the live project in a state."""
    project = at.things["plan_project_live"]
    return saved(Budget(**of_office(at), project=project, year=2026, source="town", amount=10, state=state))


def make_evaluation(at: Corner, state: str) -> Any:
    """An evaluation with its snapshot and passages, in a state."""
    row = evaluate_document(at.things["plan_upper"], "yearly", state, date(2026, 6, 30), actor=TEST)
    Evaluation.objects.as_system("test").filter(pk=row.pk).update(state=state)
    row.refresh_from_db()
    return row


def each(kind: str, make: Any, *states: str) -> None:
    """A maker for each state of a kind."""
    MAKERS.update({f"plan_{kind}_{state}": partial(make, state=state) for state in states})


each("report", make_report, *REPORT_MONTHS)
each("order", make_order, *ORDER_STATES)
each("finding", make_finding, *FINDING_STATES)
each("title", make_title, *TITLE_STATES)
each("group", make_group, "active", "ended")
each("meeting", make_meeting, "planned", "held", "issued")
each("scheme", make_scheme, "draft", "published")
each("assessment", make_assessment, "simulated", "published")
each("budget", make_budget, "planned", "approved")
each("evaluation", make_evaluation, "draft", "frozen")


@makes("plan_task_red")
def plan_task_red(at: Corner) -> Any:
    """A live task that wants an order."""
    row = make_task(at, "live")
    Task.objects.as_system("test").filter(pk=row.pk).update(light="red")
    return row


@makes("plan_line")
def plan_line(at: Corner) -> Any:
    return ReportLine.objects.create(
        report=at.things["plan_report_drafted"], position=ReportLine.objects.count(), task=at.things["plan_task_live"]
    )


@makes("plan_look_back")
def plan_look_back(at: Corner) -> Any:
    return saved(LookBack(**of_office(at), order=at.things["plan_order_cleared"], planned_on=now().date()))


@makes("plan_reminder")
def plan_reminder(at: Corner) -> Any:
    order = at.things["plan_order_issued"]
    return saved(Reminder(**of_office(at), order=order, cause="hand", sent_at=now(), sent_by="test"))


@makes("plan_evidence")
def plan_evidence(at: Corner) -> Any:
    return TitleEvidence.objects.create(title=at.things["plan_title_planned"], position=0, name="台账")


@makes("plan_publication")
def plan_publication(at: Corner) -> Any:
    document = at.things["plan_upper"]
    return saved(Publication(
        town_id=document.town_id, document=document, title=document.title, content=public_content(document),
        published_at=now(),
    ))  # fmt: skip


@makes("plan_light_book")
def plan_light_book(at: Corner) -> Any:
    """The town's rules of lights; corners share them."""
    kept = LightBook.objects.as_system("test").filter(town_id=at.world.town.pk).first()
    return kept or write_rules(at.world.town.pk, {}, actor=TEST)


@makes("plan_unit")
def unit(at: Corner) -> Any:
    name = f"绿化所{at.mark}"
    return UnitName.objects.create(
        town_id=at.world.town.pk, name=name, key=name, departments=[at.department.pk], made_by="test", made_at=now()
    )


@makes("plan_figure")
def entered_figure(at: Corner) -> Any:
    return saved(
        AssessedFigure(
            **of_office(at), name=f"表彰次数{at.mark}", day=date(2026, 3, 1), value=1, basis="表彰决定", made_by="test",
            made_at=now(),
        )
    )  # fmt: skip
