"""Invented weather and the kinds of days that reports depend on: rain, plum rain, typhoon, heat, cold, holidays."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from chengyun.demo.town.plane import generator
from chengyun.kernel.worktime import WorkCalendar

TAGS = ("rain", "plum", "typhoon", "heat", "cold", "leaf", "spring", "festival", "weekend", "school")
MEAN = (4.8, 6.6, 10.9, 16.1, 21.1, 24.6, 29.0, 28.8, 24.8, 19.6, 13.7, 7.4)  # °C by month, as in Shanghai
WET = (0.30, 0.31, 0.38, 0.36, 0.34, 0.44, 0.36, 0.37, 0.30, 0.22, 0.26, 0.26)  # share of wet days by month


@dataclass(frozen=True)
class Weather:
    """One value for each day; `tags` (days × TAGS) says how strongly each kind of day it is, 0 to 1."""

    days: list[date]
    rain: np.ndarray
    heat: np.ndarray
    tags: np.ndarray

    def factor(self, responses: dict[str, float]) -> np.ndarray:
        """How much more (or less) of something happens on each day; a response of 3 triples it on such a day."""
        total = np.ones(len(self.days))
        for tag, strength in responses.items():
            total *= 1 + (strength - 1) * self.tags[:, TAGS.index(tag)]
        return total


def make_weather(first: date, last: date, calendar: WorkCalendar, seed: int) -> Weather:
    """The weather of every day from `first` to `last`: each day's depends on its date alone, so that runs agree."""
    days = [first + timedelta(n) for n in range((last - first).days + 1)]
    rain = np.array([_rain(day, seed) for day in days])
    heat = np.array([_temperature(day, seed) for day in days])
    storm = np.array([_typhoon(day, seed) for day in days])
    rain = np.maximum(rain, storm * 85)
    columns = {
        "rain": np.clip(rain / 25, 0, 1.6),
        "plum": np.array([float(_is_plum(day)) for day in days]),
        "typhoon": storm,
        "heat": np.clip((heat - 31) / 5, 0, 1.3),
        "cold": np.clip((3 - heat) / 5, 0, 1.4),
        "leaf": np.array([float((11, 8) <= (d.month, d.day) <= (12, 24)) for d in days]),
        "spring": np.array([float((3, 10) <= (d.month, d.day) <= (5, 5)) for d in days]),
        "festival": np.array([float(_festival(d, calendar)) for d in days]),
        "weekend": np.array([float(d.weekday() >= 5) for d in days]),
        "school": np.array([float((d.month, d.day) in _TERM_DAYS or d.month in (3, 9)) for d in days]),
    }
    return Weather(days, rain, heat, np.column_stack([columns[tag] for tag in TAGS]))


_TERM_DAYS = {(m, d) for m, d in ((2, 26), (2, 27), (6, 28), (6, 29), (8, 30), (8, 31))}


def _is_plum(day: date) -> bool:
    return (6, 14) <= (day.month, day.day) <= (7, 9)


def _rain(day: date, seed: int) -> float:
    """Millimetres: wet spells last some days, because each day leans on the luck of its five days."""
    spell = generator(seed, "spell", str(day.toordinal() // 5)).random()
    rng = generator(seed, "rain", day.isoformat())
    share = WET[day.month - 1] * (1.9 if _is_plum(day) else 1.0)
    wet = 0.55 * spell + 0.45 * rng.random() < share * 0.98 + 0.02
    return float(rng.gamma(0.9, 11 if _is_plum(day) else 8)) if wet else 0.0


def _temperature(day: date, seed: int) -> float:
    """The day's highest temperature, °C."""
    spell = generator(seed, "air", str(day.toordinal() // 7)).normal(0, 2.4)
    between = (day.day - 15) / 30
    month, other = MEAN[day.month - 1], MEAN[(day.month if between > 0 else day.month - 2) % 12]
    base = month + (other - month) * abs(between)
    return float(base + 4.2 + spell + generator(seed, "temperature", day.isoformat()).normal(0, 1.6))


def _typhoon(day: date, seed: int) -> float:
    """0 to 1: two or three typhoons from mid July to early October, three days each."""
    rng = generator(seed, "typhoon", str(day.year))
    for _ in range(int(rng.integers(2, 4))):
        peak = date(day.year, 7, 15) + timedelta(int(rng.integers(0, 80)))
        strength = float(rng.uniform(0.55, 1.0))
        away = abs((day - peak).days)
        if away <= 1:
            return strength * (1.0 if away == 0 else 0.45)
    return 0.0


def _festival(day: date, calendar: WorkCalendar) -> bool:
    return not calendar.is_workday(day) and day.weekday() < 5
