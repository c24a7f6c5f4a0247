"""Pages of the last build that are still right: their files are moved to the new output instead of being made anew.

A page is carried over only where the digest of all that it depends on is the same, and where its files are those that
were written: of the same size and time. Whatever cannot be known is made again.

The host empties the output folder before a build, and leaves hidden entries alone. So the pages are set aside in a
hidden folder there, and it is removed when the build ends, well or not.
"""

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from opmodel.memory import Key, Memory, digest

_ASIDE = ".opmodel-previous"
FOLDERS = ("workflows", "api/workflows", "search/workflows")
"""Where the files of the pages stand that can be carried over. Everything else is few, or quick to make."""


@dataclass(frozen=True, slots=True)
class Record:
    """What is kept of a page: its key, the shell around it with that one's digest, its files, and its search entries.

    Each file is (path, size, time of change in nanoseconds).
    """

    key: Key
    shell: Any
    frame: Key
    files: tuple[tuple[str, int, int], ...]
    entries: tuple[dict[str, Any], ...]


class Carried:
    """The pages of the last build into an output folder."""

    def __init__(self, site: Path, memory: Memory) -> None:
        self.site = site
        self.memory = memory
        self.name = f"pages-{digest(str(site))}"
        self.records: dict[str, Record] = {}

    def set_aside(self) -> None:
        """Keep the pages of the last build from being removed with the rest of the output."""
        self.clear()
        records = self.memory.recall(self.name)
        if not isinstance(records, dict) or self.site.is_symlink():
            return
        try:
            for folder in FOLDERS:
                if (self.site / folder).is_dir():
                    (self.site / _ASIDE / folder).parent.mkdir(parents=True, exist_ok=True)
                    (self.site / folder).rename(self.site / _ASIDE / folder)
        except OSError:
            return
        self.records = records

    def record(self, page: str) -> Record | None:
        """Return what is kept of the page at address ``page``, where its files are as they were written."""
        found = self.records.get(page)
        return found if found and all(self._same(*file) for file in found.files) else None

    def _same(self, path: str, size: int, changed: int) -> bool:
        try:
            status = (self.site / _ASIDE / path).stat()
        except OSError:
            return False
        return (status.st_size, status.st_mtime_ns) == (size, changed)

    def bring(self, record: Record) -> bool:
        """Move a page's files to where they belong; return whether all of them are there."""
        try:
            for path, _, _ in record.files:
                _move(self.site / _ASIDE / path, self.site / path)
        except OSError:
            return False
        return True

    def keep(self, records: dict[str, Record]) -> None:
        """Keep the records of this build for the next one."""
        self.memory.keep(self.name, records)

    def clear(self) -> None:
        """Remove what was set aside and is not needed."""
        shutil.rmtree(self.site / _ASIDE, ignore_errors=True)


def written(site: Path, paths: Iterable[str]) -> tuple[tuple[str, int, int], ...]:
    """Return (path, size, time of change) of files that were just written."""
    found = []
    for path in paths:
        status = (site / path).stat()
        found.append((path, status.st_size, status.st_mtime_ns))
    return tuple(found)


def _move(source: Path, target: Path) -> None:
    try:
        os.replace(source, target)  # noqa: PTH105 quicker, for thousands of files
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        source.replace(target)
