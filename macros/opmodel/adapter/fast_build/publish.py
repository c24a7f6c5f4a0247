"""Makes generated pages with the files beside them, and writes them, in as many processes as there are cores."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from opmodel.adapter.fast_build.previous_output import FileStamp
from opmodel.adapter.generated_page import CompanionFile
from opmodel.cache import parallel_map
from opmodel.files.writing import write_directly
from opmodel.views.search_entries import SearchEntry


@dataclass(frozen=True, slots=True)
class WrittenPage:
    """A page that was written: which layout it took, its files with size and time, and its search entries."""

    layout: Any
    files: tuple[FileStamp, ...]
    entries: tuple[SearchEntry, ...]


Make = Callable[[int], tuple[Iterable[CompanionFile], tuple[SearchEntry, ...], Callable[[], Any]]]
"""Makes a page by its number: (address, content) of its files, its search entries, and, after that, its layout."""


def write_pages(
    make: Make, numbers: Sequence[int], target: Path, *, processes: int | None = None
) -> Iterator[WrittenPage]:
    """Write the files of the pages with these numbers below ``target``; yield what was written, in order.

    Even a few pages are made in another process: this one has the pages of ``docs/`` to build meanwhile.
    """
    base = f"{target}/"

    def one(number: int) -> WrittenPage:
        files, entries, layout = make(number)
        places = tuple(write_file(base, address, content) for address, content in files)
        return WrittenPage(layout(), places, entries)

    return parallel_map(one, numbers, few=2, processes=processes)


def write_file(base: str, path: str, content: str | bytes) -> FileStamp:
    """Write a file below ``base``, which ends with a slash, and the folders that it stands in; return its place."""
    status = write_directly(base + path, content if isinstance(content, bytes) else content.encode())
    return path, status.st_size, status.st_mtime_ns
