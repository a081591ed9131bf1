"""Who acts in the simulated year: the posts of the town as they are held, played with the rights of the platform."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings

from chengyun.accounts.models import Department, Post, Tenure
from chengyun.kernel.actor import System
from chengyun.places.models import Area, Town


@dataclass(frozen=True)
class Played(System):
    """A person's act in a past that is made up: who it was is kept, the rights of that day are not asked."""

    @property
    def actor_kind(self) -> str:
        return "person"


@dataclass
class Stage:
    """The town, its people by role and department, and the dice."""

    town: Town
    luck: random.Random
    offices: dict[str, Department]
    liaisons: dict[int, Played]
    people: dict[str, Played]
    posts: dict[str, Post]
    points: list[tuple[float, float]] = field(default_factory=list)
    pictures: int = 0

    def office_of(self, department: int | None) -> str:
        """The code of a department."""
        return next((code for code, d in self.offices.items() if d.pk == department), "")

    def liaison(self, department: int | None) -> Played:
        """Who answers for a department; the planner where nobody does."""
        return self.liaisons.get(department or 0, self.people["planner"])


def set_stage(town: Town, seed: int) -> Stage:
    """Read who is there. Six queries."""
    luck = random.Random(f"plans {seed} {town.code}")
    rows = Department.objects.as_system("who plays in the demo").filter(town=town, is_open=True)
    offices = {d.code: d for d in rows.filter(kind__in=["department", "posted_force"]).order_by("id")}
    held = Tenure.objects.as_system("who plays in the demo").filter(post__town=town, ends_at=None)
    liaisons: dict[int, Played] = {}
    people: dict[str, Played] = {}
    for code, office, uuid in held.order_by("id").values_list("post__code", "post__department", "person__uuid"):
        role = code.split("-")[1] if code.count("-") >= 2 else ""
        if role in ("liaison", "posted_force"):
            liaisons.setdefault(office, Played(str(uuid)))
        people.setdefault(role, Played(str(uuid)))
    posts = Post.objects.as_system("who plays in the demo").filter(town=town, is_open=True)
    return Stage(town, luck, offices, liaisons, people, _posts(list(posts.order_by("id"))), _points(town, luck))


def _posts(rows: list[Post]) -> dict[str, Post]:
    """A post for each department (its liaison's), and leaders by number."""
    found: dict[str, Post] = {}
    for post in rows:
        parts = post.code.split("-")
        if len(parts) == 4 and parts[1] in ("liaison", "posted_force"):
            found.setdefault(parts[0], post)
        elif len(parts) == 4 and parts[1] == "leader":
            found[f"leader-{parts[3]}"] = post
    return found


def _points(town: Town, luck: random.Random) -> list[tuple[float, float]]:
    """Points inside of compounds and villages, in a shuffled order: where works of the plans lie."""
    rows = Area.objects.as_system("where works of the demo lie").filter(town=town, level__role="compound")
    points = []
    for area in rows.exclude(minx=None).order_by("id")[:400]:
        spot = area.geometry.representative_point()
        points.append((spot.x, spot.y))
    luck.shuffle(points)
    return points


def at(day: date, hour: float) -> datetime:
    """A moment of a day where the installation is."""
    minutes = round(hour * 60)
    return datetime.combine(day, time(minutes // 60, minutes % 60), ZoneInfo(settings.TIME_ZONE))
