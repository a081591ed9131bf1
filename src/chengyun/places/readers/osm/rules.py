"""Rules that turn tags into our categories, read from the room's data files."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any, Generic, TypeVar

import yaml

T = TypeVar("T")


@dataclass(frozen=True)
class Condition:
    """One "key=a|b", "key=*" or "key!=a|b" of a rule."""

    key: str
    values: frozenset[str]
    negated: bool

    @classmethod
    def parse(cls, text: str) -> "Condition":
        negated = "!=" in text
        key, values = text.split("!=" if negated else "=", 1)
        return cls(key.strip(), frozenset(values.strip().split("|")), negated)

    def holds(self, tags: Mapping[str, str]) -> bool:
        value = tags.get(self.key)
        if self.negated:
            return value not in self.values
        return value is not None and ("*" in self.values or value in self.values)


@dataclass
class Rules(Generic[T]):
    """Ordered rules; the first whose conditions all hold gives its result. Indexed by the first condition's key."""

    _by_key: dict[str, list[tuple[int, tuple[Condition, ...], T]]] = field(default_factory=lambda: defaultdict(list))
    _count: int = 0

    def add(self, text: str, result: T) -> None:
        """Add a rule such as "amenity=school & isced:level=1"."""
        conditions = tuple(Condition.parse(part) for part in text.split(" & "))
        self._by_key[conditions[0].key].append((self._count, conditions, result))
        self._count += 1

    def match(self, tags: Mapping[str, str]) -> T | None:
        """The result of the first rule that holds, or None."""
        hits = [
            (order, result)
            for key in tags
            if key in self._by_key
            for order, conditions, result in self._by_key[key]
            if all(condition.holds(tags) for condition in conditions)
        ]
        return min(hits, key=lambda hit: hit[0])[1] if hits else None


@dataclass(frozen=True)
class StreetRule:
    """What a highway value means where the way says nothing else. `speed` km/h."""

    kind: str
    speed: float
    car: bool
    bike: bool
    foot: bool


@dataclass(frozen=True)
class OsmRules:
    """All rules of one reading."""

    facilities: Rules[str]
    ground: Rules[tuple[str, str]]
    streets: dict[str, StreetRule]
    use: dict[str, str]
    private: frozenset[str]
    not_buildings: frozenset[str]


def data_file(name: str) -> Any:
    """A data file of this room, parsed."""
    return yaml.safe_load(files("chengyun.places").joinpath("data", name).read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def load_rules() -> OsmRules:
    """The rules as shipped."""
    osm, categories = data_file("osm.yaml"), data_file("categories.yaml")["categories"]
    return OsmRules(
        facilities=_facility_rules(categories),
        ground=_ground_rules(osm["ground"]),
        streets={highway: StreetRule(*row) for highway, row in osm["streets"].items()},
        use={value: use for use, values in osm["building_use"].items() for value in values},
        private=frozenset(osm["private_ground"]),
        not_buildings=frozenset(osm["not_buildings"]),
    )


def _facility_rules(categories: Iterable[Mapping[str, Any]]) -> Rules[str]:
    rules: Rules[str] = Rules()
    for category in categories:
        for text in category.get("osm", ()):
            rules.add(text, category["code"])
    return rules


def _ground_rules(rows: Iterable[tuple[str, str, str]]) -> Rules[tuple[str, str]]:
    rules: Rules[tuple[str, str]] = Rules()
    for text, kind, sub in rows:
        rules.add(text, (kind, sub))
    return rules
