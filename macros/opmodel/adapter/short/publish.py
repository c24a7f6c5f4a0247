"""Makes generated pages with the files beside them, and writes them, in as many processes as there are cores."""

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from opmodel.adapter.page import Beside

Entries = list[dict[str, Any]]
Make = Callable[[int], tuple[Iterable[Beside], Entries]]
"""Makes a page by its number: (address, content) of its files, and what the search index holds of it."""
FEW = 64
"""Fewer pages than this are made sooner than other processes are started."""
_CHUNK = 16
_make: Make
_target: Path


def publish(make: Make, count: int, target: Path, *, processes: int | None = None) -> Iterator[Entries]:
    """Write the files of ``count`` pages below ``target``; yield the search entries of each page, in order.

    The work begins at once, also where it is done by other processes. They are copies of this one, so that they hold
    the checked data already; where the system cannot copy a process, this one does the work.
    """
    global _make, _target
    _make, _target = make, target
    if processes is None:
        processes = _cores() if count >= FEW else 1
    if processes < 2 or "fork" not in multiprocessing.get_all_start_methods():
        return iter([_written(number) for number in range(count)])
    pool = ProcessPoolExecutor(processes, multiprocessing.get_context("fork"))
    found = pool.map(_written, range(count), chunksize=_CHUNK)
    pool.shutdown(wait=False)
    return found


def _written(number: int) -> Entries:
    files, entries = _make(number)
    for address, content in files:
        write(_target / address, content)
    return entries


def write(file: Path, content: str | bytes) -> None:
    """Write a file and the folders that it stands in."""
    data = content if isinstance(content, bytes) else content.encode()
    try:
        file.write_bytes(data)
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
