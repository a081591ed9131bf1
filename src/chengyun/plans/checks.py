"""What `chengyun doctor` asks of this room."""

from collections.abc import Iterator
from datetime import timedelta

from chengyun.kernel.checks import Finding, check, good, note, wrong
from chengyun.kernel.clock import now
from chengyun.kernel.files.queries import loose
from chengyun.kernel.files.storage import storage
from chengyun.plans.flow_table import OPEN_STATES, RUNNING_STATES
from chengyun.plans.models import Party, Reading, Task

STUCK = timedelta(minutes=30)


@check("plans.readings", zh="文件读取", en="Readings of documents")
def readings() -> Iterator[Finding]:
    """No file waits to be read for long, and the files that were read are still there."""
    stuck = Reading.objects.filter(state=Reading.State.QUEUED, made_at__lt=now() - STUCK).count()
    if stuck:
        yield wrong(
            f"{stuck} 份文件迟迟没有读取：后台任务是否在运行？", f"{stuck} files wait to be read: does the worker run?"
        )
    files = Reading.objects.filter(state=Reading.State.DONE).values_list("file", flat=True)
    digests = dict(loose().filter(uuid__in=files).values_list("uuid", "sha256"))
    gone = sum(1 for file in files if file not in digests or storage().path(digests[file]) is None)
    if gone:
        yield wrong(
            f"{gone} 份规划文件的原件不在存储中", f"the originals of {gone} plan documents are not in the storage"
        )
    if not stuck and not gone:
        yield good(f"{len(files)} 份文件已读取", f"{len(files)} files were read")


@check("plans.owners", zh="任务责任部门", en="Owners of tasks")
def owners() -> Iterator[Finding]:
    """Tasks that run have a lead department that is among their owners."""
    rows = Task.objects.as_system("do running tasks have their lead").filter(state__in=RUNNING_STATES)
    leads = Party.objects.filter(role=Party.Role.LEAD).exclude(department_id=None)
    bare = rows.exclude(pk__in=leads.values("task")).count()
    if bare:
        yield wrong(f"{bare} 项执行中的任务没有牵头部门", f"{bare} running tasks have no lead department")
    else:
        yield good("执行中的任务都有牵头部门", "every running task has its lead department")


@check("plans.unplaced", zh="未落图任务", en="Tasks off the map")
def unplaced() -> Iterator[Finding]:
    """Tasks without a place stand on no wall map: said, not wrong."""
    rows = Task.objects.as_system("tasks without a place").filter(state__in=OPEN_STATES)
    off, whole = rows.filter(minx=None).count(), rows.count()
    if off:
        yield note(f"{whole} 项任务中 {off} 项没有位置", f"{off} of {whole} tasks have no place")
