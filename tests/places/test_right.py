"""What is wrong with a row is told with a code, so that each screen says it in its own language."""

from pathlib import Path

import pytest

from chengyun.places.readers.values import WrongError, number
from chengyun.places.right import code_of, right
from chengyun.places.staging import Staging, problem


def test_what_would_be_right_keeps_its_code_on_the_way_through_the_staging_file(tmp_path: Path) -> None:
    with Staging(tmp_path / "staged", create=True) as staging:
        words = right("between", "a number from {low:g} to {high:g}", low=1, high=200)
        staging.complain(problem("buildings", "row 3", "floors", 900, words))
        staging.complain(problem("buildings", "row 4", "floors", "x", "words of somebody else"))
        staging.flush()
        first, second = staging.problems()
    assert (first.expected, first.code, first.params) == ("a number from 1 to 200", "between", {"low": 1, "high": 200})
    assert (second.expected, second.code, second.params) == ("words of somebody else", "", {})


def test_a_cell_that_cannot_be_read_says_what_could_be() -> None:
    with pytest.raises(WrongError, match="a number, with or without its unit") as caught:
        number("many")
    assert code_of(caught.value.right) == "number"
