"""The head of a page: descriptions for search engines, link previews and feed readers, and JSON-LD (schema.org)."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from opmodel.links.drawing import PICTURE_SIZE, PreviewPicture
from opmodel.load.operating_model import OperatingModel
from opmodel.permalinks import addresses
from opmodel.rules.check import Checked
from opmodel.views.markdown_fields import markdown_to_text

MAX_DESCRIPTION = 300
"""The most characters of a description; previews may show fewer."""


_CONTEXT = {"@context": "https://schema.org"}
_ESCAPED = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def script_json(fact: dict[str, Any]) -> Markup:
    """Return JSON for a script element, escaped so that it cannot end the element."""
    text = json.dumps(_CONTEXT | fact, ensure_ascii=False, separators=(",", ":"))
    for character, escaped in _ESCAPED.items():
        text = text.replace(character, escaped)
    return Markup(text)  # noqa: S704 every character with a meaning in HTML was replaced on the line above


def website(model: OperatingModel) -> dict[str, Any]:
    """Return the site as a ``WebSite``."""
    assert model.site, "only a site without errors is published"
    site = model.site.value
    return {
        "@type": "WebSite",
        "name": site.name,
        "description": site.description,
        "url": addresses.absolute(model, addresses.HOME),
        "publisher": {"@type": "Organization", "name": site.organisation},
    }


def faq_page(model: OperatingModel, names: Iterable[str]) -> dict[str, Any]:
    """Return questions with their answers as a ``FAQPage``."""
    return {"@type": "FAQPage", "mainEntity": [_question(model, name) for name in names]}


def _question(model: OperatingModel, name: str) -> dict[str, Any]:
    question = model.questions[name].value
    address = addresses.absolute(model, addresses.question(name))
    return {
        "@type": "Question",
        "@id": address,
        "name": question.question,
        "url": address,
        "dateModified": question.reviewed.isoformat(),
        "acceptedAnswer": {
            "@type": "Answer",
            "text": f"{question.short_answer} {markdown_to_text(question.answer)}",
            "url": address,
        },
    }


def breadcrumbs(model: OperatingModel, page: str, title: str) -> dict[str, Any]:
    """Return the path from the home page to a page as a ``BreadcrumbList``."""
    folder = page.partition("/")[0]
    index = model.pages.get(f"{folder}/index")
    steps = [(addresses.HOME, model.site.value.name if model.site else "")]
    if index and page != f"{folder}/":
        steps.append((f"{folder}/", index.value.title))
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": addresses.absolute(model, address)}
        for place, (address, name) in enumerate([*steps, (page, title)], 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


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
    """The metadata in the head of a page; ``canonical`` is empty for a page without an address."""

    title: str
    name: str
    description: str
    site_name: str
    canonical: str = ""
    kind: str = "website"
    image: str = ""
    image_text: str = ""
    width: int = 0
    height: int = 0
    modified: str = ""
    facts: tuple[Markup, ...] = ()
    """JSON-LD documents, ready for a script element."""
    alternates: tuple[AlternateFormat, ...] = ()
    indexed: bool = True


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
    site, article = model.site.value, modified and page != addresses.HOME
    return HeadView(
        title=site.name if title == site.name else f"{title} · {site.name}",
        name=title,
        description=shortened(description or f"{title}: {site.description}"),
        canonical=addresses.absolute(model, page),
        kind="article" if article else "website",
        site_name=site.name,
        image=addresses.absolute(model, picture[0]) if picture else "",
        image_text=picture[1].words if picture else "",
        width=PICTURE_SIZE[0],
        height=PICTURE_SIZE[1],
        modified=modified if article else "",
        facts=tuple(script_json(fact) for fact in _facts(checked, page, title)),
        alternates=tuple(alternates),
    )


def not_found_head_view(checked: Checked, title: str, description: str) -> HeadView:
    """Return the head of the page for unknown addresses."""
    assert checked.model.site, "only a site without errors is published"
    name = checked.model.site.value.name
    return HeadView(title=f"{title} · {name}", name=title, description=description, site_name=name, indexed=False)


def shortened(text: str) -> str:
    """Return text on one line, cut at a word to the length of a description."""
    line = " ".join(text.split())
    return line if len(line) <= MAX_DESCRIPTION else line[:MAX_DESCRIPTION].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def _facts(checked: Checked, page: str, title: str) -> Iterable[dict[str, Any]]:
    model = checked.model
    kind, _, rest = page.partition("/")
    name = rest.rstrip("/")
    if page == addresses.HOME:
        yield website(model)
    if page == addresses.FAQ:
        yield faq_page(model, model.questions)
    if kind == "faq" and name in model.questions:
        yield faq_page(model, (name,))
    if name:
        yield breadcrumbs(model, page, title)
