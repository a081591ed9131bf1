"""Checks of an installation at work: worker, journal, deliveries, files, calendar; nothing before it is made."""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from django.conf import settings
from django.db import connection

from chengyun.kernel.calendar.queries import years
from chengyun.kernel.checks import Finding, check, good, note, wrong
from chengyun.kernel.clock import now
from chengyun.kernel.delivery.models import Parcel
from chengyun.kernel.delivery.verify import verify_chain, verify_seals
from chengyun.kernel.files.models import File
from chengyun.kernel.files.storage import storage
from chengyun.kernel.health.state import state
from chengyun.kernel.jobs.models import Job
from chengyun.kernel.journal.models import Entry, Seal

BEHIND = 60.0  # seconds that the journal may be behind
DAY = 24 * 3600.0
WHY = "the doctor looks at the whole installation"


def is_made() -> bool:
    """Whether the kernel's tables are there to be asked."""
    return Entry._meta.db_table in connection.introspection.table_names()


@check("work.worker", zh="后台进程", en="Worker")
def worker() -> Iterator[Finding]:
    if not is_made():
        return
    parts = state()["parts"]
    behind = float(parts["journal"].get("oldest_seconds", 0.0))
    if not parts["worker"].get("alive"):
        yield note("没有运行（chengyun serve 会启动它）", "not running (`chengyun serve` starts it)")
        return
    yield good("正在运行", "running")
    if behind > BEHIND:
        yield wrong(
            f"台账滞后 {behind:.0f} 秒：后台进程没有跟上",
            f"the journal is {behind:.0f} s behind: the worker does not keep up",
        )


@check("work.jobs", zh="任务与投递", en="Jobs and deliveries")
def jobs() -> Iterator[Finding]:
    if not is_made():
        return
    failed = Job.objects.as_system(WHY).filter(state="failed").count()
    dead = Parcel.objects.as_system(WHY).filter(state="dead").count()
    if failed:
        yield wrong(
            f"{failed} 个任务失败：chengyun jobs --state failed",
            f"{failed} jobs failed: `chengyun jobs --state failed`",
        )
    if dead:
        yield wrong(
            f"{dead} 条投递失败：在运行状态页重新投递", f"{dead} deliveries failed: replay them on the health page"
        )
    if not failed and not dead:
        yield good("没有失败", "none failed")


@check("work.journal", zh="台账哈希链", en="The journal's chain")
def chain() -> Iterator[Finding]:
    if not is_made():
        return
    problems = list(islice(verify_chain(), 3)) + list(islice(verify_seals(), 3))
    for problem in problems:
        yield wrong(f"与封存时不符：{problem}", f"not as it was sealed: {problem}")
    if not problems:
        count, seals = Entry.objects.count(), Seal.objects.count()
        yield good(f"{count} 条、{seals} 个封存批次完好", f"{count} entries and {seals} seals are sound")


@check("work.files", zh="附件", en="Files")
def files() -> Iterator[Finding]:
    """Rows without their bytes are a loss; bytes without a row are swept by the worker after a day."""
    if not is_made():
        return
    rows = File.objects.as_system(WHY).values_list("sha256", "thumb")
    known = {digest for pair in rows.iterator() for digest in pair if digest}
    store = storage()
    lost = sum(store.path(digest) is None for digest in known)
    idle = sum(digest not in known for digest in store.older_than(2 * DAY))
    if lost:
        yield wrong(
            f"{lost} 个附件的内容不见了：请从备份恢复 files/",
            f"the bytes of {lost} files are gone: restore files/ from a backup",
        )
    if idle:
        yield note(f"{idle} 个文件没有记录，后台进程会清理", f"{idle} files have no row; the worker sweeps them")
    if not lost and not idle:
        yield good(f"{len(known)} 个，都在", f"{len(known)}, all there")


@check("work.calendar", zh="工作日历", en="Working calendar")
def calendar() -> Iterator[Finding]:
    if not is_made():
        return
    today: date = now().date()
    published = set(years(None).values_list("year", flat=True))
    if today.year not in published:
        yield wrong(
            f"{today.year} 年放假安排没有录入：时限都是暂定的",
            f"the notice for {today.year} is not there: every deadline is provisional",
        )
    elif today.month >= 11 and today.year + 1 not in published:
        yield note(
            f"{today.year + 1} 年放假安排还没有录入：跨年时限是暂定的",
            f"the notice for {today.year + 1} is not there yet: deadlines across the new year are provisional",
        )
    else:
        yield good(f"已录入至 {max(published)} 年", f"known until {max(published)}")


@check("work.debug", zh="调试模式", en="Developer's mode")
def debug() -> Iterator[Finding]:
    if settings.DEBUG:
        yield wrong("CHENGYUN_DEBUG 打开着：出错时会泄露内部信息", "CHENGYUN_DEBUG is on: errors show what is inside")
