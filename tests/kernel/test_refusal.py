"""A refusal is the same wherever it is raised."""

import pickle

import pytest

from chengyun.kernel.refusal import Busy, Invalid, Refusal


@pytest.mark.parametrize("refusal", [Invalid("a.b", "so not", field="x", params={"n": 1}, current={"v": 2}), Busy()])
def test_a_refusal_comes_whole_out_of_another_process(refusal: Refusal) -> None:
    again = pickle.loads(pickle.dumps(refusal))
    assert type(again) is type(refusal)
    assert again.problem() == refusal.problem()
    assert str(again) == str(refusal)
