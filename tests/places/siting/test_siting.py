"""Every goal against trying all choices, on small generated questions; the large ones are in `bench/siting.py`."""

import itertools
import threading
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengyun.places.siting import Answer, Costs, NoPlan, Problem, Watch, explain, first, solve, value_of, warm
from chengyun.places.siting.kernels import table_of

CANDIDATES, POINTS = 7, 12


@pytest.fixture(scope="module", autouse=True)
def compiled() -> None:
    """The kernels are compiled before any clock runs."""
    warm()


@st.composite
def questions(draw: st.DrawFn) -> Problem:
    """Seven candidates on a plane for twelve points, some out of reach, one or none kept, two areas."""
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    place, where = rng.uniform(0, 100, (CANDIDATES, 2)), rng.uniform(0, 100, (POINTS, 2))
    table = np.rint(np.linalg.norm(place[:, None] - where[None], axis=2))
    kept = np.zeros(CANDIDATES, bool)
    kept[: draw(st.integers(0, 1))] = True
    return Problem(
        Costs.dense(table, draw(st.sampled_from([25.0, 40.0, 200.0]))),
        rng.integers(0, 20, POINTS).astype(float),
        sites=draw(st.integers(1, 3)),
        kept=kept,
        areas=np.arange(POINTS) % 2,
        prices=rng.integers(1, 9, CANDIDATES).astype(float) if draw(st.booleans()) else None,
    )


def choices(problem: Problem, most: int) -> list[tuple[int, ...]]:
    free = [i for i in range(CANDIDATES) if i not in problem.standing]
    return [c for k in range(most + 1) for c in itertools.combinations(free, k)]


def covered(problem: Problem, sites: tuple[int, ...]) -> np.ndarray:
    return problem.costs.reached(np.array([*problem.standing, *sites], np.intp))


def honest(problem: Problem, answer: Answer) -> None:
    assert answer.proven, answer
    assert len(answer.sites) == len(set(answer.sites))
    assert not set(answer.sites) & set(problem.standing.tolist())
    assert value_of(answer.goal, problem, answer.sites) == pytest.approx(answer.value)


@settings(max_examples=40, deadline=None)
@given(questions(), st.sampled_from([None, 6.0]))
def test_the_most_covered_is_what_trying_all_choices_finds(problem: Problem, budget: float | None) -> None:
    asked = Problem(**{**problem.__dict__, "budget": budget}) if budget else problem
    answer = solve("cover", asked)
    honest(asked, answer)
    paid = [c for c in choices(asked, 3 if budget is None else asked.most) if asked.price[list(c)].sum() <= asked.purse]
    best = max(asked.weights[covered(asked, c)].sum() for c in paid if len(c) <= asked.most)
    assert answer.value == pytest.approx(best)
    assert asked.price[list(answer.sites)].sum() <= asked.purse
    quick = first("cover", asked)
    assert quick.value <= best + 1e-6 <= quick.bound + 2e-6


@settings(max_examples=30, deadline=None)
@given(questions(), st.sampled_from([0.3, 0.6]))
def test_no_area_is_left_behind_and_where_it_must_be_that_is_said(problem: Problem, share: float) -> None:
    asked = Problem(**{**problem.__dict__, "floors": np.array([share, share])})
    fair = [
        c
        for c in choices(asked, asked.most)
        if all(asked.weights[covered(asked, c) & (asked.area == a)].sum() >= asked.due[a] - 1e-9 for a in (0, 1))
    ]
    if not fair:
        with pytest.raises(NoPlan, match="floors"):
            solve("cover", asked)
        return
    answer = solve("cover", asked)
    assert answer.proven
    assert answer.value == pytest.approx(max(asked.weights[covered(asked, c)].sum() for c in fair))
    assert all(
        asked.weights[covered(asked, answer.sites) & (asked.area == a)].sum() >= asked.due[a] - 1e-6 for a in (0, 1)
    )


@settings(max_examples=30, deadline=None)
@given(questions())
def test_the_median_and_the_centre_are_what_trying_all_choices_finds(problem: Problem) -> None:
    table = table_of(problem.costs, problem.largest).astype(float)
    worth, reach = {}, problem.costs.reached() & (problem.weights > 0)
    for c in choices(problem, problem.most):
        rows = [*problem.standing, *c]
        near = table[rows].min(axis=0) if rows else np.full(POINTS, np.inf)
        out = ~covered(problem, c)
        worth[c] = (
            problem.weights @ np.where(problem.weights > 0, near, 0),
            near[reach].max(initial=0) if not (out & reach).any() else np.inf,
        )
    answer = solve("median", problem)
    honest(problem, answer)
    assert answer.value == pytest.approx(min(w for w, _ in worth.values()))
    best = min(w for _, w in worth.values())
    if np.isinf(best):
        with pytest.raises(NoPlan, match="sites"):
            solve("centre", problem)
    else:
        answer = solve("centre", problem)
        honest(problem, answer)
        assert answer.value == pytest.approx(best)


@settings(max_examples=30, deadline=None)
@given(questions())
def test_reaching_everyone_costs_no_more_than_the_cheapest_of_all_choices(problem: Problem) -> None:
    answer = solve("cheapest", problem)
    honest(problem, answer)
    wanted = problem.costs.reached() & (problem.weights > 0)
    full = [c for c in choices(problem, CANDIDATES) if covered(problem, c)[wanted].all()]
    assert answer.value == pytest.approx(min(problem.price[list(c)].sum() for c in full))
    assert covered(problem, answer.sites)[wanted].all()


def test_a_lagrangian_bound_holds_below_what_highs_proves(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(4)
    place, where = rng.uniform(0, 1000, (30, 2)), rng.uniform(0, 1000, (120, 2))
    table = np.rint(np.linalg.norm(place[:, None] - where[None], axis=2))
    problem = Problem(Costs.dense(table), rng.integers(1, 50, 120).astype(float), sites=4)
    exact = solve("median", problem)
    monkeypatch.setattr("chengyun.places.siting.median.SMALL", 0)
    bounded = solve("median", problem, Watch(seconds=3))
    assert exact.method == "HiGHS"
    assert exact.proven
    assert bounded.bound <= exact.value * (1 + 1e-9) <= bounded.value * (1 + 2e-9)
    assert bounded.gap < 0.01


def test_a_site_serves_no_more_than_it_has_room_for() -> None:
    table = np.array([[1.0, 1, 1, 9], [9, 1, 1, 1]])
    problem = Problem(Costs.dense(table, 5), np.full(4, 10.0), sites=2, capacity=np.array([15.0, 10.0]))
    answer = solve("cover", problem)
    assert (answer.value, answer.proven) == (25.0, True)
    assert value_of("cover", problem, [0]) == 15.0
    with pytest.raises(NoPlan, match="capacity"):
        solve("cheapest", problem)
    roomy = Problem(Costs.dense(table, 5), np.full(4, 10.0), capacity=np.array([30.0, 30.0]))
    assert solve("cheapest", roomy).value == 2


def test_first_answers_come_before_the_proof_and_a_stopped_run_keeps_the_best_so_far() -> None:
    rng = np.random.default_rng(8)
    place, where = rng.uniform(0, 3000, (200, 2)), rng.uniform(0, 3000, (900, 2))
    table = np.linalg.norm(place[:, None] - where[None], axis=2)
    problem = Problem(Costs.dense(table), rng.integers(1, 50, 900).astype(float), sites=8)
    told: list[Answer] = []
    stopped = threading.Event()

    def tell(answer: Answer) -> None:
        told.append(answer)
        stopped.set()

    answer = solve("median", problem, Watch(seconds=60, told=tell, stop=stopped.is_set))
    assert told
    assert answer.seconds < 20
    assert answer.value <= told[0].value


def test_an_answer_says_who_gains_what_and_how_ones_own_picks_compare() -> None:
    table = np.array([[0.0, 9, 9, 9], [9, 0, 1, 9], [9, 9, 9, 0]])
    problem = Problem(
        Costs.dense(table, 5),
        np.array([5.0, 3, 2, 1]),
        sites=1,
        kept=np.array([True, False, False]),
        areas=np.array([0, 0, 1, 1]),
    )
    answer = solve("cover", problem)
    told = explain(problem, answer, own=[2])
    assert answer.sites == (1,)
    assert [(s.site, s.served, s.alone, s.mean) for s in told.sites] == [(1, 5.0, 5.0, 0.4)]
    assert [(a.weight, a.before, a.after) for a in told.areas] == [(8.0, 5.0, 8.0), (3.0, 0.0, 2.0)]
    assert told.compared is not None
    assert (told.compared.value, told.compared.same) == (6.0, ())
    assert told.compared.behind == pytest.approx(0.4)


NEAR = np.array([[0.0, 1, 2, 3], [1, 0, 1, 2], [2, 1, 0, 1]])
ALL = np.ones(4)


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        (lambda: Costs.dense(np.zeros(4)), "values"),
        (lambda: Costs.dense([[np.nan]]), "values"),
        (lambda: Costs.dense(NEAR - 1), "values"),
        (lambda: Costs.sparse([0, 1], [7], [5.0], 4), "points"),
        (lambda: Costs.sparse([0, 2], [0, 0], [5.0, 1.0], 4), "points"),
        (lambda: Costs.sparse([0, 2], [0], [5.0], 4), "starts"),
        (lambda: Problem(Costs.dense(NEAR), ALL[:3]), "weights"),
        (lambda: Problem(Costs.dense(NEAR), [1, np.nan, 0, 1]), "weights"),
        (lambda: Problem(Costs.dense(NEAR), [1, -1, 0, 1]), "weights"),
        (lambda: Problem(Costs.dense(NEAR), ALL, sites=-1), "sites"),
        (lambda: Problem(Costs.dense(NEAR), ALL, budget=float("nan")), "budget"),
        (lambda: Problem(Costs.dense(NEAR), ALL, kept=[True]), "kept"),
        (lambda: Problem(Costs.dense(NEAR), ALL, prices=[1, -1, 1]), "prices"),
        (lambda: Problem(Costs.dense(NEAR), ALL, areas=[0, 0]), "areas"),
    ],
)
def test_what_is_wrong_with_a_question_is_said_before_it_is_searched(wrong: Callable[[], object], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        wrong()


def test_odd_questions_have_plain_answers() -> None:
    more_than_there_are = Problem(Costs.dense(NEAR), ALL, sites=9)
    assert [round(solve(goal, more_than_there_are).value) for goal in ("cover", "median", "centre")] == [4, 1, 1]
    nobody = Problem(Costs.dense(NEAR), np.zeros(4), sites=1)
    assert [solve(goal, nobody).value for goal in ("cover", "median", "centre", "cheapest")] == [0, 0, 0, 0]
    alike = Problem(Costs.dense(np.ones((3, 4))), ALL, sites=2)
    assert [solve(goal, alike).value for goal in ("cover", "median", "centre", "cheapest")] == [4, 4, 1, 1]
    one_is_lost = Problem(Costs.dense(np.c_[NEAR, [np.inf] * 3]), np.ones(5), sites=1)
    assert [solve(goal, one_is_lost).value for goal in ("cover", "median", "centre")] == [4, 7, 2]
    no_point = Problem(Costs.dense(np.zeros((3, 0))), np.zeros(0), sites=1)
    assert [solve(goal, no_point).value for goal in ("cover", "median", "centre", "cheapest")] == [0, 0, 0, 0]


@pytest.mark.parametrize(("goal", "sites", "limit", "code"), [
    ("median", 0, 5.0, "sites"), ("centre", 0, 5.0, "sites"), ("median", 1, -1.0, "reach"), ("nearest", 1, 5.0, "goal"),
])  # fmt: skip
def test_where_there_is_no_plan_that_is_said(goal: str, sites: int, limit: float, code: str) -> None:
    with pytest.raises(NoPlan, match=code):
        solve(goal, Problem(Costs.dense(NEAR, limit), ALL, sites=sites))
