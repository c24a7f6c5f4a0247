"""Work in forked processes, and control of the garbage collector around large amounts of data."""

import gc
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar


@contextmanager
def garbage_collection_paused(*, keep: bool = False) -> Iterator[None]:
    """Pause garbage collection while much is loaded, because each collection scans all of it.

    Args:
        keep: Whether the new objects will live on, so that later collections of young objects can skip them.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was and keep:
            gc.freeze()  # and unfreeze, which moves all objects to the oldest generation
            gc.unfreeze()
        if was:
            gc.enable()


Input = TypeVar("Input")
Result = TypeVar("Result")
PARALLEL_FROM = 64
"""The fewest results for which starting processes pays."""
_CHUNK = 16
_MANY = 500_000
"""New objects before a worker collects garbage: far more than it has at any time."""
_work: tuple[Callable[[Any], Any], Sequence[Any]]


def parallel_map(
    compute: Callable[[Input], Result],
    inputs: Sequence[Input],
    *,
    few: int = PARALLEL_FROM,
    processes: int | None = None,
) -> Iterator[Result]:
    """Yield the results of ``compute`` for all inputs, in order.

    Forked workers start at once; only results are sent between processes. With fewer inputs than ``few``, or if this
    process cannot be forked, results are computed here while they are consumed.
    """
    global _work
    if processes is None:
        processes = min(_cores(), -(-len(inputs) // _CHUNK)) if len(inputs) >= few and _can_fork() else 0
    if processes < 1:
        return map(compute, inputs)
    import multiprocessing  # importing it and the pool takes a tenth of a second
    from concurrent.futures import ProcessPoolExecutor

    _work = compute, inputs
    gc.freeze()  # the collector would write to pages that the workers share
    pool = ProcessPoolExecutor(processes, multiprocessing.get_context("fork"), initializer=_collect_rarely)
    found = pool.map(_computed, range(len(inputs)), chunksize=_CHUNK)  # starts every process at once
    gc.unfreeze()
    return _until_ended(pool, found)


def _until_ended(pool: Any, found: Iterator[Result]) -> Iterator[Result]:
    """Yield all results, and wait for the end of the workers and the pool's thread.

    Otherwise the pool can print a traceback at exit, and this process cannot be forked while the thread runs.
    """
    with pool:
        yield from found


def run_in_fork(work: Callable[[], object]) -> Callable[[], object]:
    """Start work in a forked process; return a function that waits for its end and raises its exception.

    The result of the work is lost, so this is for writing files. If this process cannot be forked, the work is done
    when it is waited for.
    """
    if not _can_fork():
        return work
    import multiprocessing

    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    gc.freeze()
    process = context.Process(target=_send_outcome, args=(work, theirs))
    process.start()
    gc.unfreeze()
    theirs.close()

    def wait() -> None:
        try:
            error = ours.recv()
        except EOFError:
            error = RuntimeError("a forked process ended early")
        process.join()
        if error:
            raise error

    return wait


def _send_outcome(work: Callable[[], object], pipe: Any) -> None:
    try:
        work()
    except OSError as error:  # a full disk, say, which is reported in one line by whoever waits
        pipe.send(error)
    except BaseException as error:
        pipe.send(error)
        raise
    else:
        pipe.send(None)


def _collect_rarely() -> None:
    """Collect garbage rarely in a worker: its objects form no cycles, and collections take a twentieth of a build."""
    gc.set_threshold(_MANY)
    gc.enable()


def _computed(number: int) -> Any:
    compute, inputs = _work
    return compute(inputs[number])


def _can_fork() -> bool:
    """Return whether this process can be forked: a fork has the locks of all threads, but no thread to release them."""
    import multiprocessing

    return threading.active_count() == 1 and "fork" in multiprocessing.get_all_start_methods()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
