"""征求意见: what follows from the answers of the departments."""

from collections.abc import Iterable

NO_ANSWER = ("none", "asked")


def outcome(answers: Iterable[str]) -> str:
    """asked while somebody has still to answer and nobody objected; objected; or consented."""
    given = list(answers)
    if any(answer in NO_ANSWER for answer in given):
        return "asked"
    return "objected" if "objected" in given else "consented"
