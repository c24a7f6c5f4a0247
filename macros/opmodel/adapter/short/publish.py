"""Makes generated pages with the files beside them, and writes them, in as many processes as there are cores."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from opmodel.adapter.page import Beside
from opmodel.memory import several

Entries = list[dict[str, Any]]
Make = Callable[[int], tuple[Iterable[Beside], Entries]]
"""Makes a page by its number: (address, content) of its files, and what the search index holds of it."""


def publish(make: Make, count: int, target: Path, *, processes: int | None = None) -> Iterator[Entries]:
    """Write the files of ``count`` pages below ``target``; yield the search entries of each page, in order."""

    def written(number: int) -> Entries:
        files, entries = make(number)
        for address, content in files:
            write(target / address, content)
        return entries

    return several(written, range(count), processes=processes)


def write(file: Path, content: str | bytes) -> None:
    """Write a file and the folders that it stands in."""
    data = content if isinstance(content, bytes) else content.encode()
    try:
        file.write_bytes(data)
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
