"""A page that is written elsewhere: the host can link to it and list it, and leaves its file alone."""

from dataclasses import replace
from functools import cached_property
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel

from opmodel.adapter.generated_page import GeneratedPage, PageContent, PageSource, ids_of, link_path


class ExternalFile(File):
    """A file that is no page in the host's eyes, so that the host neither reads nor writes it."""

    def is_documentation_page(self) -> bool:
        """Keep the file out of the host's loops over pages."""
        return False

    def copy_file(self, dirty: bool = False) -> None:
        """Leave the file alone: it was written by :mod:`opmodel.adapter.fast_build.publish`."""


class ExternalPage(GeneratedPage):
    """What the host asks of a page that something else links to. Its content is made only if an anchor is looked up."""

    source: PageSource

    @cached_property
    def present_anchor_ids(self) -> set[str] | None:  # type: ignore[override]  # the host's is a plain attribute
        """Every anchor of the page, for the links of other pages."""
        return ids_of(self.source.make().html)

    def filled(self, content: PageContent) -> None:
        """Take the content, as far as the head of the page shows it."""
        self.made = content
        self.meta = self.made_meta()

    def empty(self) -> None:
        """Let go of the content once it is written: a thousand pages would fill the memory."""
        self.content = ""
        self.made = replace(self.made, html="", entries=(), companions=tuple)


def external_page_file(source: PageSource, config: MkDocsConfig) -> ExternalFile:
    """Return the file of a page that is written elsewhere, with its page."""
    file: Any = ExternalFile.generated(
        config, link_path(source.address), content="", inclusion=InclusionLevel.NOT_IN_NAV
    )
    file.dest_uri = f"{source.address}index.html"
    page = ExternalPage(PageContent(address=source.address, title=source.title, description="", html=""), file, config)
    page.source = source
    made: ExternalFile = file
    return made
