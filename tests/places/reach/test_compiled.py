"""Kernels have one signature each, are compiled into a folder, and several threads may ask at once."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from chengyun.places.reach import Network
from chengyun.places.reach.compiled import KERNELS, share_out


def town(side: int = 30) -> Network:
    """A grid of streets, 50 m apart, one in seven missing."""
    number = np.arange(side * side).reshape(side, side)
    edges = np.concatenate(
        [np.c_[number[:-1].ravel(), number[1:].ravel()], np.c_[number[:, :-1].ravel(), number[:, 1:].ravel()]]
    )
    edges = edges[np.arange(len(edges)) % 7 > 0]
    y, x = np.divmod(np.arange(side * side), side)
    return Network.from_edges(x * 50.0, y * 50.0, edges, np.full(len(edges), 50.0))


def test_no_kernel_was_compiled_for_other_types_than_its_own() -> None:
    net = town()
    net.nearest([0, 5], [0, 1], 300)
    net.counts([0, 5], [0, 1], 300)
    net.costs(net.snap([[3, 4]]), [7, 9], 300)
    field = net.field([3], 300)
    field.add(9)
    field.remove(3)
    net.changed([5], np.inf).follow(field)
    for dispatcher, signature in KERNELS:
        assert set(dispatcher.signatures) <= {signature}, dispatcher.py_func.__name__


def test_many_threads_get_the_same_answers() -> None:
    net, nodes = town(), np.arange(0, 900, 7)
    kinds = nodes % 5
    expected = net.nearest(nodes, kinds, 400), net.counts(nodes, kinds, 400), net.costs(nodes, nodes, 400)
    with ThreadPoolExecutor(8) as pool:
        near = list(pool.map(lambda _: net.nearest(nodes, kinds, 400), range(20)))
        counts = list(pool.map(lambda _: net.counts(nodes, kinds, 400), range(20)))
        costs = list(pool.map(lambda _: net.costs(nodes, nodes, 400), range(20)))
    assert all(np.array_equal(one, expected[0]) for one in near)
    assert all(np.array_equal(one, expected[1]) for one in counts)
    assert all((one != expected[2]).nnz == 0 for one in costs)


def test_what_a_task_raises_is_raised() -> None:
    def wrong() -> None:
        raise KeyError("this one")

    with pytest.raises(KeyError, match="this one"):
        share_out([lambda: None, wrong, lambda: None])


def test_machine_code_is_kept_in_the_folder_that_is_named(tmp_path: Path) -> None:
    code = f"""
from pathlib import Path
from chengyun.places.reach.compiled import KERNELS, prepare
from chengyun.places.reach.fill import read_costs
KERNELS[:] = [one for one in KERNELS if one[0] is read_costs]
assert prepare(Path({str(tmp_path)!r})) == 1
"""
    subprocess.run([sys.executable, "-c", code], check=True)
    assert list(tmp_path.rglob("*.nbi"))


def test_a_queue_that_was_too_small_is_made_larger() -> None:
    net, nodes = town(), np.arange(900)
    expected = net.nearest(nodes[:3], None, None), net.counts(nodes, None, 500), net.costs(nodes, nodes, 500)
    small = town()
    small.core.desks.room = 2
    assert np.array_equal(small.nearest(nodes[:3], None, None), expected[0])
    small.core.desks.room = 2
    small.core.desks._free.clear()
    assert np.array_equal(small.counts(nodes, None, 500), expected[1])
    small.core.desks.room = 2
    small.core.desks._free.clear()
    assert (small.costs(nodes, nodes, 500) != expected[2]).nnz == 0
