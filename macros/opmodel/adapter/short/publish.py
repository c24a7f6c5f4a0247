"""Makes generated pages with the files beside them, and writes them, in as many processes as there are cores."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from opmodel.adapter.page import Beside
from opmodel.adapter.short.carried import written
from opmodel.memory import several


@dataclass(frozen=True, slots=True)
class Written:
    """A page that was written: which shell it took, its files with size and time, and its search entries."""

    shell: Any
    files: tuple[tuple[str, int, int], ...]
    entries: tuple[dict[str, Any], ...]


Make = Callable[[int], tuple[Iterable[Beside], tuple[dict[str, Any], ...], Callable[[], Any]]]
"""Makes a page by its number: (address, content) of its files, its search entries, and, after that, its shell."""


def publish(make: Make, numbers: Sequence[int], target: Path, *, processes: int | None = None) -> Iterator[Written]:
    """Write the files of the pages with these numbers below ``target``; yield what was written, in order.

    Even a few pages are made in another process: this one has the pages of ``docs/`` to build meanwhile.
    """

    def one(number: int) -> Written:
        files, entries, shell = make(number)
        paths = []
        for address, content in files:
            write(target / address, content)
            paths.append(address)
        return Written(shell(), written(target, paths), entries)

    return several(one, numbers, few=2, processes=processes)


def write(file: Path, content: str | bytes) -> None:
    """Write a file and the folders that it stands in."""
    data = content if isinstance(content, bytes) else content.encode()
    try:
        file.write_bytes(data)
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
