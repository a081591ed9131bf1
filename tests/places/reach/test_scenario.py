"""What if: an answer is what would be found if the town had always been so."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengyun.places.reach.scenario import Add, Change, Close, Facilities, Move, Resize, Situation, Streets
from places.reach.reference import Case, cases, positions


@st.composite
def change_of(draw: st.DrawFn, case: Case, facilities: int) -> Change:
    place = draw(positions(case, 3).filter(len))[0]
    kind = draw(st.integers(0, 4))
    if kind == 0 or not facilities:
        return Add(draw(st.integers(0, 1)), place, 5.0)
    if kind == 4:
        edges = draw(st.lists(st.integers(0, len(case.edges) - 1), min_size=1, max_size=2, unique=True))
        return Streets(tuple(edges), tuple(draw(st.sampled_from([np.inf, 0.0, 1.5])) for _ in edges))
    number = draw(st.integers(0, facilities - 1))
    return [Close(number), Move(number, place), Resize(number, 9.0)][kind - 1]


@given(case=cases().filter(lambda case: len(case.edges) > 0), data=st.data())
@settings(max_examples=50, deadline=None)
def test_any_list_of_changes(case: Case, data: st.DataObject) -> None:
    places = data.draw(positions(case))
    category = data.draw(st.lists(st.integers(0, 1), min_size=len(places), max_size=len(places)))
    base = Situation.now(case.network(), Facilities.of(places, category), 2, 8.0)
    state, changes = base, []
    for _ in range(data.draw(st.integers(1, 4))):
        change = data.draw(change_of(case, len(state.facilities.category)))
        try:
            state = base.after([*changes, change], last=state)
        except ValueError:
            continue
        changes.append(change)
    again = base.after(changes)
    here = state.facilities
    for number in range(2):
        sources = here.places[(here.category == number) & here.open]
        expected = state.network.nearest(sources, None, 8.0)[0]
        np.testing.assert_array_equal(state.fields[number].values, expected)
        np.testing.assert_array_equal(again.fields[number].values, expected)
        if number not in state.stale:
            assert state.fields[number] is base.fields[number]
    np.testing.assert_array_equal(
        base.fields[0].values, base.network.nearest(places[np.array(category) == 0], None, 8.0)[0]
    )


def test_what_is_not_there_is_refused() -> None:
    case = Case(2, [(0, 1)], [50], directed=False)
    net = case.network()
    place = net.snap([[net.x[0], net.y[0]]])
    base = Situation.now(net, Facilities.of(place, [0], [30.0]), 1, None)
    assert base.after([Resize(0, 60.0)]).facilities.capacity.tolist() == [60]
    for change in (Close(1), Add(3, place), Streets((7,), (1.0,))):
        with pytest.raises(ValueError, match=r"facility|category|edges"):
            base.after([change])
    with pytest.raises(ValueError, match="facility 0"):
        base.after([Close(0), Move(0, place)])
