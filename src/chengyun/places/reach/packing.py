"""The parts of a contracted network by name, to be stored and to be put together again."""

from typing import Any

import numpy as np

from chengyun.places.reach.chains import Chains, Laid
from chengyun.places.reach.core import Core
from chengyun.places.reach.graph import Graph, Hangs, Inner, Side, Ways, turned
from chengyun.places.reach.streets import Streets

Arrays = dict[str, np.ndarray]


def pack(core: Core) -> tuple[Arrays, dict[str, Any]]:
    """All arrays, under names like `chains.p`, and the plain numbers. What is shared keeps being the same array."""
    forward, reverse = core.graph.forward, core.graph.reverse
    parts: dict[str, tuple[Any, ...]] = {
        "streets": core.streets, "chains": core.laid.chains, "hangs": forward.hangs, "ways": forward.ways,
        "inner": forward.inner, "ways_back": reverse.ways, "inner_back": reverse.inner,
    }  # fmt: skip
    arrays = {f"{name}.{field}": value for name, part in parts.items() for field, value in part._asdict().items()}  # type: ignore[attr-defined]
    arrays |= {f"laid.{field}": value for field, value in core.laid._asdict().items() if field != "chains"}
    arrays["arcs_of_chain"] = core.graph.arcs_of_chain
    return arrays, {"access": core.access, "shift": core.graph.shift, "buckets": core.graph.buckets}


def unpack(arrays: Arrays, facts: dict[str, Any]) -> Core:
    """The contracted network of stored arrays."""

    def of(kind: Any, name: str) -> Any:
        return kind(*(arrays[f"{name}.{field}"] for field in kind._fields))

    chains = of(Chains, "chains")
    laid = Laid(chains, *(arrays[f"laid.{field}"] for field in Laid._fields if field != "chains"))
    hangs = of(Hangs, "hangs")
    forward = Side(of(Ways, "ways"), chains, hangs, of(Inner, "inner"))
    reverse = Side(of(Ways, "ways_back"), turned(chains), hangs, of(Inner, "inner_back"))
    graph = Graph(forward, reverse, arrays["arcs_of_chain"], facts["shift"], facts["buckets"])
    return Core(of(Streets, "streets"), laid, facts["access"], graph)
