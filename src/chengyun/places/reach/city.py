"""Many towns at once: one task per town, on the workers of a Dask cluster. Needs the extra `cluster`."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from distributed import Client, LocalCluster, as_completed

T = TypeVar("T")
R = TypeVar("R")


def over_towns(
    work: Callable[[T], R], towns: Iterable[T], scheduler: str | None = None, workers: int = 2
) -> dict[T, R]:  # fmt: skip
    """The result of `work` for each town (a code, or the path of its stored network), whichever is ready first.

    What has come here is kept on no worker: a thousand towns need no more room there than one.
    `work` must be a function of a module, since it runs in other processes; it should open what it needs by itself:
    stored networks are mapped, not sent. `scheduler` is the address of a running cluster; else `workers` processes of
    one thread each are started here and stopped afterwards. What a task raises is raised here.
    """
    if scheduler:
        with Client(scheduler) as client:  # type: ignore[no-untyped-call]
            return _gathered(client, work, towns)
    with (
        LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as cluster,  # type: ignore[no-untyped-call]
        Client(cluster) as client,  # type: ignore[no-untyped-call]
    ):
        return _gathered(client, work, towns)


def _gathered(client: Client, work: Callable[[T], R], towns: Iterable[T]) -> dict[T, R]:
    of = {client.submit(work, town, pure=False): town for town in towns}
    found: dict[T, R] = {}
    for future, result in as_completed(list(of), with_results=True):  # type: ignore[no-untyped-call]
        found[of.pop(future)] = result
    return found
