"""The synthetic town's own plan documents: read by the compiler as a town's real ones would be."""

import random
from collections import Counter
from datetime import date, timedelta

import pytest

from chengyun.demo.plans.pace import course_of
from chengyun.demo.plans.papers import Paper, papers, scheme, words
from chengyun.plans.assessment.figures import NAMES
from chengyun.plans.assessment.scoring import parse
from chengyun.plans.compiler import read, to_json

OFFICES = ["城运办", "规建办", "社建办", "综合行政执法队", "房办", "绿容所", "市场所", "派出所", "水务站", "经发办",
           "平安办",
           "党政办（督查室）", "社区服务中心", "城建中心"]  # fmt: skip
EXPECTED = {"action": (16, 24), "points": (30, 30), "five": (0, 14), "table": (14, 14)}


@pytest.mark.parametrize("paper", papers(2026), ids=lambda p: p.code)
def test_the_compiler_finds_what_was_written(paper: Paper) -> None:
    result = to_json(read(paper.data, units=OFFICES))
    kinds = Counter(t["kind"] for t in result["targets"])
    tasks, targets = EXPECTED[paper.code]
    assert len(result["tasks"]) >= tasks
    assert kinds["target"] >= targets
    assert result["title"].startswith("云岸镇")
    owners = {o["name"] if isinstance(o, dict) else o for t in result["tasks"] for o in t.get("owners") or []}
    assert owners <= set(OFFICES)


def test_the_five_year_plan_has_its_projects() -> None:
    five = next(p for p in papers(2026) if p.code == "five")
    assert len(to_json(read(five.data, units=OFFICES))["projects"]) == 8


def test_the_rules_of_assessment_can_be_read() -> None:
    assert parse(scheme(), NAMES).full == 100
    assert words()["titles"]


def test_the_work_ends_and_never_goes_back() -> None:
    luck = random.Random(1)
    for _ in range(200):
        course = course_of(luck, date(2026, 1, 15), date(2026, 10, 31), "housing")
        said = [course.progress(date(2026, 1, 1) + timedelta(days=n)) for n in range(0, 500, 5)]
        assert said == sorted(said)
        assert said[-1] == 100.0
