"""The figures of an assessment, reckoned from records for all departments and posts of a town at once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Q, QuerySet, Sum

from chengyun.accounts.models import Department
from chengyun.plans import around
from chengyun.plans.assessment.figures import ENTERED
from chengyun.plans.models import (
    AssessedFigure,
    Finding,
    LookBack,
    MonthLight,
    MonthlyReport,
    Order,
    Payment,
    Project,
    Reminder,
    Task,
)

Figures = dict[str, Decimal | None]
DONE = ("done", "checked", "closed")
EXECUTED = ("live", *DONE)
JUDGED = ("department", "posted_force", "neighbourhood", "village")


@dataclass(frozen=True)
class Period:
    """The days that are assessed, and their edges as moments."""

    town: int
    first: date
    last: date

    @property
    def span(self) -> tuple[datetime, datetime]:
        zone = ZoneInfo(settings.TIME_ZONE)
        return datetime.combine(self.first, time.min, zone), datetime.combine(self.last, time.max, zone)


def departments_of(town: int) -> list[int]:
    """Departments that are assessed: not contractors."""
    rows = around.departments(town).filter(town_id=town, kind__in=JUDGED).order_by("kind", "code")
    return list(rows.values_list("pk", flat=True))


def figures_of_departments(period: Period) -> dict[int, Figures]:
    """Every figure of every department that had anything to do in the period. About fifteen queries."""
    counted: defaultdict[int, Figures] = defaultdict(dict)
    for reckon in (_tasks, _lights, _reports, _orders, _findings, _look_backs, _reminders, _money, _entered):
        for department, figures in reckon(period, "department_id").items():
            counted[department].update(figures)
    wanted = [pk for pk in departments_of(period.town) if pk in counted]
    return {pk: _filled(counted[pk]) for pk in wanted}


def figures_of_posts(period: Period) -> dict[int, Figures]:
    """The figures of leading posts: the tasks that they lead and the orders that name them."""
    counted: defaultdict[int, Figures] = defaultdict(dict)
    for post, figures in _tasks(period, "lead_post_id").items():
        counted[post].update(figures)
    for post, figures in _orders(period, "post_id").items():
        counted[post].update(figures)
    return {post: dict(figures) for post, figures in sorted(counted.items())}


def _filled(figures: Figures) -> Figures:
    """What was counted and did not occur is zero; what nobody entered is zero too: nothing happened."""
    zero = ("蓝色督办单", "黄色督办单", "红色督办单", "逾期督办单", "督办返工", "现场问题", "未整改问题", "回头看反弹",
            "催办次数", "红灯月数", "补绿月数", "迟报月数", "退回月报", *ENTERED)  # fmt: skip
    return dict.fromkeys(zero, Decimal(0)) | figures


def _tasks(period: Period, by: str) -> dict[int, Figures]:
    rows = Task.objects.as_system("figures of an assessment").filter(
        town_id=period.town, state__in=EXECUTED, due_on__gte=period.first, due_on__lte=period.last
    )
    rows = rows.filter(Q(before_issue=False) | Q(due_confirmed=True)).exclude(**{by: None})
    found: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    for key, state, due, done_at in rows.values_list(by, "state", "due_on", "done_at"):
        done = around.today(done_at) if done_at else None
        counts = found[key]
        counts[0] += 1
        counts[1] += state in DONE and (done is None or done <= period.last)
        counts[2] += state in DONE and done is not None and done <= due
    names = ("应完成任务", "已完成任务", "按期完成任务")
    figures: dict[int, Figures] = {}
    for key, counts in found.items():
        figures[key] = {name: Decimal(count) for name, count in zip(names, counts, strict=True)}
        figures[key]["逾期任务"] = Decimal(counts[0] - counts[1])
    return figures


def _lights(period: Period, by: str) -> dict[int, Figures]:
    first, last = period.first.replace(day=1), period.last.replace(day=1)
    rows = MonthLight.objects.filter(town_id=period.town, month__gte=first, month__lte=last).exclude(**{by: None})
    reds = _counts(rows.filter(first_light="red"), by, red=Count("id"), good=Count("id", Q(made_good__isnull=False)))
    found: dict[int, Figures] = {
        k: {"红灯月数": Decimal(v["red"]), "补绿月数": Decimal(v["good"])} for k, v in reds.items()
    }
    ends = rows.filter(kind="plan_target", month=last).exclude(light="grey")
    judged = _counts(ends, by, judged=Count("id"), met=Count("id", Q(light="green")))
    for key, row in judged.items():
        found.setdefault(key, {}).update({"考核指标": Decimal(row["judged"]), "达标指标": Decimal(row["met"])})
    return found


def _reports(period: Period, by: str) -> dict[int, Figures]:
    first = period.first.replace(day=1)
    rows = MonthlyReport.objects.as_system("figures of an assessment").filter(
        town_id=period.town, month__gte=first, month__lte=period.last
    )
    counted = _counts(rows, by, due=Count("id"), late=Count("id", Q(late=True)), back=Sum("returns"))
    names = {"应报月数": "due", "迟报月数": "late", "退回月报": "back"}
    return _named(counted, names)


def _orders(period: Period, by: str) -> dict[int, Figures]:
    rows = Order.objects.as_system("figures of an assessment").filter(
        town_id=period.town, issued_at__range=period.span
    ).exclude(state="cancelled")  # fmt: skip
    colours = {colour: Count("id", Q(colour=colour)) for colour in ("blue", "yellow", "red")}
    counted = _counts(rows.exclude(**{by: None}), by, **colours, late=Count("id", Q(late=True)), again=Sum("reworks"))
    names = {"蓝色督办单": "blue", "黄色督办单": "yellow", "红色督办单": "red", "逾期督办单": "late",
             "督办返工": "again"}  # fmt: skip
    return _named(counted, names)


def _findings(period: Period, by: str) -> dict[int, Figures]:
    rows = Finding.objects.as_system("figures of an assessment").filter(
        town_id=period.town, found_on__range=(period.first, period.last)
    )
    counted = _counts(rows, by, all=Count("id"), open=Count("id", Q(state="open")))
    return _named(counted, {"现场问题": "all", "未整改问题": "open"})


def _look_backs(period: Period, by: str) -> dict[int, Figures]:
    rows = LookBack.objects.as_system("figures of an assessment").filter(
        town_id=period.town, looked_on__range=(period.first, period.last), state="failed"
    )
    return _named(_counts(rows, by, failed=Count("id")), {"回头看反弹": "failed"})


def _reminders(period: Period, by: str) -> dict[int, Figures]:
    rows = Reminder.objects.as_system("figures of an assessment").filter(
        town_id=period.town, sent_at__range=period.span, cause__in=("overdue", "hand")
    )
    return _named(_counts(rows, by, sent=Count("id")), {"催办次数": "sent"})


def _money(period: Period, by: str) -> dict[int, Figures]:
    projects = Project.objects.as_system("figures of an assessment").filter(town_id=period.town, state__in=EXECUTED)
    offices = dict(projects.exclude(department_id=None).values_list("pk", by))
    months = (period.first.replace(day=1), period.last)
    rows = Payment.objects.filter(project__in=offices, month__range=months)
    found: defaultdict[int, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for project, planned, paid in rows.values_list("project", "planned", "paid"):
        found[offices[project]][0] += planned
        found[offices[project]][1] += paid
    return {key: {"计划支付": sums[0], "实际支付": sums[1]} for key, sums in found.items()}


def _entered(period: Period, by: str) -> dict[int, Figures]:
    rows = AssessedFigure.objects.as_system("figures of an assessment").filter(
        town_id=period.town, day__range=(period.first, period.last)
    )
    found: defaultdict[int, Figures] = defaultdict(dict)
    for row in rows.values(by, "name").annotate(sum=Sum("value")).order_by():
        found[row[by]][row["name"]] = row["sum"]
    return found


def _counts(rows: QuerySet[Any], by: str, **sums: Any) -> dict[int, dict[str, Any]]:
    return {row[by]: row for row in rows.order_by().values(by).annotate(**sums)}


def _named(counted: dict[int, dict[str, Any]], names: dict[str, str]) -> dict[int, Figures]:
    return {key: {name: Decimal(row[column] or 0) for name, column in names.items()} for key, row in counted.items()}


def kinds_of(departments: Iterable[int]) -> dict[int, str]:
    """The kind of each department: ranks are given within a kind. One query."""
    rows = Department.objects.as_system("kinds of those assessed").filter(pk__in=set(departments))
    return dict(rows.values_list("pk", "kind"))
