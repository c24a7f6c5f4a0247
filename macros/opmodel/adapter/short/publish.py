"""Makes generated pages with the files beside them, and writes them, in as many processes as there are cores."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from opmodel.adapter.page import Beside
from opmodel.adapter.short.carried import Place
from opmodel.cache import parallel_map
from opmodel.files import write_in_one_go
from opmodel.views.search_entries import SearchEntry


@dataclass(frozen=True, slots=True)
class Written:
    """A page that was written: which shell it took, its files with size and time, and its search entries."""

    shell: Any
    files: tuple[Place, ...]
    entries: tuple[SearchEntry, ...]


Make = Callable[[int], tuple[Iterable[Beside], tuple[SearchEntry, ...], Callable[[], Any]]]
"""Makes a page by its number: (address, content) of its files, its search entries, and, after that, its shell."""


def publish(make: Make, numbers: Sequence[int], target: Path, *, processes: int | None = None) -> Iterator[Written]:
    """Write the files of the pages with these numbers below ``target``; yield what was written, in order.

    Even a few pages are made in another process: this one has the pages of ``docs/`` to build meanwhile.
    """
    base = f"{target}/"

    def one(number: int) -> Written:
        files, entries, shell = make(number)
        places = tuple(write(base, address, content) for address, content in files)
        return Written(shell(), places, entries)

    return parallel_map(one, numbers, few=2, processes=processes)


def write(base: str, path: str, content: str | bytes) -> Place:
    """Write a file below ``base``, which ends with a slash, and the folders that it stands in; return its place."""
    status = write_in_one_go(base + path, content if isinstance(content, bytes) else content.encode())
    return path, status.st_size, status.st_mtime_ns
