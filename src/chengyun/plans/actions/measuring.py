"""What a bound target stands at is kept day by day, so that its pace can be seen."""

from chengyun.kernel.access import require
from chengyun.kernel.action import action, lock, save
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.journal.record import record
from chengyun.plans import around, events
from chengyun.plans.models import Actual, Target


@action
def keep_live(target: Target, value: float, *, actor: Actor) -> bool:
    """Keep what the indicator of a bound target says today. Returns whether it differs from what was known."""
    target = lock(target, None)
    require(actor, "plans.write", at=target)
    moment = now()
    day = around.today(moment)
    rows = target.actuals.filter(source=Actual.Source.INDICATOR)
    last = rows.order_by("-day").values_list("value", flat=True).first()
    rows.update_or_create(
        target=target, day=day, source=Actual.Source.INDICATOR,
        defaults={"value": value, "made_by": actor.actor_id, "made_at": moment},
    )  # fmt: skip
    if last == value:
        return False
    save(target)
    record(events.TargetMeasured(day, value), target, actor)
    return True
