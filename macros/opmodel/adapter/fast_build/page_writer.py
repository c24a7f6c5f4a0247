"""Writes the generated pages of one build, in as many processes as there are cores.

Pages of the previous output are reused where nothing changed for them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from opmodel.adapter.fast_build.external import ExternalPage
from opmodel.adapter.fast_build.page_layouts import LayoutKey, PageLayouts
from opmodel.adapter.fast_build.previous_output import FileStamp, PageRecord, PreviousOutput
from opmodel.adapter.generated_page import CompanionFile, PageContent
from opmodel.adapter.progress import log_progress
from opmodel.cache import Key, parallel_map
from opmodel.files.writing import write_directly
from opmodel.permalinks.page_form import page_file
from opmodel.readiness.history import History
from opmodel.views.search_entries import SearchEntry


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """The HTML of a page, the layout that is around it, and the files beside it, which are made as they are read."""

    layout: LayoutKey
    html: str
    companions: Iterable[CompanionFile]


@dataclass(frozen=True, slots=True)
class WrittenPage:
    """A page that was written: its layout, its files with size and time, and its search entries.

    ``lost`` says why the content of old versions of packets was not to be had; such a page is made anew next time.
    """

    layout: LayoutKey
    files: tuple[FileStamp, ...]
    entries: tuple[SearchEntry, ...]
    lost: str = ""


Render = Callable[[ExternalPage, PageContent, PageLayouts], RenderedPage]


class PageWriter:
    """Begins to write every page at once; :meth:`finish` waits until all of them are written.

    Args:
        pages: The generated pages, in the order of their search entries.
        layouts: The theme's layouts of this build.
        render: Makes a page of its content and a layout.
        keys: The key of each page that may be reused, by address.
        previous: The output of the previous build, if there is any.
        history: The history that pages show.
    """

    def __init__(
        self,
        pages: Sequence[ExternalPage],
        layouts: PageLayouts,
        render: Render,
        keys: Mapping[str, Key],
        previous: PreviousOutput | None,
        history: History,
    ) -> None:
        self.pages = pages
        self.layouts = layouts
        self.render = render
        self.keys = keys
        self.previous = previous
        self.history = history
        self.lost = ""
        """Why the content of old versions was not to be had while pages were made; empty if it was."""
        self.target = Path(layouts.config.site_dir)
        self.reused = self._reuse()
        self.new = [page for page in pages if page.source.address not in self.reused]
        self.written = parallel_map(self._write, self.new, few=2)  # this process has the pages of docs/ to build

    def finish(self) -> list[SearchEntry]:
        """Wait until every page is written, remember them for the next build, and return their search entries."""
        written = log_progress("Pages", self.written, len(self.new))
        records = dict(self.reused)
        for page, result in zip(self.new, written, strict=True):
            self.lost = self.lost or result.lost
            records[page.source.address] = self._record(page, result)
        if self.previous:
            self.previous.keep({address: record for address, record in records.items() if record.key})
            self.previous.clear()
        return [entry for page in self.pages for entry in records[page.source.address].entries]

    def _reuse(self) -> dict[str, PageRecord]:
        """Return the pages of the previous output that are right, by address, and move them to their places."""
        if not self.previous:
            return {}
        found: dict[str, PageRecord] = {}
        for page in self.pages:
            key = self.keys.get(page.source.address)
            record = self.previous.record(page.source.address) if key else None
            if record and record.key == key and self._has_same_layout(record, page):
                found[page.source.address] = record
        return found if self.previous.move_back(found.values()) else {}

    def _has_same_layout(self, record: PageRecord, page: ExternalPage) -> bool:
        return bool(record.layout_digest) and self.layouts.digest(record.layout, page) == record.layout_digest

    def _write(self, page: ExternalPage) -> WrittenPage:
        content = page.source.make()
        rendered = self.render(page, content, self.layouts)
        files = [(page_file(content.address), rendered.html), *rendered.companions]
        page.empty()
        written = write_page(self.target, rendered.layout, files, content.entries)
        return replace(written, lost=str(self.history.unanswered or ""))

    def _record(self, page: ExternalPage, written: WrittenPage) -> PageRecord:
        key = "" if written.lost else self.keys.get(page.source.address, "")
        layout_digest = self.layouts.digest(written.layout, page) if key else ""
        layout = self.layouts.interned(written.layout)
        return PageRecord(key if layout_digest else "", layout, layout_digest, written.files, written.entries)


def write_page(
    target: Path, layout: LayoutKey, files: Iterable[CompanionFile], entries: tuple[SearchEntry, ...]
) -> WrittenPage:
    """Write the files of a page below ``target``, with the folders that they stand in."""
    return WrittenPage(layout, tuple(_stamps(target, files)), entries)


def _stamps(target: Path, files: Iterable[CompanionFile]) -> Iterator[FileStamp]:
    base = f"{target}/"
    for path, content in files:
        status = write_directly(base + path, content if isinstance(content, bytes) else content.encode())
        yield path, status.st_size, status.st_mtime_ns
