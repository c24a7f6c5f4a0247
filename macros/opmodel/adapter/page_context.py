"""All about the links of one build: heads, pictures, pages at former addresses, and the page for unknown ones."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page

from opmodel.adapter.generated_page import CompanionFile
from opmodel.adapter.head import not_found_head, page_head
from opmodel.adapter.preview_pictures import PreviewPictures
from opmodel.adapter.redirects import moved_part_notes, redirect_files
from opmodel.adapter.theme_files import ADDRESS
from opmodel.links import not_found
from opmodel.links.former_pages import FormerPages
from opmodel.permalinks import addresses
from opmodel.rules.check import Checked
from opmodel.views.render import render

_SCRIPTS = {
    "data-om-copy": f"{ADDRESS}copy.js",
    "data-om-filterable": f"{ADDRESS}tables.js",
    "data-opmodel-decide": f"{ADDRESS}decide.js",
    "data-om-moved": f"{ADDRESS}moved.js",
    "data-om-write": f"{ADDRESS}write.js",
}
"""The scripts that a page asks for by the marks in its HTML."""


class PageContexts:
    """What stands around the pages of one build."""

    def __init__(self, checked: Checked, root: Path, *, previews: bool) -> None:
        self.checked = checked
        self.former = FormerPages(checked.model)
        self.previews = PreviewPictures(checked, root) if previews else None

    def files(self, config: MkDocsConfig) -> Iterator[File]:
        """Yield the pages at former addresses, the site's preview picture, and the list of all addresses."""
        yield from redirect_files(self.former, config)
        for address, picture in self.pictures(addresses.HOME):
            yield File.generated(config, address, content=picture)
        yield File.generated(
            config, not_found.LISTING_FILE, content=not_found.address_listing(self.checked.model, self.former)
        )

    def pictures(self, page: str) -> Iterable[CompanionFile]:
        """Yield the preview picture that belongs to the page at address ``page``."""
        return self.previews.drawn(page) if self.previews else ()

    def of(self, page: Page) -> dict[str, Any]:
        """Return the values that the templates print on a page."""
        html = page.content or ""
        scripts = [script for mark, script in _SCRIPTS.items() if mark in html]
        return {"om_head": page_head(self.checked, page, self.previews), "om_scripts": scripts}

    def left(self, page: Page) -> str:
        """Return a note for each part that has left a page."""
        return moved_part_notes(self.former, page.url)

    def unknown(self, config: MkDocsConfig) -> dict[str, Any]:
        """Return the values that the templates print on the page for unknown addresses.

        That page is shown at any address, so its links begin with the path that the site is published under.
        """
        root = urlsplit(config.site_url or "/").path
        starts = not_found.start_pages(self.checked.model)
        html = render("unknown.html.jinja", "", starts=starts, root=root, listing=f"{root}{not_found.LISTING_FILE}")
        scripts = [f"{ADDRESS}notfound.js"]
        return {"om_head": not_found_head(self.checked), "om_unknown": str(html), "om_scripts": scripts}
