"""What the permission matrix acts on: for each kind of record one inside, one elsewhere in the town, one outside it."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.world import OFFICE, TownWorld, add_person, add_post, full_world, grant, hold, role
from chengyun.accounts.events import PersonChanged
from chengyun.accounts.models import ApiToken, Holding, Look, Notice, Ownership, Responsibility, Role, Shift
from chengyun.cases.flow_table import FLOW as CASE_FLOW
from chengyun.cases.flow_table import ORDER_FLOW
from chengyun.cases.models import Approval, Case
from chengyun.kernel.actor import System
from chengyun.kernel.clock import now
from chengyun.kernel.delivery.models import Parcel, Webhook
from chengyun.kernel.files.actions import store
from chengyun.kernel.jobs.models import Job
from chengyun.kernel.journal.record import record
from chengyun.places.models import Facility, FacilityCategory, ImportRun
from chengyun.plans.flow_table import TASK_FLOW
from chengyun.plans.models import Adjustment, Alignment, Document, Party, Project, Question, Target, Task
from chengyun.plans.models import Stage as PlanStage

COLUMNS = ("inside", "elsewhere", "outside")
OFFICES = ("D1", "P1", "K1", "N1")


class Corner:
    """A place in a town with one record of each kind: area, community, department, and what `MAKERS` make there."""

    def __init__(self, world: TownWorld, near: bool, office: str, mark: str) -> None:
        self.world, self.near, self.mark = world, near, mark
        self.area = world.areas["C1" if near else "G3"]
        self.grid = world.areas["G1" if near else "G3"]
        self.community = world.areas["M1" if near else "M2"]
        self.department = world.departments[office if near else "D2"]
        self.things: dict[str, Any] = {
            "area": self.area, "grid": self.grid, "community": self.community, "department": self.department,
            "role": role("operator"), "scheme": self.grid.scheme, "town_row": world.town,
        }  # fmt: skip
        for kind, make in MAKERS.items():
            self.things[kind] = make(self)

    def fill(self, text: str, sample: Any = None) -> str:
        """A text with its $placeholders: $kind is a record's id, $version the sample's, $town the town's code."""
        moment = now()
        point = self.area.geometry.representative_point()
        words = {
            "lnglat": f"[{point.x}, {point.y}]",
            "town_key": str(self.world.town.pk), "town": self.world.town.code,
            "version": str(getattr(sample, "version", 1)), "soon": (moment + timedelta(hours=1)).isoformat(),
            "month_hence": (moment + timedelta(days=30)).date().isoformat(),
            "later": (moment + timedelta(days=9)).isoformat(), "any": str(uuid4()),
        } | {kind: str(row.uuid) for kind, row in self.things.items()}  # fmt: skip
        for word in sorted(words, key=len, reverse=True):
            text = text.replace(f"${word}", words[word])
        return text


MAKERS: dict[str, Callable[[Corner], Any]] = {}


def makes(kind: str) -> Callable[[Callable[[Corner], Any]], Callable[[Corner], Any]]:
    """Register how a corner gets its record of a kind; a room's tests may add theirs."""

    def register(make: Callable[[Corner], Any]) -> Callable[[Corner], Any]:
        MAKERS[kind] = make
        return make

    return register


@makes("person")
def person(at: Corner) -> Any:
    row = add_person(at.world, f"sample-{at.mark}", department=at.department, phone="13800000000")
    record(PersonChanged(("phone",)), row, System("test"))
    return row


@makes("newcomer")
def newcomer(at: Corner) -> Any:
    return add_person(at.world, f"newcomer-{at.mark}", department=at.department)


@makes("post")
def post(at: Corner) -> Any:
    return add_post(at.world, at.department, f"post-{at.mark}", area=at.area)


@makes("tenure")
def tenure(at: Corner) -> Any:
    return hold(at.things["post"], at.things["person"])


@makes("grant")
def granted(at: Corner) -> Any:
    return grant(at.things["post"], "operator", department=at.department)


@makes("copied_role")
def copied_role(at: Corner) -> Any:
    return Role.objects.create(town=at.world.town, code=f"copy-{at.mark}", zh="副本", en="Copy", copied_from="operator")


@makes("free_area")
def free_area(at: Corner) -> Any:
    return at.world.areas["G2" if at.near else "S2"]


@makes("holding")
def holding(at: Corner) -> Any:
    return Holding.objects.create(town=at.world.town, area=at.area, post=at.things["post"], duty="worker")


@makes("facility")
def facility(at: Corner) -> Any:
    category, _ = FacilityCategory.objects.get_or_create(
        code="hydrant", defaults={"name": "消火栓", "english": "Hydrant", "rank": 1}
    )
    row = Facility(
        town=at.world.town, category=category, plate=f"P{uuid4().hex[:12]}", name=f"hydrant-{at.mark}", source="test",
        external_id=at.mark, grid_id=at.grid.pk, community_id=at.community.pk,
    )  # fmt: skip
    row.locate(at.area.geometry.representative_point())
    row.save()
    return row


@makes("owner")
def owner(at: Corner) -> Any:
    return Ownership.objects.create(town=at.world.town, facility=at.things["facility"], department=at.department)


@makes("responsibility")
def responsibility(at: Corner) -> Any:
    return Responsibility.objects.create(
        town=at.world.town, subject_code="0101", area=at.area, department=at.department, basis_zh=at.mark
    )


@makes("shift")
def shift(at: Corner) -> Any:
    return Shift.objects.create(
        town=at.world.town,
        duty="centre",
        person=at.things["person"],
        starts_at=now(),
        ends_at=now() + timedelta(days=1),
    )


@makes("token")
def token(at: Corner) -> Any:
    return ApiToken.objects.create(
        name=at.mark, prefix="cy_", digest=uuid4().hex, person=at.things["person"],
        person_ref=at.things["person"].actor_id, permissions=["places.read"], town=at.world.town,
        department=at.department, expires_at=now() + timedelta(days=1),
    )  # fmt: skip


@makes("look")
def look(at: Corner) -> Any:
    return Look.objects.create(
        town=at.world.town, who_kind="person", who=at.things["person"].actor_id, kind="person", reason="回访",
        subject=at.things["person"].uuid, fields=["phone"],
    )  # fmt: skip


@makes("notice")
def notice(at: Corner) -> Any:
    return Notice.objects.create(
        person=at.things["person"],
        position=Notice.objects.count() + 1,
        event="x.y",
        kind="case",
        subject=uuid4(),
        at=now(),
    )


@makes("job")
def job(at: Corner) -> Any:
    return Job.objects.create(
        town_id=at.world.town.pk,
        kind="places.import",
        actor_kind="system",
        actor_id="test",
        run_at=now(),
        state="failed",
    )


@makes("waiting_job")
def waiting_job(at: Corner) -> Any:
    return Job.objects.create(
        town_id=at.world.town.pk, kind="places.import", actor_kind="system", actor_id="test", run_at=now()
    )


@makes("parcel")
def parcel(at: Corner) -> Any:
    return Parcel.objects.create(
        town_id=at.world.town.pk,
        listener=f"test.{at.mark}",
        position=1,
        stream="case:x",
        event="x.y",
        state="dead",
        attempts=9,
        next_at=now(),
    )


@makes("webhook")
def webhook(at: Corner) -> Any:
    return Webhook.objects.create(
        town_id=at.world.town.pk, name=at.mark, url="https://hook.example/x", secret="s", events=["cases.*"]
    )


@makes("import")
def import_run(at: Corner) -> Any:
    return ImportRun.objects.create(
        town=at.world.town, number=ImportRun._base_manager.count() + 1, kind="facilities", source=at.mark,
        file_name="x.csv", state="staged", started_at=now(),
    )  # fmt: skip


def make_case(at: Corner, state: str, *, is_order: bool = False) -> Case:
    """A case in a state, at the corner and with its department, put straight into the table."""
    mark = f"{state}-{'o' if is_order else 'c'}-{at.mark}"
    final = {"closed_at": now()} if state in {"closed", "rated"} else {}
    row = Case(
        town_id=at.world.town.pk, grid_id=at.grid.pk, community_id=at.community.pk, cell_id=at.area.pk, state=state,
        department_id=at.department.pk, local_day=now().date(), number=mark, channel="desk", title="井盖",
        text="井盖破损", reported_at=now(), received_at=now(), is_order=is_order, source="12345" if is_order else "",
        external_id=mark if is_order else "", is_open=state not in CASE_FLOW.final, **final,
    )  # fmt: skip
    row.locate(at.area.geometry.representative_point())
    if state == "merged":
        row.merged_into = at.things["case_filed"]
    row.save()
    return row


for _state in CASE_FLOW.states:
    MAKERS[f"case_{_state}"] = partial(make_case, state=_state)
for _state in ORDER_FLOW.states:
    MAKERS[f"order_{_state}"] = partial(make_case, state=_state, is_order=True)


@makes("file")
def file(at: Corner) -> Any:
    """A picture of a case, really kept."""
    picture = BytesIO()
    Image.new("RGB", (8, 8), (len(at.mark), 100, 100)).save(picture, "PNG")
    row = store(
        SimpleUploadedFile(f"{at.mark}.png", picture.getvalue(), "image/png"),
        actor=at.things["person"],
        purpose="photo",
    )
    row.owner_kind, row.owner = "case", at.things["case_filed"].uuid
    row.save()
    return row


@makes("approval")
def approval(at: Corner) -> Any:
    return Approval.objects.create(
        case=at.things["case_dispatched"], verb="return", post="duty_officer", asked_kind="person", asked_at=now(),
        asked_by=at.things["person"].actor_id,
    )  # fmt: skip


@makes("plan_document")
def plan_document(at: Corner) -> Any:
    row = Document(town_id=at.world.town.pk, title=f"工作要点-{at.mark}", reading=1)
    row.save()
    read = {"text": "一", "lines": [[0, 1, 1]], "made_at": now(), "made_by": "test"}
    row.readings.create(number=1, file=uuid4(), state="done", **read)
    row.readings.create(number=2, file=uuid4(), state="failed", made_at=now(), made_by="test")
    return row


@makes("plan_upper")
def plan_upper(at: Corner) -> Any:
    row = Document(town_id=at.world.town.pk, title=f"三年计划-{at.mark}", state="issued", openness="public")
    row.save()
    return row


def make_task(at: Corner, state: str) -> Task:
    """A task in a state, of the corner's department and at its place, put straight into the table."""
    merged = at.things["plan_task_proposed"] if state == "merged" else None
    row = Task(
        town_id=at.world.town.pk, grid_id=at.grid.pk, community_id=at.community.pk, department_id=at.department.pk,
        local_day=now().date(), document=at.things["plan_document"], title="补种行道树", text="补种行道树", state=state,
        told=state not in ("proposed", "accepted", "rejected", "merged"), due_on=now().date(), due_event="交地",
        merged_into=merged, before_issue=True,
    )  # fmt: skip
    row.save()
    Party.objects.create(
        task=row, department_id=at.department.pk, words="绿容所", role="lead", area_id=at.department.area_id,
        consent="asked" if state == "consulting" else "none",
    )  # fmt: skip
    return row


for _state in TASK_FLOW.states:
    MAKERS[f"plan_task_{_state}"] = partial(make_task, state=_state)


def make_target(at: Corner, state: str) -> Target:
    """A target in a state, of the corner's department."""
    row = Target(
        town_id=at.world.town.pk, department_id=at.department.pk, document=at.things["plan_document"], object="绿道",
        text="新增绿道3公里", value=3, state=state,
    )  # fmt: skip
    row.save()
    return row


def make_project(at: Corner, state: str) -> Project:
    """A project in a state, of the corner's department and at its place."""
    row = Project(
        town_id=at.world.town.pk, grid_id=at.grid.pk, community_id=at.community.pk, department_id=at.department.pk,
        local_day=now().date(), document=at.things["plan_document"], name="口袋公园", state=state,
    )  # fmt: skip
    row.save()
    return row


for _state in ("proposed", "accepted", "rejected", "live"):
    MAKERS[f"plan_target_{_state}"] = partial(make_target, state=_state)
    MAKERS[f"plan_project_{_state}"] = partial(make_project, state=_state)


def make_adjustment(at: Corner, state: str) -> Adjustment:
    """A change of a live task of its own, in a state."""
    row = Adjustment(
        task=make_task(at, "live"), state=state, changes={"title": ["补种行道树", "补种乔木"]}, reason="苗木短缺",
        answers={str(at.department.pk): {"answer": "asked" if state == "asked" else "consented"}},
        due_at=now() + timedelta(days=3), asked_by="test", asked_at=now(),
    )  # fmt: skip
    row.save()
    return row


for _state in ("asked", "consented"):
    MAKERS[f"plan_adjustment_{_state}"] = partial(make_adjustment, state=_state)


@makes("plan_party")
def plan_party(at: Corner) -> Any:
    """A generic owner of the task that is expanded."""
    return Party.objects.create(task=at.things["plan_task_proposed"], words="各居村", role="supporting", generic=True)


@makes("plan_stage")
def plan_stage(at: Corner) -> Any:
    return PlanStage.objects.create(project=at.things["plan_project_live"], name="开工")


@makes("plan_question")
def plan_question(at: Corner) -> Any:
    return Question.objects.create(document=at.things["plan_document"], reading=1, code="target.open", words="X")


@makes("plan_alignment")
def plan_alignment(at: Corner) -> Any:
    return Alignment.objects.create(
        lower_task=at.things["plan_task_live"], upper_task=at.things["plan_task_done"], made_by="test", made_at=now()
    )


class Stage:
    """Two staffed towns, and for every role the three corners that it is tried at."""

    def __init__(self) -> None:
        one, other = full_world()
        self.people = one.people
        self.corners = {office: Corner(one, True, office, f"near-{office}") for office in OFFICES}
        self.elsewhere = Corner(one, False, "D2", "elsewhere")
        self.outside = {office: Corner(other, True, office, f"out-{office}") for office in OFFICES}

    def at(self, role_code: str, column: str) -> Corner:
        """The corner of a column for a role: inside is where a person of the role works."""
        office = "N1" if role_code == "neighbourhood" else OFFICE.get(role_code, "D1")
        return {"inside": self.corners[office], "elsewhere": self.elsewhere, "outside": self.outside[office]}[column]
