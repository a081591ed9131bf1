"""What `chengyun doctor` asks of this room."""

from collections.abc import Iterator
from datetime import timedelta

from chengyun.indicators.evaluating import today_in
from chengyun.indicators.models import Evaluation, Indicator
from chengyun.kernel.checks import Finding, check, good, note, wrong
from chengyun.places.models import Town


@check("indicators.formulas", zh="指标公式", en="Formulas of indicators")
def formulas() -> Iterator[Finding]:
    """Every formula that is in force can still be read: registers and categories may have gone since it was written."""
    rows = Evaluation.objects.filter(indicator__retired_at=None).exclude(problem={}).select_related("indicator")
    broken = {row.indicator.code: str(row.problem.get("detail", "")) for row in rows.order_by("first")}
    for code, detail in sorted(broken.items())[:10]:
        yield wrong(f"指标 {code} 的公式有误：{detail}", f"the formula of {code} is wrong: {detail}")
    if not broken:
        count = Indicator.objects.as_system("how many are in force").filter(retired_at=None).count()
        yield good(f"{count} 项指标在用", f"{count} indicators are in force")


@check("indicators.age", zh="指标计算", en="Evaluation of indicators")
def age() -> Iterator[Finding]:
    """What is measured is measured every day."""
    for town in Town.objects.as_system("every town is measured").order_by("code"):
        rows = Indicator.objects.as_system("how many are in force").filter(town_id=town.pk, retired_at=None)
        fresh = Evaluation.objects.filter(last__gte=today_in(town) - timedelta(days=1)).values("indicator")
        stale = rows.exclude(pk__in=fresh).count()
        if stale:
            yield note(
                f"{town.name} 有 {stale} 项指标今天还没有计算（后台任务会补算）",
                f"{town.code}: {stale} indicators were not measured today (the worker will)",
            )
