"""A town whose departments have the names that plans use, and the shorthands of the room's tests."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from accounts.conftest import Api
from cases.world import World, make_world
from chengyun.accounts.models import Department
from chengyun.kernel.files.actions import store
from chengyun.kernel.jobs.queue import claim, execute
from chengyun.plans.models import Document, Target, Task

NAMES = {
    "greening": "绿化市容管理所", "construction": "规划建设和生态环境办公室（城建中心）",
    "operations": "城市运行管理中心",
    "social": "社会建设办公室", "safety": "平安建设办公室", "enforcement": "综合行政执法队", "M1": "东浦居民区",
}  # fmt: skip

POINTS = """云岸镇人民政府

云政〔2026〕9号

关于印发《云岸镇2026年工作要点》的通知

云岸镇人民政府
2026年2月10日

云岸镇2026年工作要点

一、推动街区更新提质

1.实施美丽街区建设。完成沿线立面整治1.6公里、店招更新48处。（责任部门：城建中心；配合部门：绿化市容管理所、东浦居民区；时间节点：6月）

2.推进既有住宅加装电梯。全年竣工28台。（责任部门：社会建设办公室；时间节点：12月）

二、深化垃圾分类实效

3.新增可回收物服务点5个，改造垃圾房9座。（责任部门：绿化市容管理所；配合部门：各居民区；时间节点：9月）

4.开展单位生活垃圾专项检查，每月检查不少于30家次。（责任部门：综合执法大队；时间节点：长期坚持）

5.建立防汛物资储备库，配齐移动泵车3台。（责任部门：城运中心；时间节点：交地后3个月）
"""


@dataclass
class Room:
    """The town with sessions for roles."""

    world: World

    def api(self, role: str) -> Api:
        return Api().be(self.world.people[role])

    def upload(self, text: str | bytes, role: str = "planner") -> str:
        data = text.encode() if isinstance(text, str) else text
        return str(store(data, actor=self.world.people[role], purpose="import").uuid)

    def imported(self, text: str | bytes = POINTS, name: str = "工作要点.txt") -> dict[str, Any]:
        """A document that was sent and read, as the planner sees it."""
        answer = self.api("planner").post("plans/documents", {"file": self.upload(text), "name": name})
        assert answer.status_code == 201, answer.content
        work()
        return self.document(answer.json()["document"]["id"])

    def document(self, uuid: str, role: str = "planner") -> dict[str, Any]:
        return dict(self.api(role).get(f"plans/documents/{uuid}").json())

    def text(self, uuid: str, role: str = "planner") -> dict[str, Any]:
        return dict(self.api(role).get(f"plans/documents/{uuid}/text").json())

    def tasks(self, document: dict[str, Any]) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.text(document["id"])["tasks"]
        return rows

    def take(self, task: str, verb: str, role: str, **given: Any) -> Any:
        """Take a verb of a task at the version that it has now."""
        row = Task.objects.as_system("test").get(uuid=task)
        body = {"expected": row.version, "given": {k.replace("__", ":"): v for k, v in given.items()}}
        return self.api(role).post(f"plans/tasks/{task}/verbs/{verb}", body)

    def correct(self, task: str, **changes: Any) -> Any:
        row = Task.objects.as_system("test").get(uuid=task)
        return self.api("planner").patch(f"plans/tasks/{task}", {"expected": row.version, "changes": changes})

    def move(self, document: str, verb: str, role: str = "leader", **given: Any) -> Any:
        row = Document.objects.as_system("test").get(uuid=document)
        body = {"expected": row.version, "given": given}
        return self.api(role).post(f"plans/documents/{document}/verbs/{verb}", body)

    def take_target(self, target: str, verb: str, role: str = "planner", **given: Any) -> Any:
        row = Target.objects.as_system("test").get(uuid=target)
        body = {"expected": row.version, "given": given}
        return self.api(role).post(f"plans/targets/{target}/verbs/{verb}", body)

    def fresh(self, task: str) -> Task:
        row: Task = Task.objects.as_system("test").get(uuid=UUID(task))
        return row

    def live(self, due_on: str = "2026-12-31") -> str:
        """A task of the greening department that runs, of a document in force. Returns its id."""
        document = self.imported()
        task = next(t for t in self.tasks(document) if "可回收物" in t["text"])
        owners = [{"department": "greening", "role": "lead"}, {"department": "M1", "role": "supporting"}]
        assert self.correct(task["id"], owners=owners, due_on=due_on).status_code == 200
        for verb, role in (("accept", "planner"), ("consult", "planner"), ("consent", "liaison"),
                           ("consent", "neighbourhood"), ("approve", "leader")):  # fmt: skip
            answer = self.take(task["id"], verb, role)
            assert answer.status_code == 200, (verb, answer.content.decode())
        assert self.move(document["id"], "put_in_force").status_code == 200
        return str(task["id"])


def work() -> int:
    """Run every job that waits. Returns how many."""
    count = 0
    while row := claim("test"):
        execute(row, lambda: False)
        count += 1
    return count


def make_room() -> Room:
    """A staffed town with the names of a plan."""
    world = make_world()
    for code, name in NAMES.items():
        Department.objects.as_system("test").filter(town=world.town, code=code).update(name=name)
    return Room(world)
