"""The proof behind a first answer: a job that searches until nothing better is possible, or time is out."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from threading import Event
from typing import Any

from chengyun.indicators.circle.explaining import told
from chengyun.indicators.circle.siting import Question, Wish, first_answer, impossible, question
from chengyun.indicators.circle.state import circle_of
from chengyun.kernel.actor import Actor
from chengyun.kernel.jobs.models import Job
from chengyun.kernel.jobs.queue import enqueue
from chengyun.kernel.jobs.registry import job
from chengyun.kernel.jobs.run import Run
from chengyun.places.models import Town
from chengyun.places.siting import Answer, NoPlan, Watch, solve

SITE = "indicators.site"
SECONDS = 20.0
"""How long a proof may take."""
_GLANCE = 0.25


@dataclass
class _Search:
    """A search in a thread of its own: the best so far, and how it is stopped."""

    asked: Question
    stopped: Event = field(default_factory=Event)
    best: Answer | None = None

    def hear(self, answer: Answer) -> None:
        """Keep a better answer."""
        self.best = answer

    def go(self) -> Answer:
        """Search. Raises Invalid where there is no plan."""
        watch = Watch(SECONDS, self.hear, self.stopped.is_set)
        try:
            return solve(self.asked.goal, self.asked.problem, watch)
        except NoPlan as error:
            raise impossible(error) from error


def begin(town: Town, actor: Actor, wish: Wish) -> tuple[dict[str, Any], Job | None]:
    """A first answer at once, and the job that proves or betters it. Raises Invalid."""
    with circle_of(town) as (kept, circle):
        asked = question(town, circle, wish)
        answer = first_answer(asked)
        found = told(kept, asked, answer)
    if answer.proven:
        return found, None
    return found, enqueue(SITE, {"town": town.pk, "wish": _written(wish)}, actor, town=town.pk)


@job(SITE, attempts=2)
def prove(run: Run, params: dict[str, Any]) -> dict[str, Any]:
    """Search on from the beginning, telling how near the best is, and explain what was found."""
    town = Town.objects.as_system("the town of a job").get(pk=params["town"])
    with circle_of(town) as (_, circle):
        search = _Search(question(town, circle, _read(params["wish"])))
    with ThreadPoolExecutor(1) as pool:
        working = pool.submit(search.go)
        step = 0
        try:
            while not working.done():
                search.stopped.wait(_GLANCE)
                step += 1
                run.progress(min(int(step * _GLANCE), int(SECONDS)), int(SECONDS), _words(search.best))
        finally:
            search.stopped.set()
    with circle_of(town) as (kept, _):
        return _plain(told(kept, search.asked, working.result()))


def _words(best: Answer | None) -> str:
    return "" if best is None else f"{best.value:.0f} ({best.gap:.2%})"


def _written(wish: Wish) -> dict[str, Any]:
    return asdict(wish)


def _read(written: Mapping[str, Any]) -> Wish:
    points = [(float(lng), float(lat)) for lng, lat in written["own"]]
    return Wish(**{**written, "own": points})


def _plain(found: dict[str, Any]) -> dict[str, Any]:
    """The answer as a job keeps it: ids as text."""
    areas = [{**row, "id": str(row["id"]) if row["id"] else None} for row in found["areas"]]
    return {**found, "areas": areas}
