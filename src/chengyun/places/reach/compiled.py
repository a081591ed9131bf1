"""Compiled kernels: one signature each, compiled once into a folder, run by several threads at once."""

import os
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
from numba import types

F = TypeVar("F", bound=Callable[..., Any])

I4, I8, F4, F8, BOOL = types.int32, types.int64, types.float32, types.float64, types.boolean
I4S, I8S, F4S, F8S, BOOLS = (types.Array(t, 1, "C") for t in (I4, I8, F4, F8, BOOL))

KERNELS: list[tuple[Any, tuple[Any, ...]]] = []
MOST_THREADS = 8


def kernel(*signature: Any) -> Callable[[F], F]:
    """A kernel that callers reach from Python: compiled for exactly these types, free of the interpreter's lock."""

    def compiled(function: F) -> F:
        dispatcher = numba.njit(nogil=True, cache=True)(function)
        KERNELS.append((dispatcher, signature))
        return cast(F, dispatcher)

    return compiled


def helper(function: F) -> F:
    """A function that only kernels call, and that is written into them: handing over records of arrays is dear."""
    return cast(F, numba.njit(nogil=True, cache=True, inline="always")(function))


def record(kind: type, *members: Any) -> Any:
    """The compiled type of a named tuple of arrays."""
    if len(set(members)) == 1:
        return types.NamedUniTuple(members[0], len(members), kind)  # type: ignore[no-untyped-call]
    return types.NamedTuple(members, kind)  # type: ignore[no-untyped-call]


def prepare(folder: Path | None = None) -> int:
    """Compile every kernel and keep the machine code in `folder` (else where numba keeps it); how many there are.

    Without this call each kernel is compiled, or read from that folder, when it is used first.
    """
    if folder is not None:
        setattr(numba.config, "CACHE_DIR", str(folder))  # noqa: B010  it is made when numba starts
        for dispatcher, _ in KERNELS:
            dispatcher.enable_caching()
    for dispatcher, signature in KERNELS:
        dispatcher.compile(signature)
    return len(KERNELS)


def threads() -> int:
    """How many threads a query may use: the processors that this process may run on."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)
    return max(1, min(MOST_THREADS, allowed))


class _Workers:
    """The threads of this process, made at first use and anew after a fork."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pool: ThreadPoolExecutor | None = None
        self._process = 0

    def pool(self) -> ThreadPoolExecutor:
        with self._lock:
            if self._pool is None or self._process != os.getpid():
                self._pool = ThreadPoolExecutor(MOST_THREADS, thread_name_prefix="reach")
                self._process = os.getpid()
            return self._pool


WORKERS = _Workers()


def share_out(tasks: Sequence[Callable[[], None]]) -> None:
    """Run all tasks; this thread works too, so that one task costs no hand-over. The first error is raised."""
    todo = iter(tasks)
    lock = threading.Lock()

    def work() -> None:
        for task in _taken(todo, lock):
            task()

    others = [WORKERS.pool().submit(work) for _ in range(min(threads(), len(tasks)) - 1)]
    try:
        work()
    finally:
        for other in others:
            other.result()


def _taken(todo: Iterable[Callable[[], None]], lock: threading.Lock) -> Iterable[Callable[[], None]]:
    source = iter(todo)
    while True:
        with lock:
            task = next(source, None)
        if task is None:
            return
        yield task
