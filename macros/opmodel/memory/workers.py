"""Many results, made in as many processes as there are cores."""

import gc
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

Given = TypeVar("Given")
Result = TypeVar("Result")
FEW = 64
"""Fewer results than this are made sooner than other processes are started."""
_CHUNK = 16
_work: tuple[Callable[[Any], Any], Sequence[Any]]


def several(
    make: Callable[[Given], Result], given: Sequence[Given], *, processes: int | None = None
) -> Iterator[Result]:
    """Yield what ``make`` returns for each of ``given``, in order.

    Other processes begin at once. They are copies of this one, so that they hold all that it holds, and only results
    travel. Where there are few results, or the system cannot copy a process, this one makes each as it is asked for.
    """
    global _work
    if processes is None:
        alone = threading.active_count() == 1  # a copy would have the locks of other threads, and nobody to open them
        processes = _cores() if len(given) >= FEW and alone else 1
    if processes < 2:
        return map(make, given)
    import multiprocessing  # not at the top: together with the pool it takes a tenth of a second
    from concurrent.futures import ProcessPoolExecutor

    if "fork" not in multiprocessing.get_all_start_methods():
        return map(make, given)
    _work = make, given
    gc.freeze()  # what the copies only read stays in memory that they share
    pool = ProcessPoolExecutor(processes, multiprocessing.get_context("fork"))
    found = pool.map(_made, range(len(given)), chunksize=_CHUNK)  # starts every process at once
    gc.unfreeze()
    pool.shutdown(wait=False)
    return found


def _made(number: int) -> Any:
    make, given = _work
    return make(given[number])


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
