"""The head of each page, as text that the theme's templates print."""

from mkdocs.structure.pages import Page

from opmodel.adapter.last_changed import last_changed
from opmodel.adapter.preview_pictures import PreviewPictures
from opmodel.links.head import AlternateFormat, head_view, not_found_head_view
from opmodel.permalinks import addresses
from opmodel.rules.check import Checked
from opmodel.views.render import render

FEED = AlternateFormat(
    type="application/atom+xml", title="Changes of workflow packets", href=addresses.FEED, rel="alternate"
)


def page_head(checked: Checked, page: Page, previews: PreviewPictures | None) -> str:
    """Return the head of a page; without previews, it names no picture."""
    view = head_view(
        checked,
        page.url,
        str(page.title),
        str(page.meta.get("description") or ""),
        last_changed(checked, page),
        previews.of(page.url) if previews else None,
        (*_data(checked, page.url), FEED),
    )
    return str(render("head.html.jinja", page.url, head=view))


def not_found_head(checked: Checked) -> str:
    """Return the head of the page for unknown addresses."""
    view = not_found_head_view(
        checked, "Page not found", "There is no page at this address. The nearest ones are listed here."
    )
    return str(render("head.html.jinja", "", head=view))


def _data(checked: Checked, page: str) -> tuple[AlternateFormat, ...]:
    """Return the same content for other tools: every page is Markdown too, and a packet is JSON."""
    twin = AlternateFormat(type="text/markdown", title="This page as Markdown", href=addresses.markdown(page))
    kind, _, rest = page.partition("/")
    name = rest.rstrip("/")
    if kind != "workflows" or name not in checked.model.packets:
        return (twin,)
    return twin, AlternateFormat(type="application/json", title="This packet as JSON", href=addresses.packet_data(name))
