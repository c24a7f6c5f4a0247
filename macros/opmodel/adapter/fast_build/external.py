"""Files that the host links to and lists, and does not write."""

import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from opmodel.adapter.generated_page import GeneratedPage, PageContent, PageSource, ids_of, link_path
from opmodel.adapter.host import File, Files, InclusionLevel, MkDocsConfig
from opmodel.adapter.site_files import FileSource, generated_file
from opmodel.cache import run_in_fork
from opmodel.files.writing import write_directly
from opmodel.permalinks.page_form import page_file

_BACKGROUND = ".opmodel-made"


class ExternalFile(File):
    """A file that is no page to the host, so that the host neither reads nor writes it."""

    def is_documentation_page(self) -> bool:
        """Keep the file out of the host's loops over pages."""
        return False

    def copy_file(self, dirty: bool = False) -> None:
        """Do nothing, because the file is written by this package."""


class ExternalPage(GeneratedPage):
    """A page for links and lists. Its content is made only if an anchor is looked up."""

    source: PageSource

    @cached_property
    def present_anchor_ids(self) -> set[str] | None:  # type: ignore[override]  # the host's is a plain attribute
        """Every anchor of the page, for the links of other pages."""
        return ids_of(self.source.make().html)

    def fill(self, content: PageContent) -> None:
        """Take the content, as far as the head of the page shows it."""
        self.made = content
        self.title = content.title
        self.meta = self.made_meta()

    def empty(self) -> None:
        """Drop the content once it is written: a thousand pages would fill the memory."""
        self.content = ""
        self.made = replace(self.made, html="", entries=(), companions=tuple)


def external_page(source: PageSource, config: MkDocsConfig) -> ExternalPage:
    """Return a page with its file, which is to be added to the host's files."""
    file: Any = ExternalFile.generated(
        config, link_path(source.address), content="", inclusion=InclusionLevel.NOT_IN_NAV
    )
    file.dest_uri = page_file(source.address)
    page = ExternalPage(PageContent(address=source.address, title=source.title, description="", html=""), file, config)
    page.source = source
    return page


class BackgroundFiles:
    """Files of the whole site, made by a copy of this process while this one builds pages.

    They depend on the checked data alone. The copy writes them into a hidden folder of the output, from which
    :meth:`finish` moves them to their places.
    """

    def __init__(self, config: MkDocsConfig, files: Files, sources: Iterable[FileSource]) -> None:
        self.target = Path(config.site_dir)
        self.sources = list(sources)
        shutil.rmtree(self.target / _BACKGROUND, ignore_errors=True)  # of a build that was stopped
        for address, _ in self.sources:
            files.append(generated_file(config, address, "", ExternalFile))
        self.wait: Callable[[], object] = run_in_fork(self._write)

    def _write(self) -> None:
        for address, make in self.sources:
            content = make()
            data = content if isinstance(content, bytes) else content.encode()
            write_directly(f"{self.target / _BACKGROUND}/{address}", data)

    def finish(self) -> None:
        """Wait until all files are made, and move them to their places."""
        self.wait()
        for address, _ in self.sources:
            (self.target / address).parent.mkdir(parents=True, exist_ok=True)
            (self.target / _BACKGROUND / address).replace(self.target / address)
        shutil.rmtree(self.target / _BACKGROUND, ignore_errors=True)
