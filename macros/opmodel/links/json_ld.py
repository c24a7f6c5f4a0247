"""What pages say in the vocabulary of schema.org, as JSON-LD."""

import json
from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from opmodel.load.operating_model import OperatingModel
from opmodel.permalinks import addresses
from opmodel.views.markdown_fields import markdown_to_text

_CONTEXT = {"@context": "https://schema.org"}
_ESCAPED = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def script_json(fact: dict[str, Any]) -> Markup:
    """Return JSON that can stand in a script element: nothing in it can end the element or start another."""
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
    """Return questions with their answers as an ``FAQPage``: answers of the site, not of its visitors."""
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
    """Return the way from the home page to a page as a ``BreadcrumbList``."""
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
