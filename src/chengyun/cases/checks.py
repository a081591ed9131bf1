"""What `chengyun doctor` asks of this room."""

from collections.abc import Iterator

from django.conf import settings

from chengyun.accounts.models import Department
from chengyun.cases.classes import BadTable, read_standards
from chengyun.cases.models import Case
from chengyun.kernel.checks import Finding, check, good, note, wrong
from chengyun.places.models import Town


@check("cases.standards", zh="立案标准", en="Standards of cases")
def standards() -> Iterator[Finding]:
    """The tables that the town edited can be read, and every department that they name exists."""
    try:
        held = read_standards(settings.ENV.data)
    except BadTable as error:
        for fault in error.faults[:5]:
            yield wrong(f"立案标准有误：{fault}", f"the standards are wrong: {fault}")
        return
    named = {kind.department for kind in held.book.classes.values()}
    for town in Town.objects.as_system("do the departments of the table exist").order_by("code"):
        rows = Department.objects.as_system("do the departments of the table exist").filter(town=town, is_open=True)
        missing = sorted(named - set(rows.values_list("code", flat=True)))
        if missing:
            yield wrong(
                f"{town.name} 没有立案标准里的部门：{'、'.join(missing)}",
                f"{town.code} has no department {', '.join(missing)}, which the class table names",
            )
    yield good(f"{len(held.book.classes)} 个小类可用", f"{len(held.book.classes)} classes are in force")


@check("cases.unplaced", zh="未落点案件", en="Unplaced cases")
def unplaced() -> Iterator[Finding]:
    """Open cases that lie in no grid: nobody patrols there."""
    rows = Case.objects.as_system("open cases without a grid").filter(is_open=True, grid_id=None)
    count = rows.count()
    say = note if count else good
    yield say(f"{count} 件在办案件未落点", f"{count} open cases are unplaced (cases?unplaced=true lists them)")
