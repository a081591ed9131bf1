"""Keeps a demo town alive: people report, work, approve, through the real actions, at a chosen rate of events.

`speed` multiplies how often something happens, never the clock: due times and moments are real.
"""

import logging
import math
import random
import signal
import threading
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from types import FrameType
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import close_old_connections

from chengyun.accounts.models import Department, Person
from chengyun.cases import actions
from chengyun.cases.actions import Draft, Reporting, Sent
from chengyun.cases.classes import CaseClass, read_standards
from chengyun.cases.flow_table import flow_of
from chengyun.cases.models import Approval, Case
from chengyun.cases.rules.steps import PERMISSION_OF_POST
from chengyun.demo.history.life import Frame, Move
from chengyun.demo.history.pictures import draw_picture
from chengyun.demo.history.scene import Spot, read_scene
from chengyun.demo.history.tempo import Hours, SwiftReckon
from chengyun.demo.history.ways import ORDER_WAYS, WAYS
from chengyun.demo.history.weather import make_weather
from chengyun.demo.history.wording import Matter, frames, matters, report_text
from chengyun.kernel.actor import Actor, Known, Resident, System
from chengyun.kernel.calendar.queries import calendar_for, timetable_for
from chengyun.kernel.clock import local_day, now
from chengyun.kernel.files.actions import store
from chengyun.kernel.ids import new_uuid
from chengyun.kernel.refusal import Busy, Refusal
from chengyun.places.models import Town

log = logging.getLogger(__name__)

REPORTS_PER_DAY = 185.0  # of a town, at speed 1
STEPS_PER_REPORT = 6.0
OPEN_USUALLY = 900  # open cases of a town; with more of them people work faster
PAUSE = 0.02  # seconds between two acts: others must come to write, too
LONGEST_WAIT = 2.0
REMEMBERED = 5_000  # cases of which it is remembered what has been decided by luck
ATTEMPTS = 25
OPEN_STATES = (*(state for state in WAYS if state not in ("closed", "rated")), "ordered", "replied")


@dataclass
class Seen:
    """A real case as the ways of people see one."""

    case: Any
    frame: Frame
    kind: CaseClass
    done: set[str]
    twin: None = None
    moment: datetime = field(default_factory=now)

    def running(self, stage: str) -> Any:
        """The clock of a stage that runs, if one does."""
        return self.case.clocks.filter(stage=stage, stopped_at=None, part=None).first()

    def open_part(self) -> Any:
        """A supporting part that is not done yet."""
        return self.case.parts.filter(lead=False, ended_at=None).first()

    def finder(self) -> Actor:
        """A grid worker of the place."""
        crew = self.frame.scene.crew
        near = crew.workers.get(self.case.grid_id or 0) or crew.desk["duty_officer"]
        return Known("person", self.frame.luck.choice(near))


class Simulator:
    """Acts in one town. Each call of `act` is one small step; refusals are counted, never raised."""

    def __init__(self, town: Town, luck: random.Random) -> None:
        standards = read_standards(settings.ENV.data)
        calendar = calendar_for(town.id)
        reckon = SwiftReckon(calendar, timetable_for("office", town.id))
        scene = read_scene(town, standards.book, 0)
        self.town, self.luck, self.tally = town, luck, Counter[str]()
        self.frame = Frame(scene, standards, reckon, Hours(calendar), now(), luck, {})
        self.memory: deque[tuple[int, set[str]]] = deque(maxlen=REMEMBERED)
        self.offices = dict(
            Department.objects.as_system("whom the desk sends cases to").filter(town=town).values_list("id", "uuid")
        )
        self._doing = ""  # what is being tried, and by whom: for the tally of refusals
        self._odds: tuple[tuple[date, int], list[Matter], list[float]] | None = None

    def act(self, chance_of_report: float) -> None:
        """Report something, decide an approval, or take the next step of some case."""
        doing: Callable[[], str]
        if self.luck.random() < chance_of_report:
            doing = self.report
        else:
            doing = self.approve if self.luck.random() < 0.04 else self.work
        try:
            self.tally[doing()] += 1
        except Busy:
            self.tally["busy"] += 1
        except Refusal as refusal:  # somebody else was faster, or the rules say no: as in life
            self.tally[f"refused {self._doing}: {refusal.code}"] += 1
            log.info("%s is refused: %s", self._doing, refusal)

    def report(self) -> str:
        """Something new, of a class that is likely at this hour, on this day, in this weather."""
        matter = self._matter()
        kind = self.frame.standards.book.classes[matter.code]
        mix = frames()["channels"][matter.channels]
        channel = self.luck.choices(list(mix), list(mix.values()))[0]
        place = self.luck.choice(matter.places)
        spot = self.frame.scene.pick(f"facility:{matter.code}" if place == "facility" else place, self.luck)
        text = report_text(matter, channel, spot.address, self.luck)
        self._doing = f"report {channel}"
        if channel == "patrol":
            return self._patrol(kind, spot, text)
        if channel == "hotline" and self.luck.random() < 0.62:
            return self._order(kind, spot, text)
        reporter = Reporting(new_uuid()) if channel in ("resident", "hotline", "desk") else None
        draft = self._draft(kind, spot, text, channel, reporter=reporter)
        actor = Resident(str(reporter.ref)) if reporter and channel == "resident" else System(f"demo {channel}")
        actions.report(draft, actor=actor)
        return f"report {channel}"

    def work(self) -> str:
        """The next step of a case, of those that fall due first more often."""
        case = self._case()
        kind = self.frame.standards.book.classes.get(case.class_code) if case else None
        if case is None or kind is None or case.pending:
            return "nothing to do"
        seen = Seen(case, self.frame, kind, self._remembered(case.id))
        way = (ORDER_WAYS if case.is_order else WAYS).get(case.state)
        move = way(seen) if way else None
        return self._take(case, move) if move else "nothing to do"

    def approve(self) -> str:
        """Decide the oldest approval that waits."""
        rows = Approval.objects.as_system("what waits for a post").filter(case__town_id=self.town.id, state="pending")
        approval = rows.select_related("case").order_by("asked_at").first()
        if approval is None:
            return "nothing to approve"
        approver = self._person(self.luck.choice(self.frame.scene.crew.desk[approval.post]))
        self._doing = f"approval of {approval.verb} by {approver.login}"
        agreed = self.luck.random() < 0.9
        reason = "" if agreed else "请先自行协调后再申请"
        actions.decide(approval, actor=approver, expected=approval.version, approve=agreed, reason=reason)
        return f"{'approve' if agreed else 'refuse'} {approval.verb} ({PERMISSION_OF_POST[approval.post]})"

    def open_cases(self) -> int:
        """How many cases are open in the town."""
        rows = Case.objects.as_system("how much work there is").filter(town_id=self.town.id, is_open=True)
        return int(rows.count())

    def _matter(self) -> Matter:
        zone = self.frame.reckon.calendar.offset
        local = now() + zone
        if self._odds is None or self._odds[0] != (local.date(), local.hour):
            weather = make_weather(local.date(), local.date(), self.frame.reckon.calendar, 0)
            listed = list(matters().values())
            hours = frames()["hours"]
            odds = [
                m.weight * float(weather.factor(m.weather)[0]) * (0.05 + hours[m.hours][local.hour]) for m in listed
            ]
            self._odds = ((local.date(), local.hour), listed, odds)
        return self.luck.choices(self._odds[1], self._odds[2])[0]

    def _draft(self, kind: CaseClass, spot: Spot, text: str, channel: str, **more: Any) -> Draft:
        return Draft(
            self.town.id, text, channel, class_code=kind.code, point=(spot.lng, spot.lat), address=spot.address, **more
        )

    def _patrol(self, kind: CaseClass, spot: Spot, text: str) -> str:
        crew = self.frame.scene.crew
        worker = self._person(self.luck.choice(crew.workers.get(spot.grid or 0) or crew.desk["duty_officer"]))
        draft = self._draft(kind, spot, text, "patrol", photos=[self._photo(worker, "before")])
        if kind.simple and self.luck.random() < 0.9:
            actions.report_settled(draft, actor=worker, after=[self._photo(worker, "after")])
            return "report and settle"
        actions.report(draft, actor=worker)
        return "report patrol"

    def _order(self, kind: CaseClass, spot: Spot, text: str) -> str:
        demands = frames()["demands"]
        due = self.frame.reckon.later(now(), self.luck.randint(3, 9)).at
        order = {"kind": self.luck.choices(list(demands), list(demands.values()))[0], "due_at": due}
        number = f"{local_day(now(), settings.TIME_ZONE):%Y%m%d}S{self.luck.randrange(10**7):07d}"
        draft = self._draft(
            kind, spot, text, "hotline", reporter=Reporting(new_uuid()), source="12345", external_id=number, order=order
        )
        actions.receive_order(draft, actor=System("hotline"))
        return "order"

    def _case(self) -> Any:
        rows = Case.objects.as_system("what people have on their desks").filter(
            town_id=self.town.id, is_open=True, pending="", state__in=OPEN_STATES
        )
        if self.luck.random() < 0.8:
            first = list(rows.exclude(due_at=None).order_by("due_at", "id")[:60])
            return self.luck.choice(first) if first else None
        total = rows.count()
        return rows.order_by("id")[self.luck.randrange(total)] if total else None

    def _take(self, case: Any, move: Move) -> str:
        verb = flow_of(case.is_order).verbs[move.verb]
        given = {name: self._given(name, value) for name, value in move.given.items()}
        self._doing = f"{move.verb} by {move.actor.actor_kind}"
        if verb.outside:
            actions.hear_above(case, move.verb, actor=move.actor, given=given)
            return move.verb
        actor = self._person(move.actor.actor_id) if move.actor.actor_kind == "person" else move.actor
        self._doing = f"{move.verb} by {getattr(actor, 'login', actor.actor_id)}"
        for role in move.photos:
            given[f"photo:{role}"] = [self._photo(actor, role)]
        actions.take(case, move.verb, actor=actor, expected=case.version, given=given, sent=Sent())
        return move.verb

    def _given(self, name: str, value: Any) -> Any:
        if name == "department":
            return str(self.offices[value])
        if name == "supporting":
            return [str(self.offices[department]) for department in value]
        return str(value.uuid) if name == "part" else value

    def _person(self, uuid: str) -> Person:
        """Read anew each time: rights may have changed meanwhile."""
        found: Person = Person.objects.as_system("somebody acts").get(uuid=UUID(uuid))
        return found

    def _photo(self, actor: Actor, role: str) -> str:
        data = draw_picture(self.luck, mess=role == "before")
        return str(store(data, actor=actor, purpose="photo").uuid)

    def _remembered(self, case: int) -> set[str]:
        known = next((done for key, done in self.memory if key == case), None)
        if known is None:
            known = set()
            self.memory.append((case, known))
        return known


def simulate(speed: float = 1.0, until: datetime | None = None, seed: int | None = None) -> Counter[str]:
    """Act in every town of the installation until SIGTERM, SIGINT or a moment. Returns what was done how often."""
    stop = threading.Event()
    _listen_for_stop(stop)
    luck = random.Random(seed)
    towns = [Simulator(town, luck) for town in Town.objects.as_system("towns to live in").order_by("id")]
    log.info("the simulator acts in %d towns at speed %g", len(towns), speed)
    while towns and not stop.is_set() and (until is None or now() < until):
        close_old_connections()
        town = luck.choice(towns)
        share, per_second = pace(speed * len(towns), town.open_cases())
        town.act(share)
        stop.wait(min(LONGEST_WAIT, max(PAUSE, -math.log(1 - luck.random()) / per_second)))
    total = Counter[str]()
    for one in towns:
        total += one.tally
    log.info("the simulator stops: %s", dict(total.most_common(12)))
    return total


def pace(speed: float, open_cases: int) -> tuple[float, float]:
    """The share of acts that are reports, and how many acts there are in a second."""
    reports = REPORTS_PER_DAY / 86_400 * speed
    steps = reports * STEPS_PER_REPORT * max(0.4, min(2.5, open_cases / OPEN_USUALLY))
    return reports / (reports + steps), reports + steps


def _listen_for_stop(stop: threading.Event) -> None:
    if threading.current_thread() is not threading.main_thread():
        return

    def hear(number: int, _: FrameType | None) -> None:
        log.info("the simulator was told to stop (signal %d)", number)
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, hear)
