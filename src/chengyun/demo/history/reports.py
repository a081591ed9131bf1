"""How many of which small class are reported when, from where and through which channel."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from chengyun.demo.history.weather import TAGS, Weather
from chengyun.demo.history.wording import Matter, frames, matters
from chengyun.demo.town.plane import generator

BURSTS_PER_MONTH = 34


@dataclass(frozen=True)
class Report:
    """Something that is going to be reported. `burst` numbers those that many people report about one place."""

    number: int
    day: date
    moment: datetime
    code: str
    channel: str
    place_kind: str
    burst: int = -1


def draw_reports(weather: Weather, count: int, zone: str, seed: int) -> list[Report]:
    """About `count` reports over the days of the weather, in the order of their moments."""
    rng = generator(seed, "reports")
    listed = list(matters().values())
    odds = np.array([_odds(matter, weather) for matter in listed])
    cells = rng.multinomial(count, (odds / odds.sum()).ravel()).reshape(odds.shape)
    drawn = [
        report
        for which, matter in enumerate(listed)
        for report in _of_class(matter, cells[which], weather, ZoneInfo(zone), rng)
    ]
    drawn.sort(key=lambda r: (r.moment, r.code))
    return _with_bursts(drawn, rng)


def _odds(matter: Matter, weather: Weather) -> np.ndarray:
    """How likely each day is, relative to other days and classes."""
    words = frames()
    patrol = words["channels"][matter.channels].get("patrol", 0.0)
    week = patrol * np.array(words["week"]["patrol"]) + (1 - patrol) * np.array(words["week"]["people"])
    months = np.array(words["months"]["all"])
    days = weather.days
    growth = np.linspace(0.94, 1.06, len(days))
    calm = np.array([week[d.weekday()] * months[d.month - 1] for d in days])
    rest = 1 - 0.35 * patrol * weather.tags[:, TAGS.index("festival")]  # patrols are thin on holidays
    odds: np.ndarray = matter.weight * calm * growth * rest * weather.factor(matter.weather)
    return odds


def _of_class(
    matter: Matter, counts: np.ndarray, weather: Weather, zone: ZoneInfo, rng: np.random.Generator
) -> list[Report]:
    words = frames()
    total = int(counts.sum())
    hours = np.array(words["hours"][matter.hours], dtype=float)
    mix = words["channels"][matter.channels]
    names, shares = list(mix), np.array(list(mix.values()), dtype=float)
    hour = rng.choice(24, total, p=hours / hours.sum())
    second = rng.integers(0, 3_600, total)
    channel = rng.choice(len(names), total, p=shares / shares.sum())
    place = rng.integers(0, len(matter.places), total)
    at = np.repeat(np.arange(len(counts)), counts)
    kinds = [f"facility:{matter.code}" if p == "facility" else p for p in matter.places]
    found = []
    for n in range(total):
        day = weather.days[at[n]]
        local = datetime(day.year, day.month, day.day, tzinfo=zone) + timedelta(
            hours=int(hour[n]), seconds=int(second[n])
        )
        found.append(Report(0, day, local, matter.code, names[channel[n]], kinds[place[n]]))
    return found


def _with_bursts(drawn: list[Report], rng: np.random.Generator) -> list[Report]:
    """Numbers the reports; here and there a run of them becomes one matter that many people report."""
    codes = [m.code for m in matters().values() if m.channels == "complaint"]
    weights = np.array([matters()[c].weight for c in codes])
    months = max(1, round((drawn[-1].day - drawn[0].day).days / 30)) if drawn else 0
    numbered: list[Report | None] = [None] * len(drawn)
    for burst in range(months * BURSTS_PER_MONTH):
        start = int(rng.integers(0, max(1, len(drawn) - 400)))
        code = codes[int(rng.choice(len(codes), p=weights / weights.sum()))]
        size = int(rng.integers(6, 34))
        step = int(rng.integers(4, 60))
        kinds = matters()[code].places
        kind = kinds[0] if kinds[0] != "facility" else f"facility:{code}"
        for n in range(start, min(len(drawn), start + size * step), step):
            if drawn[n].channel in ("hotline", "resident", "desk"):
                r = drawn[n]
                numbered[n] = Report(n, r.day, r.moment, code, r.channel, kind, burst)
    return [
        kept if kept is not None else Report(n, r.day, r.moment, r.code, r.channel, r.place_kind)
        for n, (kept, r) in enumerate(zip(numbered, drawn, strict=True))
    ]
