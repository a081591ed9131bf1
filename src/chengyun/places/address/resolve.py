"""From a text to a place: every reading of it is weighed, the best is returned with why, and the others beside it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import cos, hypot, radians

from rapidfuzz import fuzz, process

from chengyun.places.address.gazetteer import Gazetteer, Row
from chengyun.places.address.grammar import Address, parse_address, parse_parts, strip_areas
from chengyun.places.address.normal import normal
from chengyun.places.address.suggest import suggest

# How sure a reading is when every part of it was found as written.
_SURE = {"building": 0.98, "number": 0.95, "name": 0.9, "crossing": 0.85, "lane": 0.88, "between": 0.7, "road": 0.4}
_FUZZY_ROAD, _ROADS_TRIED, _FUZZY_NAME = 60.0, 8, 0.58
_ONE_PLACE = 400.0  # metres within which things of one name are one place
_APART, _TOGETHER = 800.0, 250.0  # metres between two readings of one text that contradict, or support, each other


@dataclass(frozen=True)
class Reason:
    """Why a place was taken, as a code that screens translate, with its values."""

    code: str
    params: dict[str, str]


@dataclass(frozen=True)
class Finding:
    """A place that a text may mean. `kind`: building | number | lane | between | crossing | road | name.

    `confidence` 0..1 is the chance that the place is the one meant; `spread` how far off (m) it may be even so.
    """

    lng: float
    lat: float
    kind: str
    text: str
    confidence: float
    reasons: tuple[Reason, ...]
    row: Row
    spread: float = 0.0


def resolve(gazetteer: Gazetteer, text: str, limit: int = 5) -> list[Finding]:
    """Places that `text` may mean, surest first; empty when nothing in it is known."""
    plain = normal(text)
    if len(plain) < 2:
        return []
    found = [*_by_address(gazetteer, plain, text), *_by_name(gazetteer, plain)]
    if not found:
        found = list(_by_likeness(gazetteer, plain))
    return _settle(found)[:limit]


def _by_address(gazetteer: Gazetteer, plain: str, text: str) -> Iterator[Finding]:
    spot = gazetteer.find_road(plain)
    if spot:
        road = plain[spot[0] : spot[1]]
        yield from _crossing(gazetteer, plain, spot)
        yield from _along(gazetteer, road, parse_parts(plain[spot[1] :]), ())
        return
    written = parse_address(text)
    if not written.road or not gazetteer.road_names:
        return
    near = process.extract(
        written.road, gazetteer.road_names, scorer=fuzz.ratio, score_cutoff=_FUZZY_ROAD, limit=_ROADS_TRIED
    )
    # Of roads that look alike, the one that has the lane or number is meant.
    read = [finding for name, score, _ in near for finding in _corrected(gazetteer, written, name, score)]
    yield from sorted(read, key=lambda finding: -finding.confidence)[:2]


def _corrected(gazetteer: Gazetteer, written: Address, name: str, score: float) -> Iterator[Finding]:
    slip = Reason("road_corrected", {"written": written.road, "meant": _road_text(gazetteer, name)})
    for finding in _along(gazetteer, name, written, (slip,)):
        yield replace(finding, confidence=finding.confidence * (score / 100) ** 0.5)


def _crossing(gazetteer: Gazetteer, plain: str, first: tuple[int, int]) -> Iterator[Finding]:
    second = gazetteer.find_road(plain, first[1])
    if second is None:
        return
    index = gazetteer.crossings.get((plain[first[0] : first[1]], plain[second[0] : second[1]]))
    if index is not None:
        row = gazetteer.rows[index]
        yield _finding(row, "crossing", (Reason("crossing", {"roads": row.text}),))


def _along(gazetteer: Gazetteer, road: str, parts: Address, why: tuple[Reason, ...]) -> Iterator[Finding]:
    """The most exact reading of the parts on a road, or the road itself."""
    tries = [
        ("building", (parts.lane, parts.number, parts.building)),
        ("building", (parts.lane, "", parts.building)),
        ("building", (parts.lane, parts.building, "")),
        ("number", (parts.lane, parts.number, "")),
        ("lane", (parts.lane, "", "")),
    ]
    said = {"building": parts.building, "number": parts.number, "lane": parts.lane}
    for kind, key in tries:
        index = gazetteer.addresses.get((road, *key)) if said[kind] else None
        if index is not None:
            row = gazetteer.rows[index]
            yield _finding(row, kind, (*why, Reason("address", {"text": row.text})))
            return
    between = _between(gazetteer, road, parts.lane or parts.number, why)
    if between:
        yield between
    elif road in gazetteer.roads:
        row = gazetteer.rows[gazetteer.roads[road]]
        yield _finding(row, "road", (*why, Reason("road_only", {"road": _road_text(gazetteer, road)})))


def _between(gazetteer: Gazetteer, road: str, number: str, why: tuple[Reason, ...]) -> Finding | None:
    """A number set between its neighbours on the same side (odd and even face each other)."""
    digits = number.partition("-")[0].rstrip("甲乙丙丁abcdefghijklmnopqrstuvwxyz")
    if not digits.isdigit():
        return None
    wanted = int(digits)
    same_side = [(n, i) for n, i in gazetteer.numbers.get(road, []) if n % 2 == wanted % 2]
    below = max(((n, i) for n, i in same_side if n <= wanted), default=None)
    above = min(((n, i) for n, i in same_side if n >= wanted), default=None)
    if below is None or above is None:
        return _beyond(gazetteer, below or above, wanted, why)
    low, high = gazetteer.rows[below[1]], gazetteer.rows[above[1]]
    part = (wanted - below[0]) / (above[0] - below[0]) if above[0] > below[0] else 0.0
    span = metres(low, high)
    lng, lat = low.lng + part * (high.lng - low.lng), low.lat + part * (high.lat - low.lat)
    row = replace(low, lng=lng, lat=lat, refers=None, spread=span / 2)
    reason = Reason("number_between", {"low": low.text, "high": high.text})
    sure = _SURE["between"] if span < 300 else 0.55
    return replace(_finding(row, "between", (*why, reason)), confidence=sure, text=low.road + number)


def _beyond(gazetteer: Gazetteer, last: tuple[int, int] | None, wanted: int, why: tuple[Reason, ...]) -> Finding | None:
    if last is None or abs(last[0] - wanted) > 60:
        return None
    row = gazetteer.rows[last[1]]
    finding = _finding(row, "between", (*why, Reason("number_near", {"near": row.text})))
    return replace(finding, confidence=0.5, spread=100.0)


def _by_name(gazetteer: Gazetteer, plain: str) -> Iterator[Finding]:
    """Known names standing in the text; a compound with a building number gives the building."""
    spot = _name_spot(gazetteer, plain)
    if spot is None:
        return
    name = plain[spot[0] : spot[1]]
    indexes = gazetteer.names[name]
    parts = parse_parts(plain[spot[1] :])
    for part in (parts.building, parts.number):
        inside = gazetteer.inside.get((gazetteer.keys[indexes[0]], part)) if part else None
        if inside is not None:
            row = gazetteer.rows[inside]
            yield _finding(row, "building", (Reason("in_compound", {"compound": row.compound, "building": part}),))
            return
    # A short name inside a long text may be chance; the share that it explains speaks for it.
    explained = len(name) / max(len(strip_areas(plain)), 1)
    places = _apart([gazetteer.rows[index] for index in indexes])
    sure = _SURE["name"] * (0.75 + 0.25 * min(1.0, explained * 1.5)) / len(places) ** 0.5
    for row in places[:8]:
        reasons = [Reason("name", {"name": row.text})]
        if len(places) > 1:
            reasons.append(Reason("several", {"count": str(len(places))}))
        yield replace(_finding(row, "name", tuple(reasons)), confidence=sure)


def _apart(rows: list[Row]) -> list[Row]:
    """One row for each place: the buildings of one school bear one name and are one place."""
    places: list[Row] = []
    for row in sorted(rows, key=lambda one: -one.weight):
        if all(metres(row, other) > _ONE_PLACE for other in places):
            places.append(row)
    return places


def _name_spot(gazetteer: Gazetteer, plain: str) -> tuple[int, int] | None:
    """Where a name stands that is not just a part of the road: 东风 in 东风路 says nothing of 东风居民区."""
    spot, road = gazetteer.find_name(plain), gazetteer.find_road(plain)
    if spot is None or road is None or not (road[0] <= spot[0] and spot[1] <= road[1]):
        return spot
    return gazetteer.find_name(plain[: road[0]] + "\0" * (road[1] - road[0]) + plain[road[1] :])


def _by_likeness(gazetteer: Gazetteer, plain: str) -> Iterator[Finding]:
    core = strip_areas(plain)
    for suggestion in suggest(gazetteer, core, 3):
        if suggestion.fit >= _FUZZY_NAME:
            row = suggestion.row
            reason = Reason("name_corrected", {"written": core, "meant": row.text})
            kind = "road" if row.kind == "road" else "name"
            yield replace(_finding(row, kind, (reason,)), confidence=_SURE[kind] * suggestion.fit**2)


def _settle(found: list[Finding]) -> list[Finding]:
    """Order the readings. Two that agree support each other; two sure ones far apart weaken both, and say so."""
    found = sorted(found, key=lambda finding: -finding.confidence)
    if len(found) < 2:
        return [replace(finding, confidence=round(finding.confidence, 3)) for finding in found]
    supported = [_weigh(finding, [other for other in found if other is not finding]) for finding in found]
    return sorted(supported, key=lambda finding: -finding.confidence)


def _weigh(finding: Finding, others: list[Finding]) -> Finding:
    different = [other for other in others if other.kind != finding.kind]
    others = [o for o in different if o.row is not finding.row]
    agreeing = [o for o in others if metres(finding.row, o.row) <= _TOGETHER + finding.spread + o.spread]
    if agreeing:
        sure = 1 - (1 - finding.confidence) * (1 - max(other.confidence for other in agreeing) * 0.5)
        reason = Reason("agrees", {"with": agreeing[0].text})
        return replace(finding, confidence=round(min(sure, 0.99), 3), reasons=(*finding.reasons, reason))
    against = [o for o in different if o.confidence >= 0.6 and metres(finding.row, o.row) > _APART + o.spread]
    if against and finding.kind != "road":
        apart = str(round(metres(finding.row, against[0].row)))
        reason = Reason("disagrees", {"with": against[0].text, "metres": apart})
        return replace(finding, confidence=round(finding.confidence * 0.7, 3), reasons=(*finding.reasons, reason))
    return replace(finding, confidence=round(finding.confidence, 3))


def _finding(row: Row, kind: str, reasons: tuple[Reason, ...]) -> Finding:
    return Finding(row.lng, row.lat, kind, row.text, _SURE[kind], reasons, row, row.spread)


def _road_text(gazetteer: Gazetteer, key: str) -> str:
    row = gazetteer.rows[gazetteer.roads[key]]
    return row.text if row.kind == "road" else row.road


def metres(one: Row, other: Row) -> float:
    """Distance between two rows, good enough within a town."""
    east = (one.lng - other.lng) * cos(radians((one.lat + other.lat) / 2))
    return hypot(east, one.lat - other.lat) * 111_195.0
