"""What happens to an order of an upper platform, at the town and above it."""

from datetime import timedelta

from chengyun.demo.history.acting import Alive, chance, code_of, desk, once, opinion, reason, soon, when
from chengyun.demo.history.life import Move
from chengyun.demo.history.wording import answer_text
from chengyun.kernel.actor import System

ABOVE = System("hotline")


def ordered(life: Alive) -> Move | None:
    """An order has come: accepted, or the platform above is asked to take it back."""
    if life.case.upper_pending:
        return decided_above(life)
    if once(life, "apply_return", 0.05):
        return Move("apply_return", desk(life, "hotline_clerk"), when(life, "upper_sign", 0.02, "office"),
                    reason(life, "return"))  # fmt: skip
    return Move("accept", desk(life, "hotline_clerk"), when(life, "upper_sign", 0.02, "office"),
                {"class": life.kind.code})  # fmt: skip


def decided_above(life: Alive) -> Move | None:
    """The platform above grants or refuses what was applied for."""
    at = soon(life, 60, 1_200)
    if chance(life, 0.3):
        return Move("upper_refused", ABOVE, at)
    if life.case.upper_pending == "return":
        return Move("upper_returned", ABOVE, at)
    due = (life.case.upper_due_at or at) + timedelta(days=life.frame.luck.randint(2, 6))
    return Move("upper_extended", ABOVE, at, {"due_at": due})


def reply(life: Alive) -> Move:
    """The town's reply to the platform above."""
    text = answer_text(code_of(life), life.frame.luck)
    stage = "review" if life.case.state == "answered" else "close"
    return Move("reply", desk(life, "hotline_clerk"), when(life, stage, 0.03, "office"), {"text": text})


def replied(life: Alive) -> Move | None:
    """Above somebody calls back, opens it again, or closes it."""
    if once(life, "called back", 0.62):
        return Move("upper_called_back", ABOVE, soon(life, 600, 4_000), opinion(life))
    if life.case.reopenings == 0 and once(life, "upper_reopened", 0.025):
        at = soon(life, 600, 4_000)
        return Move("upper_reopened", ABOVE, at, {"due_at": at + timedelta(days=life.frame.luck.randint(3, 7))})
    return Move("upper_closed", ABOVE, soon(life, 600, 6_000))
