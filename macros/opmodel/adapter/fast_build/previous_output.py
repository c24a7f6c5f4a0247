"""Pages of the previous build that are still right: their files are moved to the new output.

A page is reused only if the digest of all that it depends on is the same, and if its files have the size and time with
which they were written. If in doubt, it is made again.

The host empties the output folder before a build, except for hidden entries. So the pages are set aside in a hidden
folder there. Whole folders are moved back, as a thousand pages have 6,000 files, after all files that are not reused
were removed from them. The hidden folder is removed when the build ends.
"""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from opmodel.adapter.fast_build.page_layouts import LayoutKey
from opmodel.adapter.output_folder import mark_folder
from opmodel.cache import Cache, Key, digest
from opmodel.views.search_entries import SearchEntry

_ASIDE = ".opmodel-previous"
FOLDERS = ("workflows", "faq", "teams", "systems", "api/workflows", "search/workflows")
"""The folders of the pages that can be reused. All other files are few, or quick to make."""
FileStamp = tuple[str, int, int]
"""(path, size, time of change in nanoseconds) of a file."""


@dataclass(frozen=True, slots=True)
class PageRecord:
    """What is remembered of a page: its key, its layout with the digest of that, its files and its search entries."""

    key: Key
    layout: LayoutKey
    layout_digest: Key
    files: tuple[FileStamp, ...]
    entries: tuple[SearchEntry, ...]


class PreviousOutput:
    """The pages of the previous build into an output folder."""

    def __init__(self, site: Path, cache: Cache) -> None:
        self.site = site
        self.cache = cache
        self.name = f"pages-{digest(str(site))}"
        self.records: dict[str, PageRecord] = {}
        self.found: set[FileStamp] = set()
        """The files of the previous build that were set aside."""

    def set_aside(self) -> None:
        """Move the pages of the previous build to the hidden folder, so that they are not removed with the output."""
        self.clear()
        records = self.cache.get_mapping(self.name, PageRecord)
        if not records or self.site.is_symlink():
            return
        try:
            for folder in FOLDERS:
                if (self.site / folder).is_dir():
                    (self.site / _ASIDE / folder).parent.mkdir(parents=True, exist_ok=True)
                    (self.site / folder).rename(self.site / _ASIDE / folder)
            self.found = {stamp for folder in FOLDERS for stamp in _stamps(f"{self.site / _ASIDE}/", folder)}
        except OSError:
            return
        self.records = records

    def share(self, other: Path) -> None:
        """Give an output folder that is still empty the same pages, as hard links: no build writes to an existing file.

        Where the system has no hard links, the next build into the other folder makes the pages.
        """
        with suppress(OSError):
            records = {} if any(other.iterdir()) else self.cache.get_mapping(self.name, PageRecord)
            if records:
                mark_folder(other)
                for folder in FOLDERS:
                    if (self.site / folder).is_dir():
                        shutil.copytree(self.site / folder, other / folder, copy_function=os.link)
                PreviousOutput(other, self.cache).keep(records)

    def record(self, page: str) -> PageRecord | None:
        """Return the record of the page at address ``page``, if its files are as they were written."""
        found = self.records.get(page)
        return found if found and self.found.issuperset(found.files) else None

    def move_back(self, records: Iterable[PageRecord]) -> bool:
        """Move the files of these pages to the output, and no others; return whether that worked."""
        wanted = {stamp for record in records for stamp in record.files}
        try:
            self._remove(path for path, _, _ in self.found - wanted)
            for folder in FOLDERS if wanted else ():
                if (self.site / _ASIDE / folder).is_dir():
                    (self.site / folder).parent.mkdir(parents=True, exist_ok=True)
                    (self.site / _ASIDE / folder).rename(self.site / folder)
        except OSError:
            return False
        return True

    def _remove(self, paths: Iterable[str]) -> None:
        """Remove files that were set aside, and the folders that are empty afterwards."""
        folders: set[str] = set()
        for path in paths:
            (self.site / _ASIDE / path).unlink()
            folders.update(str(folder) for folder in Path(path).parents[:-1])
        for folder in sorted(folders, key=len, reverse=True):
            with suppress(OSError):  # others are still in it
                (self.site / _ASIDE / folder).rmdir()

    def keep(self, records: dict[str, PageRecord]) -> None:
        """Store the records of this build for the next one."""
        self.cache.put(self.name, records)

    def clear(self) -> None:
        """Remove the hidden folder."""
        shutil.rmtree(self.site / _ASIDE, ignore_errors=True)


def _stamps(base: str, folder: str) -> Iterator[FileStamp]:
    """Yield the stamp of every file below a folder, whose path begins at ``base``."""
    try:
        entries = list(os.scandir(base + folder))
    except FileNotFoundError:
        return
    for entry in entries:
        path = f"{folder}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _stamps(base, path)
        else:
            status = entry.stat(follow_symlinks=False)
            yield path, status.st_size, status.st_mtime_ns
