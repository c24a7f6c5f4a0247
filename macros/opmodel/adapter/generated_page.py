"""Generated pages: complete HTML, which the host does not read as Markdown."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from opmodel.adapter.host import AnchorLink, File, Files, InclusionLevel, MkDocsConfig, Page, TableOfContents
from opmodel.permalinks.page_form import page_address, page_file
from opmodel.views.search_entries import SearchEntry

Sections = tuple[tuple[str, str, str], ...]
"""(title, anchor, layer) of each."""
CompanionFile = tuple[str, str | bytes]
"""(address, content) of a file."""
_ID = re.compile(r'\sid="([^"]+)"')
_SECTION = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>', re.DOTALL)


class SectionHeading(AnchorLink):
    """An entry of a page's list of sections; ``layer`` is the one that writes the section, or empty.

    Every entry holds its title as HTML, for that is how the theme prints it. Here it is given as text or as markup.
    """

    def __init__(self, title: str, anchor: str, level: int = 2, layer: str = "") -> None:
        super().__init__(escape(title), anchor, level)
        self.layer = layer


@dataclass(frozen=True, kw_only=True)
class PageContent:
    """The content of a generated page.

    Args:
        address: Its address.
        title: Its title; the page's own heading has the anchor ``top``.
        description: Its description, for search engines and link previews.
        html: Its complete HTML.
        sections: The title, anchor and layer of each section.
        entries: Its entries in the search index.
        companions: Yields (address, content) of each file with the same content for other tools.
    """

    address: str
    title: str
    description: str
    html: str
    sections: Sections = ()
    entries: tuple[SearchEntry, ...] = ()
    companions: Callable[[], Iterable[CompanionFile]] = tuple


@dataclass(frozen=True, kw_only=True)
class PageSource:
    """The source of a generated page: its address and title, and a function that makes its content."""

    address: str
    title: str
    make: Callable[[], PageContent]


class GeneratedPage(Page):
    """A page made from data. Its text is never read as Markdown and never evaluated as a template."""

    def __init__(self, content: PageContent, file: File, config: MkDocsConfig) -> None:
        super().__init__(content.title, file, config)
        self.made = content
        self.read_source(config)

    def read_source(self, config: MkDocsConfig) -> None:
        """Set the meta data instead of reading a file."""
        self.markdown = ""
        self.meta = self.made_meta()

    def made_meta(self) -> dict[str, Any]:
        """Return the meta data, with which the macros and search plugins leave the page alone."""
        return {
            "title": self.made.title,
            "description": self.made.description,
            "render_macros": False,
            "search": {"exclude": True},  # its entries come from its view; reading them out of its HTML takes longer
        }

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Set the HTML, the anchors and the table of contents instead of rendering Markdown."""
        self.content = self.made.html
        top = SectionHeading(self.made.title, "top", level=1)
        top.children = [SectionHeading(title, anchor, layer=layer) for title, anchor, layer in self.made.sections]
        self.toc = TableOfContents([top])
        self.present_anchor_ids = ids_of(self.made.html)


def generated_page_file(content: PageContent, config: MkDocsConfig) -> File:
    """Return a file outside the navigation that holds a generated page; it can be linked as ``<address>.md``."""
    file = File.generated(config, link_path(content.address), content="", inclusion=InclusionLevel.NOT_IN_NAV)
    file.dest_uri = page_file(content.address)
    GeneratedPage(content, file, config)
    return file


def link_path(address: str) -> str:
    """Return the path under which pages of ``docs/`` link to a generated page."""
    return address.rstrip("/") + ".md"


def add_block_sections(page: Page, html: str) -> None:
    """Add the sections of blocks to a Markdown page's list of sections, in the order of the page."""
    top = next(iter(page.toc), None)
    if top is None or top.level != 1:
        return
    known = {entry.id: entry for entry in top.children}
    found = _SECTION.findall(html)
    top.children = [known.get(anchor) or SectionHeading(_plain(title), anchor) for anchor, title in found]


def _plain(html: str) -> str:
    return Markup(html).striptags()  # noqa: S704 the markup is taken off


def set_plain_title(page: Page) -> None:
    """Set the title of a page as text; the host takes that of a heading as HTML."""
    if "title" not in page.__dict__ and "title" not in page.meta and page._title_from_render:
        page.title = Markup(page._title_from_render).unescape()  # noqa: S704 the markup is taken off


def address_of(page: Page) -> str:
    """Return the address by which this package knows a page, in whichever form the host names it."""
    return page_address(page.url)


def ids_of(html: str) -> set[str]:
    """Return every id in a piece of HTML that our templates made."""
    return set(_ID.findall(html))
