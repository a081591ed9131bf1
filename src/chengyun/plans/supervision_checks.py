"""What `chengyun doctor` asks of execution: lights, reports, look-backs, assessment rules."""

from collections.abc import Iterator
from datetime import timedelta

from chengyun.kernel.checks import Finding, check, good, note, wrong
from chengyun.kernel.clock import now
from chengyun.kernel.refusal import Refusal
from chengyun.plans import around
from chengyun.plans.actions.assessing import read_scheme
from chengyun.plans.models import AssessmentScheme, LookBack, MonthlyReport, Target, Task

STALE = timedelta(days=3)


@check("plans.lights", zh="红黄绿灯", en="Lights of plans")
def lights() -> Iterator[Finding]:
    """Everything that runs was judged in the last days."""
    edge = around.today(now()) - STALE
    live = Task.objects.as_system("are lights kept").filter(state="live")
    old = live.exclude(light_on__gte=edge).filter(live_at__lt=now() - STALE).count()
    if old:
        yield wrong(f"{old} 项任务多日未判灯，请看 plans.lights", f"{old} tasks were not judged lately: plans.lights")
    grey = live.filter(light="grey").count()
    say = note if grey else good
    yield say(f"{live.count()} 项任务在执行，其中 {grey} 项灰灯", f"{live.count()} tasks run, {grey} of them grey")


@check("plans.targets", zh="未绑定指标", en="Unbound targets")
def unbound() -> Iterator[Finding]:
    """Targets that nothing measures: somebody must enter their values."""
    live = Target.objects.as_system("which targets are measured").filter(state="live", kind="target")
    open_ones = live.filter(binding="unbound").count()
    say = note if open_ones else good
    yield say(
        f"{live.count()} 项指标中 {open_ones} 项未绑定指标定义",
        f"{open_ones} of {live.count()} targets are bound to nothing",
    )


@check("plans.reports", zh="动态信息", en="Monthly reports")
def reports() -> Iterator[Finding]:
    """Reports and look-backs whose day has passed."""
    rows = MonthlyReport.objects.as_system("which reports wait").filter(state__in=("drafted", "returned"))
    late = rows.filter(due_at__lt=now()).count()
    looks = (
        LookBack.objects.as_system("which look-backs wait")
        .filter(state="planned", planned_on__lt=around.today(now()))
        .count()
    )
    if late or looks:
        yield note(
            f"{late} 份动态信息逾期未确认，{looks} 次回头看到期未做",
            f"{late} reports and {looks} look-backs are overdue",
        )
    else:
        yield good("没有逾期的动态信息和回头看", "no report and no look-back is overdue")


@check("plans.schemes", zh="考核细则", en="Assessment rules")
def schemes() -> Iterator[Finding]:
    """Rules that are in force can be read."""
    rows = AssessmentScheme.objects.as_system("can the rules be read").filter(state="published")
    for row in rows:
        try:
            read_scheme(row.text)
        except Refusal as refusal:
            yield wrong(
                f"{row.name} 第{row.number}版读不出来：{refusal.detail}", f"{row.name} {row.number}: {refusal.detail}"
            )
