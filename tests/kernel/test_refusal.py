"""A refusal is the same wherever it is raised."""

import pickle

import pytest
from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.testing import TestClient

from chengyun.kernel.http import install_handlers
from chengyun.kernel.refusal import Busy, Invalid, Refusal


@pytest.mark.parametrize("refusal", [Invalid("a.b", "so not", field="x", params={"n": 1}, current={"v": 2}), Busy()])
def test_a_refusal_comes_whole_out_of_another_process(refusal: Refusal) -> None:
    again = pickle.loads(pickle.dumps(refusal))
    assert type(again) is type(refusal)
    assert again.problem() == refusal.problem()
    assert str(again) == str(refusal)


def test_a_fault_of_ours_is_a_problem_without_its_inside_which_the_log_has(caplog: pytest.LogCaptureFixture) -> None:
    api = NinjaAPI(urls_namespace="faults", docs_url=None)
    install_handlers(api)

    @api.get("/fault")
    def fault(request: HttpRequest) -> None:
        raise KeyError("inside")

    answer = TestClient(api).get("/fault")
    assert (answer.status_code, answer.json()["code"]) == (500, "kernel.crashed")
    assert answer["Content-Type"].startswith("application/problem+json")
    assert b"inside" not in answer.content
    assert "inside" in caplog.text
