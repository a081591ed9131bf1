"""Texts of reports and answers, put together from phrases of each small class and of each channel."""

import csv
import random
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True)
class Matter:
    """What the data says of a small class: how common it is, where and when it happens, and how people say it."""

    code: str
    weight: float
    places: tuple[str, ...]
    hours: str
    channels: str
    weather: dict[str, float]
    what: tuple[str, ...]
    detail: tuple[str, ...]


@lru_cache(maxsize=1)
def matters() -> dict[str, Matter]:
    """All small classes of the data file, by code."""
    text = files("chengyun.demo.history").joinpath("data/classes.csv").read_text(encoding="utf-8")
    return {row["code"]: _matter(row) for row in csv.DictReader(text.splitlines())}


def _matter(row: dict[str, str]) -> Matter:
    weather = {tag: float(strength) for tag, strength in (part.split(":") for part in row["weather"].split())}
    what, detail = tuple(row["what"].split("|")), tuple(row["detail"].split("|"))
    return Matter(
        row["code"], float(row["weight"]), tuple(row["places"].split("|")), row["hours"], row["channels"], weather,
        tuple(part for phrase in what for part in phrase.split("，")[:1]), detail,
    )  # fmt: skip


@lru_cache(maxsize=1)
def frames() -> dict[str, Any]:
    """How reports are distributed and worded."""
    text = files("chengyun.demo.history").joinpath("data/frames.yaml").read_text(encoding="utf-8")
    read: dict[str, Any] = yaml.safe_load(text)
    return read


def report_text(matter: Matter, channel: str, place: str, luck: random.Random) -> str:
    """What somebody reports, in the manner of the channel."""
    words = frames()
    pick = luck.choice
    opening = pick(words["open"].get(channel, words["open"]["open311"]))
    sentence = opening.format(place=place, what=pick(matter.what), day=pick(words["days"]))
    said = luck.sample(matter.detail, min(len(matter.detail), _DETAILS[luck.randrange(len(_DETAILS))]))
    parts = [sentence, *(_filled(phrase, luck) for phrase in said)]
    ending = pick(words["close"]["patrol" if channel in ("patrol", "camera", "sensor") else "people"])
    text = "，".join(parts)
    return f"{text}。{ending}。" if ending else f"{text}。"


_DETAILS = (0, 0, 1, 1, 1, 1, 2)  # how many details people add


def _filled(phrase: str, luck: random.Random) -> str:
    if "{" not in phrase:
        return phrase
    return phrase.format(n=luck.randint(2, 9), days=luck.randint(2, 12), h=luck.randint(1, 4))


ANSWERS = {
    "construction": "street", "police": "law", "enforcement": "law", "market": "law", "housing": "home",
    "water": "water", "greening": "green", "safety": "law",
}  # fmt: skip


def answer_text(department: str, luck: random.Random) -> str:
    """What a department says when it is done."""
    words = frames()
    kind = ANSWERS.get(department, "people")
    text: str = luck.choice(words["answers"][kind])
    return text.format(day=luck.choice(words["days"])) + "。"


def reason_text(verb: str, luck: random.Random) -> str:
    """A reason for a verb."""
    text: str = luck.choice(frames()["reasons"][verb])
    return text
