"""Many results, made in as many processes as there are cores."""

import gc
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

Given = TypeVar("Given")
Result = TypeVar("Result")
PARALLEL_FROM = 64
"""Fewer results than this are made sooner than other processes are started."""
_CHUNK = 16
_MANY = 500_000
"""Objects after which a copy looks for garbage: many times what it has at a time while nothing is left behind."""
_work: tuple[Callable[[Any], Any], Sequence[Any]]


def parallel_map(
    make: Callable[[Given], Result], given: Sequence[Given], *, few: int = PARALLEL_FROM, processes: int | None = None
) -> Iterator[Result]:
    """Yield what ``make`` returns for each of ``given``, in order.

    Other processes begin at once. They are copies of this one, so that they hold all that it holds, and only results
    travel. Where there are fewer than ``few``, or the system cannot copy a process, this one makes each as it is asked.
    """
    global _work
    if processes is None:
        processes = min(_cores(), -(-len(given) // _CHUNK)) if len(given) >= few and _can_copy() else 0
    if processes < 1:
        return map(make, given)
    import multiprocessing  # not at the top: together with the pool it takes a tenth of a second
    from concurrent.futures import ProcessPoolExecutor

    _work = make, given
    gc.freeze()  # what the copies only read stays in memory that they share
    pool = ProcessPoolExecutor(processes, multiprocessing.get_context("fork"), initializer=_collect)
    found = pool.map(_made, range(len(given)), chunksize=_CHUNK)  # starts every process at once
    gc.unfreeze()
    return _until_ended(pool, found)


def _until_ended(pool: Any, found: Iterator[Result]) -> Iterator[Result]:
    """Yield all results, and wait until the processes and the thread that served them are gone.

    A pool that is ending while the program ends can print a traceback, and no copy can be made while it is ending.
    """
    with pool:
        yield from found


def run_in_fork(work: Callable[[], object]) -> Callable[[], object]:
    """Begin work in a copy of this process, and return what waits for its end; a mistake in it is raised then.

    What the work returns stays in the copy: it is there to write files. Where the system cannot copy this process, the
    work is done when it is waited for.
    """
    if not _can_copy():
        return work
    import multiprocessing

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


def _worked(work: Callable[[], object], on_progress: Any) -> None:
    try:
        work()
    except Exception as mistake:
        on_progress.send(mistake)
        raise
    on_progress.send(None)


def _collect() -> None:
    """Look for garbage in a copy only where something leaves much of it.

    What is made for a packet is gone as soon as its result is: nothing in it holds itself, and to look through it again
    and again takes a twentieth of a build.
    """
    gc.set_threshold(_MANY)
    gc.enable()


def _made(number: int) -> Any:
    make, given = _work
    return make(given[number])


def _can_copy() -> bool:
    """Return whether this process can be copied: a copy has the locks of other threads, and nobody to open them."""
    import multiprocessing

    return threading.active_count() == 1 and "fork" in multiprocessing.get_all_start_methods()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
