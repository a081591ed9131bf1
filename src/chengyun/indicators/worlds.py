"""What this process holds of each town's measures, brought up to date from the journal whenever it is asked."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from chengyun.indicators.formula.catalogue import Catalogue
from chengyun.indicators.formula.world import World
from chengyun.indicators.ground import TownGround
from chengyun.kernel.events import EntryView, Listener
from chengyun.kernel.journal.models import Entry
from chengyun.kernel.journal.timeline import view_of
from chengyun.kernel.measures import Ask, Measure, Table, measure, measures
from chengyun.places.models import Area, Revision, Town
from chengyun.places.queries.visible import shown

TARGETS = "indicators.targets"
"""Not a measure: what is noted when a target is set; the categories are the codes of indicators."""
_OWN = ("indicators.target_set",)
_RENAMING = ("places.town_", "places.import_", "indicators.register")  # after which formulas may use other words
_MOST = 500  # entries read one by one; after more of them everything is read anew


@dataclass(frozen=True)
class Touched:
    """What changed of a measure. `categories` None: anything may have."""

    measure: str
    categories: frozenset[str] | None


@dataclass
class Kept:
    """A town's world, the names its formulas may use, and the journal's position up to which it is true."""

    world: World
    ground: TownGround
    catalogue: Catalogue
    position: int
    token: object
    axis: list[tuple[int, int]]
    fresh: bool = True
    touched: list[Touched] = field(default_factory=list)

    def take_touched(self) -> list[Touched] | None:
        """What changed since this was last asked; None: all of it, it was just made."""
        if self.fresh:
            self.fresh, self.touched = False, []
            return None
        taken, self.touched = self.touched, []
        return taken


_kept: dict[int, Kept] = {}
_locks: dict[int, threading.RLock] = {}
_guard = threading.Lock()


@contextmanager
def world_of(town: Town) -> Iterator[Kept]:
    """The world of a town as it stands now, for one thread at a time."""
    with _guard:
        lock = _locks.setdefault(town.pk, threading.RLock())
    with lock:
        kept = _kept.get(town.pk)
        token = Revision.objects.filter(town_id=town.pk).values_list("token", flat=True).first()
        if kept is None or (kept.token != token and kept.axis != axis_of(town)):
            kept = _kept[town.pk] = _make(town, token)
        else:
            kept.token = token
            _catch_up(kept)
        yield kept


def forget_all() -> None:
    """Make every world anew at its next use."""
    _kept.clear()


def _make(town: Town, token: object) -> Kept:
    position = latest_position()
    ground = TownGround(town)
    world = World(town.pk, ground, measure, _load)
    return Kept(world, ground, Catalogue(measures(), town.pk), position, token, axis_of(town))


def axis_of(town: Town) -> list[tuple[int, int]]:
    """The areas of a town with their versions. (A town's revision changes with names too.)"""
    rows = shown(Area.objects.as_system("whether the areas are still the same").filter(town=town))
    return list(rows.order_by("pk").values_list("pk", "version"))


def _load(one: Measure, ask: Ask) -> Table:
    if one.load is None:
        raise LookupError(f"{one.name} has no things")
    return one.load(ask)


def latest_position() -> int:
    """The journal's last position."""
    last = Entry.objects.filter(position__isnull=False).order_by("-position").values_list("position", flat=True).first()
    return last or 0


def _catch_up(kept: Kept) -> None:
    last = latest_position()
    if last == kept.position:
        return
    read, renamed = _read_events(kept)
    offered = measures() if renamed else list(kept.catalogue.measures.values())
    if len(read) > _MOST:
        for one in offered:
            _forget(kept, one.name)
    else:
        rows = Entry.objects.filter(position__in=read).order_by("position")
        _apply(kept, offered, [view_of(entry) for entry in rows])
    kept.position = last
    if renamed:
        kept.catalogue = Catalogue(offered, kept.world.town)


def _read_events(kept: Kept) -> tuple[list[int], bool]:
    """Positions of what happened in the town, or everywhere, that something here is made of.

    And whether formulas may use other words or measures since.
    """
    rows = Entry.objects.filter(position__gt=kept.position, historic=False).order_by("position")
    named = [row for row in rows.values_list("position", "event", "town_id") if row[2] in {None, kept.world.town}]
    offered, events = kept.catalogue.measures.values(), {event for _, event, _ in named}
    asked = {event for event in events if event in _OWN or any(wants(one, event) for one in offered)}
    renamed = any(event.startswith(_RENAMING) for event in events)
    return [position for position, event, _ in named if position and event in asked], renamed


def _apply(kept: Kept, offered: Iterable[Measure], entries: list[EntryView]) -> None:
    codes = frozenset(str(entry.facts["code"]) for entry in entries if entry.event in _OWN)
    if codes:
        kept.touched.append(Touched(TARGETS, codes))
    for one in offered:
        said = [entry for entry in entries if wants(one, entry.event)]
        if not said:
            continue
        keys = [one.key_of(entry) if one.key_of else None for entry in said]
        if one.load is None or any(key is None for key in keys):
            _forget(kept, one.name)
        else:
            known = frozenset(key for key in keys if key is not None)
            kept.touched.append(Touched(one.name, kept.world.patch(one.name, known)))


def _forget(kept: Kept, name: str) -> None:
    kept.world.forget(name)
    kept.touched.append(Touched(name, None))


def wants(one: Measure, event: str) -> bool:
    """Whether a measure is stale after an event."""
    return Listener("", one.events, (), lambda _: None).wants(event)
