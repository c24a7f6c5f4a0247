"""The generated pages of one build: reused from the last one where nothing changed for them, else made."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from opmodel.adapter.fast_build.external import ExternalFile, ExternalPage
from opmodel.adapter.fast_build.page_layouts import LayoutKey, PageLayouts
from opmodel.adapter.fast_build.previous_output import PageRecord, PreviousOutput
from opmodel.adapter.fast_build.publish import WrittenPage, write_pages
from opmodel.adapter.generated_page import CompanionFile, PageContent
from opmodel.adapter.progress import log_progress
from opmodel.cache import Key
from opmodel.views.search_entries import SearchEntry

Finish = Callable[[ExternalPage, PageContent, PageLayouts], Iterator[CompanionFile]]
"""Yields the finished page and the files beside it."""
Entries = tuple[SearchEntry, ...]


class PageWriter:
    """Begins to write every page at once. ``keys`` holds, by address, that of each page that may be reused."""

    def __init__(
        self,
        external_files: Sequence[ExternalFile],
        layouts: PageLayouts,
        finish: Finish,
        keys: Mapping[str, Key],
        previous_output: PreviousOutput | None,
    ) -> None:
        self.pages: list[Any] = [file.page for file in external_files]
        self.layouts = layouts
        self.finish = finish
        self.keys = keys
        self.previous_output = previous_output
        self.old = self._old()
        self.new = [number for number in range(len(self.pages)) if number not in self.old]
        self.written = write_pages(self._make, self.new, Path(layouts.config.site_dir))

    def finished(self) -> Iterator[Entries]:
        """Yield the search entries of every page, in order, once it is written."""
        new = dict(zip(self.new, log_progress("PageWriter", self.written, len(self.new)), strict=True))
        records: dict[str, PageRecord] = {}
        for number, page in enumerate(self.pages):
            record = self.old.get(number) or self._record(page, new[number])
            if record.key:
                records[page.source.address] = record
            yield record.entries
        if self.previous_output:
            self.previous_output.keep(records)
            self.previous_output.clear()

    def _old(self) -> dict[int, PageRecord]:
        """Return the pages that are reused, by number."""
        found: dict[int, PageRecord] = {}
        for number, page in enumerate(self.pages):
            key = self.keys.get(page.source.address)
            record = self.previous_output.record(page.source.address) if self.previous_output and key else None
            if record and record.key == key and self._framed(record, page):
                found[number] = record
        return found if self.previous_output and self.previous_output.bring(found.values()) else {}

    def _framed(self, record: PageRecord, page: ExternalPage) -> bool:
        """Return whether the theme still puts the same frame around a page."""
        return bool(record.frame) and self.layouts.digest(record.layout, page) == record.frame

    def _make(self, number: int) -> tuple[Iterator[CompanionFile], Entries, Callable[[], LayoutKey]]:
        page: ExternalPage = self.pages[number]
        content = page.source.make()

        def taken() -> LayoutKey:
            page.empty()
            return self.layouts.last_key

        return self.finish(page, content, self.layouts), content.entries, taken

    def _record(self, page: ExternalPage, written: WrittenPage) -> PageRecord:
        key = self.keys.get(page.source.address, "")
        frame = self.layouts.digest(written.layout, page) if key else ""
        layout = self.layouts.same.setdefault(written.layout, written.layout)  # one object, which is kept once
        return PageRecord(key if frame else "", layout, frame, written.files, written.entries)
