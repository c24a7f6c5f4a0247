"""Markdown fields as HTML: raw HTML off, then sanitised by nh3 (a binding of the ammonia library)."""

from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from markupsafe import Markup

from opmodel.model.values import SCHEMES
from opmodel.permalinks.addresses import link_address
from opmodel.views.render import relative_link

if TYPE_CHECKING:  # slow to import, so it is imported where text is read
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_TAGS = {"p", "a", "em", "strong", "code", "pre", "ul", "ol", "li", "blockquote", "br", "hr", "h3", "h4",
         "table", "thead", "tbody", "tr", "th", "td"}  # fmt: skip
_OWN_SCHEMES = ("guide", "faq", "packet", "team")


def markdown_to_html(markdown: str, page: str) -> Markup:
    """Return the HTML of a Markdown field for the page at address ``page``, with links relative to that page."""
    import nh3

    env: dict[str, Any] = {"page": page}
    rendered = _parser().render(markdown, env)
    clean = nh3.clean(
        rendered, tags=_TAGS, attributes={"a": {"href"}}, url_schemes=set(SCHEMES), link_rel="noopener noreferrer"
    )
    return Markup(clean)  # noqa: S704 sanitised on the line above


def markdown_to_text(markdown: str) -> str:
    """Return the words of a Markdown field without its markup, for search and previews."""
    tokens = _parser().parse(markdown)
    words = (child.content for token in tokens for child in token.children or () if child.type != "link_open")
    return " ".join(" ".join(words).split())


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.validateLink = _allowed  # type: ignore[method-assign, assignment]
    parser.add_render_rule("link_open", _link_open)
    return parser


def _allowed(link: str) -> bool:
    scheme = urlsplit(link).scheme
    return scheme in (*SCHEMES, *_OWN_SCHEMES, "")


def _link_open(renderer: Any, tokens: "list[Token]", index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    target = str(token.attrGet("href") or "")
    if urlsplit(target).scheme in _OWN_SCHEMES:
        token.attrSet("href", relative_link(link_address(target), str(env["page"])))
    return str(renderer.renderToken(tokens, index, options, env))
