"""The shell's one search box: rooms register what they can find, the shell asks them all."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from chengyun.kernel.actor import Actor


@dataclass(frozen=True)
class Hit:
    """One thing found: where it leads (`link`, a path of the client) and what is shown of it."""

    kind: str
    id: str
    title: str
    detail: str
    link: str


Find = Callable[[Actor, str, int], Sequence[Hit]]
_finders: dict[str, tuple[int, Find]] = {}


def register_search(kind: str, find: Find, order: int = 50) -> None:
    """Register `find(actor, query, limit)`: what of this kind matches, only of what the actor may see.

    `order` sorts the kinds in the answer. The label of a kind is a text of the client ("search.kind.case").
    """
    _finders[kind] = (order, find)


def search(actor: Actor, query: str, limit: int = 5) -> list[dict[str, Any]]:
    """Up to `limit` hits of each kind: [{kind, items}], kinds without a hit left out."""
    query = query.strip()
    if not query:
        return []
    found = [(kind, find(actor, query, limit)) for kind, (_, find) in sorted(_finders.items(), key=_by_order)]
    return [{"kind": kind, "items": [asdict(hit) for hit in hits[:limit]]} for kind, hits in found if hits]


def _by_order(item: tuple[str, tuple[int, Find]]) -> tuple[int, str]:
    return item[1][0], item[0]
