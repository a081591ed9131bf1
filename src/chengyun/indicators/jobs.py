"""Work of the worker: measuring what became stale, soon after it did and once on every new day."""

from typing import Any

from chengyun.indicators.evaluating import evaluate_town
from chengyun.indicators.worlds import wants
from chengyun.kernel.actor import System
from chengyun.kernel.events import EntryView, listen
from chengyun.kernel.jobs.queue import enqueue, rested
from chengyun.kernel.jobs.registry import every, job
from chengyun.kernel.jobs.run import Run
from chengyun.kernel.measures import measures
from chengyun.places.models import Town

EVALUATE = "indicators.evaluate"
_OWN = ("indicators.indicator_saved", "indicators.target_set")


@job(EVALUATE)
def evaluate(run: Run, params: dict[str, Any]) -> dict[str, Any]:
    """Measure what is stale in a town, or everything ("all")."""
    town = Town.objects.as_system("the town of a job").get(pk=params["town"])
    done = [
        evaluate_town(town, everything=bool(params.get("all")), going=run.progress),
        evaluate_town(town, going=run.progress),  # what changed meanwhile found this job running, and queued none
    ]
    return {
        "measured": sum(one.measured for one in done), "changed": sum(one.changed for one in done),
        "seconds": round(sum(one.seconds for one in done), 3),
    }  # fmt: skip


@every("indicators.watch", minutes=10)
def watch(run: Run, params: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001  the form of every job
    """Measure what became stale without an event: a new day, another town's register, an event lost on the way."""
    towns = list(Town.objects.as_system("every town is measured").order_by("id"))
    done = [evaluate_town(town, going=run.progress) for town in towns]
    return {"measured": sum(one.measured for one in done), "changed": sum(one.changed for one in done)}


@listen("*", name="indicators.stale")
def hear(entry: EntryView) -> None:
    """Measure again soon, if anything that is measured is stale now."""
    if entry.town is None or not is_read(entry.event):
        return
    key, actor = f"town-{entry.town}", System("indicators")
    soon = rested(EVALUATE, actor, key)  # cases change all day: measuring leaves the machine to others
    enqueue(EVALUATE, {"town": entry.town}, actor, key=key, town=entry.town, run_at=soon)


def is_read(event: str) -> bool:
    """Whether an event changes what some measure offers, or how it is measured."""
    return event in _OWN or any(wants(one, event) for one in measures())
