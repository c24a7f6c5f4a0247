"""The generated pages of one build: carried over from the last one where nothing changed for them, else made."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from opmodel.adapter.page import Beside, Content
from opmodel.adapter.progress import log_progress
from opmodel.adapter.short.carried import Carried, Record
from opmodel.adapter.short.publish import Written, publish
from opmodel.adapter.short.shell import ShellId, Shells
from opmodel.adapter.short.stub import Elsewhere, StubPage
from opmodel.cache import Key
from opmodel.views.search_entries import SearchEntry

Finish = Callable[[StubPage, Content, Shells], Iterator[Beside]]
"""Yields the finished page and the files beside it."""
Entries = tuple[SearchEntry, ...]


class Pages:
    """Begins to write every page at once. ``keys`` holds, by address, that of each page that may be carried over."""

    def __init__(
        self,
        stubs: Sequence[Elsewhere],
        shells: Shells,
        finish: Finish,
        keys: Mapping[str, Key],
        carried: Carried | None,
    ) -> None:
        self.stubs: list[Any] = [stub.page for stub in stubs]
        self.shells = shells
        self.finish = finish
        self.keys = keys
        self.carried = carried
        self.old = self._old()
        self.new = [number for number in range(len(self.stubs)) if number not in self.old]
        self.written = publish(self._make, self.new, Path(shells.config.site_dir))

    def finished(self) -> Iterator[Entries]:
        """Yield the search entries of every page, in order, once it is written."""
        new = dict(zip(self.new, log_progress("Pages", self.written, len(self.new)), strict=True))
        records: dict[str, Record] = {}
        for number, page in enumerate(self.stubs):
            record = self.old.get(number) or self._record(page, new[number])
            if record.key:
                records[page.source.address] = record
            yield record.entries
        if self.carried:
            self.carried.keep(records)
            self.carried.clear()

    def _old(self) -> dict[int, Record]:
        """Return the pages that were carried over, by number."""
        found: dict[int, Record] = {}
        for number, page in enumerate(self.stubs):
            key = self.keys.get(page.source.address)
            record = self.carried.record(page.source.address) if self.carried and key else None
            if record and record.key == key and self._framed(record, page):
                found[number] = record
        return found if self.carried and self.carried.bring(found.values()) else {}

    def _framed(self, record: Record, page: StubPage) -> bool:
        """Return whether the theme still puts the same frame around a page."""
        return bool(record.frame) and self.shells.digest(record.shell, page) == record.frame

    def _make(self, number: int) -> tuple[Iterator[Beside], Entries, Callable[[], ShellId]]:
        page: StubPage = self.stubs[number]
        content = page.source.make()

        def taken() -> ShellId:
            page.empty()
            return self.shells.taken

        return self.finish(page, content, self.shells), content.entries, taken

    def _record(self, page: StubPage, written: Written) -> Record:
        key = self.keys.get(page.source.address, "")
        frame = self.shells.digest(written.shell, page) if key else ""
        shell = self.shells.same.setdefault(written.shell, written.shell)  # one object, which is kept once
        return Record(key if frame else "", shell, frame, written.files, written.entries)
