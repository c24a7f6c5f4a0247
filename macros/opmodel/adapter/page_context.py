"""Heads, scripts and preview pictures that the build adds to pages, and files that lead on from former addresses.

A page's head names its address, its formats and its picture. A page that has moved leaves one at its former address,
and the page for unknown addresses lists the nearest ones.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
from markupsafe import Markup

from opmodel.adapter import content_policy
from opmodel.adapter.generated_page import CompanionFile, GeneratedPage, address_of
from opmodel.adapter.host import File, MkDocsConfig, Page, log
from opmodel.adapter.theme_files import ADDRESS
from opmodel.cache import private_folder
from opmodel.links.drawing import PreviewPicture
from opmodel.links.former_heads import former_head_view
from opmodel.links.former_pages import LISTING_FILE, FormerPages, MovedPage, address_listing, start_pages
from opmodel.links.head import AlternateFormat, head_view, not_found_head_view
from opmodel.links.pictures import PICTURE_FILE, cached_png, page_pictures, picture_fonts, site_picture
from opmodel.model.problem import Place, Problem, Severity
from opmodel.permalinks import addresses
from opmodel.permalinks.page_form import page_file
from opmodel.rules.check import Checked
from opmodel.rules.pictures import PICTURE_FONT
from opmodel.views.render import render

_SCRIPTS = {
    "data-om-copy": f"{ADDRESS}copy.js",
    "data-om-filterable": f"{ADDRESS}tables.js",
    "data-opmodel-decide": f"{ADDRESS}decide.js",
    "data-om-moved": f"{ADDRESS}moved.js",
    "data-om-limits": f"{ADDRESS}limits.js",
    "data-om-write": f"{ADDRESS}write.js",
}
"""The scripts that a page asks for by the marks in its HTML."""


_FEED = AlternateFormat(
    type="application/atom+xml", title="Changes of workflow packets", href=addresses.FEED, rel="alternate"
)


class PreviewPictures:
    """The picture of each page of one build."""

    def __init__(self, checked: Checked, root: Path) -> None:
        self.cache = private_folder.private_folder(root / ".cache" / "previews")
        self.site = site_picture(checked)
        self.own = {page: (f"{page}{PICTURE_FILE}", picture) for page, picture in page_pictures(checked)}
        own = checked.model.site.value.font if checked.model.site else None
        pictures = {"": self.site[1], **{page: picture for page, (_, picture) in self.own.items()}}
        found = picture_fonts(pictures, root / own if own else None)
        self.fonts = found.fonts
        if found.notice:
            log.info(found.notice)
        if found.warning:
            click.echo(Problem(Place("data/site.yml"), PICTURE_FONT, found.warning, Severity.WARNING), err=True)

    def of(self, page: str) -> tuple[str, PreviewPicture]:
        """Return the picture of the page at address ``page``, with its address."""
        return self.own.get(page, self.site)

    def drawn(self, page: str = "") -> Iterator[CompanionFile]:
        """Yield the picture of the page at address ``page``, if it has its own; the home page has the site's."""
        if found := self.own.get(page) or (self.site if not page else None):
            address, picture = found
            yield address, cached_png(picture, self.fonts, self.cache)


class PageContexts:
    """Values that the theme's templates print around the pages of one build, and the files that belong to them.

    Without ``previews``, no page names a picture.
    """

    def __init__(self, checked: Checked, root: Path, *, previews: bool) -> None:
        self.checked = checked
        self.former = FormerPages(checked.model)
        self.previews = PreviewPictures(checked, root) if previews else None

    def files(self, config: MkDocsConfig) -> Iterator[File]:
        """Yield the pages at former addresses, the site's preview picture, and the list of all addresses."""
        model = self.checked.model
        for moved in self.former.pages():  # no page of the host: not in its search index, nor in its sitemap
            here = addresses.on_pages(model, moved.address)
            html = str(render("redirect.html.jinja", here, moved=moved, head=self._former_head(moved)))
            html = content_policy.with_policy(html, offline=model.host.offline)
            yield File.generated(config, page_file(moved.address), content=html)
        for address, picture in self.pictures(addresses.HOME):
            yield File.generated(config, address, content=picture)
        listing = address_listing(model, self.former)
        yield File.generated(config, LISTING_FILE, content=listing)

    def _former_head(self, moved: MovedPage) -> Markup:
        picture = self.previews.of(moved.target.partition("#")[0]) if self.previews else None
        return render("head.html.jinja", moved.address, head=former_head_view(self.checked, moved, picture))

    def pictures(self, page: str) -> Iterable[CompanionFile]:
        """Yield the preview picture that belongs to the page at address ``page``."""
        return self.previews.drawn(page) if self.previews else ()

    def of(self, page: Page) -> dict[str, Any]:
        """Return the values that the templates print on a page."""
        html = page.content or ""
        scripts = [script for mark, script in _SCRIPTS.items() if mark in html]
        return {"om_head": self._head(page), "om_scripts": scripts}

    def _head(self, page: Page) -> str:
        address = address_of(page)
        view = head_view(
            self.checked,
            address,
            str(page.title),
            str(page.meta.get("description") or ""),
            last_changed(self.checked, page),
            self.previews.of(address) if self.previews else None,
            (*_formats(self.checked, address), _FEED),
        )
        return str(render("head.html.jinja", page.url, head=view))

    def left(self, page: Page) -> str:
        """Return a note for each part that has left a page, or an empty text."""
        steps = self.former.left(address_of(page))
        return str(render("left.html.jinja", page.url, steps=steps)) if steps else ""

    def unknown(self, config: MkDocsConfig) -> dict[str, Any]:
        """Return the values that the templates print on the page for unknown addresses.

        That page is shown at any address, so its links begin with the path that the site is published under.
        """
        root = urlsplit(config.site_url or "/").path
        starts = start_pages(self.checked.model)
        html = render("unknown.html.jinja", "", starts=starts, root=root, listing=f"{root}{LISTING_FILE}")
        text = "There is no page at this address. The nearest ones are listed here."
        head = render("head.html.jinja", "", head=not_found_head_view(self.checked, "Page not found", text))
        return {"om_head": str(head), "om_unknown": str(html), "om_scripts": [f"{ADDRESS}notfound.js"]}


def _formats(checked: Checked, page: str) -> tuple[AlternateFormat, ...]:
    """Return the same content for other tools: every page is Markdown too, and a packet is JSON."""
    markdown = AlternateFormat(type="text/markdown", title="This page as Markdown", href=addresses.markdown(page))
    kind, _, rest = page.partition("/")
    name = rest.rstrip("/")
    if kind != "workflows" or name not in checked.model.packets:
        return (markdown,)
    return markdown, AlternateFormat(
        type="application/json", title="This packet as JSON", href=addresses.packet_data(name)
    )


def last_changed(checked: Checked, page: Page) -> str:
    """Return the day (RFC 3339) on which a page last changed, or an empty text where nothing says so."""
    day = _made(checked, page) if isinstance(page, GeneratedPage) else page.meta.get("reviewed")
    return day.isoformat() if isinstance(day, date) else ""


def _made(checked: Checked, page: GeneratedPage) -> date | None:
    kind, _, name = page.made.address.rstrip("/").partition("/")
    if kind == "workflows" and name in checked.model.packets:
        return _packet(checked, name)
    if kind == "faq" and name in checked.model.questions:
        return checked.model.questions[name].value.reviewed
    return None


def _packet(checked: Checked, name: str) -> date:
    """Return the day of a packet's last material change, review or sign-off."""
    summary = checked.model.summaries[name]
    days = [summary.revised, summary.last_review, *(signed.date for signed in summary.signed)]
    return max((day for day in days if day and day <= summary.as_of), default=summary.revised)
