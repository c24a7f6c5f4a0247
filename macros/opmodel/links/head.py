"""The head of a page: descriptions for search engines, link previews and feed readers."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from opmodel.links import json_ld
from opmodel.links.drawing import PICTURE_SIZE, PreviewPicture
from opmodel.permalinks import addresses
from opmodel.rules.check import Checked

MAX_DESCRIPTION = 300
"""The most characters of a description; previews may show fewer."""


@dataclass(frozen=True, kw_only=True)
class AlternateFormat:
    """The same content in another form.

    The theme takes a link that is exactly ``rel=alternate`` for a translated site, and asks for a sitemap beside it.
    The space in ``rel`` keeps the theme from doing so and has no meaning in HTML.
    """

    type: str
    title: str
    href: str
    rel: str = " alternate"


@dataclass(frozen=True, kw_only=True)
class HeadView:
    """Everything that a page's head says of the page; ``canonical`` is empty for a page without an address."""

    title: str
    name: str
    description: str
    canonical: str
    kind: str
    site_name: str
    image: str
    image_text: str
    width: int
    height: int
    modified: str
    facts: tuple[Markup, ...]
    """JSON-LD documents, ready for a script element."""
    alternates: tuple[AlternateFormat, ...]
    indexed: bool


def head_view(
    checked: Checked,
    page: str,
    title: str,
    description: str = "",
    modified: str = "",
    picture: tuple[str, PreviewPicture] | None = None,
    alternates: Iterable[AlternateFormat] = (),
) -> HeadView:
    """Return the head of the page at address ``page``.

    ``modified`` is the day (RFC 3339) of its last change, ``picture`` its preview picture with its address.
    """
    model = checked.model
    assert model.site, "only a site without errors is published"
    site = model.site.value
    return HeadView(
        title=site.name if title == site.name else f"{title} · {site.name}",
        name=title,
        description=shortened(description or f"{title}: {site.description}"),
        canonical=addresses.absolute(model, page),
        kind="website" if page == addresses.HOME or not modified else "article",
        site_name=site.name,
        image=addresses.absolute(model, picture[0]) if picture else "",
        image_text=picture[1].words if picture else "",
        width=PICTURE_SIZE[0],
        height=PICTURE_SIZE[1],
        modified=modified,
        facts=tuple(json_ld.script_json(fact) for fact in _facts(checked, page, title)),
        alternates=tuple(alternates),
        indexed=True,
    )


def not_found_head_view(checked: Checked, title: str, description: str) -> HeadView:
    """Return the head of the page that answers for addresses that do not exist."""
    assert checked.model.site, "only a site without errors is published"
    name = checked.model.site.value.name
    return HeadView(
        title=f"{title} · {name}", name=title, description=description, canonical="", kind="website", site_name=name,
        image="", image_text="", width=0, height=0, modified="", facts=(), alternates=(), indexed=False,
    )  # fmt: skip


def shortened(text: str) -> str:
    """Return text of one line, cut at a word where it is longer than a description may be."""
    line = " ".join(text.split())
    return line if len(line) <= MAX_DESCRIPTION else line[:MAX_DESCRIPTION].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def _facts(checked: Checked, page: str, title: str) -> Iterable[dict[str, Any]]:
    model = checked.model
    kind, _, rest = page.partition("/")
    name = rest.rstrip("/")
    if page == addresses.HOME:
        yield json_ld.website(model)
    if page == addresses.FAQ:
        yield json_ld.faq_page(model, model.questions)
    if kind == "faq" and name in model.questions:
        yield json_ld.faq_page(model, (name,))
    if name:
        yield json_ld.breadcrumbs(model, page, title)
