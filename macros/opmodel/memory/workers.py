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


def meanwhile(work: Callable[[], object]) -> Callable[[], object]:
    """Begin work in a copy of this process, and return what waits for its end; a mistake in it is raised then.

    What the work returns stays in the copy: it is there to write files. Where the system cannot copy this process, the
    work is done when it is waited for.
    """
    import multiprocessing

    if threading.active_count() > 1 or "fork" not in multiprocessing.get_all_start_methods():
        return work
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    gc.freeze()
    process = context.Process(target=_worked, args=(work, theirs))
    process.start()
    gc.unfreeze()
    theirs.close()

    def done() -> None:
        try:
            mistake = ours.recv()
        except EOFError:
            mistake = RuntimeError("a copy of this process ended early")
        process.join()
        if mistake:
            raise mistake

    return done


def _worked(work: Callable[[], object], told: Any) -> None:
    try:
        work()
    except Exception as mistake:
        told.send(mistake)
        raise
    told.send(None)


def _made(number: int) -> Any:
    make, given = _work
    return make(given[number])


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
