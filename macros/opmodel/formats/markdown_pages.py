"""Markdown pages: the view of a page printed as Markdown, at ``<address>index.md``."""

import re
from collections.abc import Callable

from markupsafe import Markup

from opmodel.formats.markdown import outside_code, printed, relinked
from opmodel.load.operating_model import OperatingModel

_HEADING = re.compile(r"^(?P<marks>#{1,6})[ ]++(?P<text>[^\n]*+)", re.M)
_ANCHOR = re.compile(r"\{[ ]*+#(?P<id>[\w-]+)")
_NOTE = re.compile(
    r'^(?:!!!|\?\?\?\+?)[ ]++(?P<kind>[\w-]++)[^\n"]*+(?:"(?P<title>[^"\n]*+)")?+[ ]*+\n'
    r"(?P<body>(?:(?:[ ]{4}[^\n]*|[ ]*)(?:\n|\Z))+)",
    re.M,
)


def docs_page(
    model: OperatingModel,
    page: str,
    text: str,
    blocks: Callable[[str], str],
    resolve: Callable[[str], str],
    reviewed: str,
) -> str:
    """Return the Markdown page of a page of ``docs/``.

    Args:
        model: Gives the site's address.
        page: Address of the page.
        text: The page's Markdown without front matter, with a mark where each block stands.
        blocks: Puts the Markdown of each block where its mark stands.
        resolve: Returns the canonical address that a link on the page means.
        reviewed: The day of the last review in words, or an empty text.
    """
    body = blocks(plain_markdown(text, resolve))
    return printed("page.md.jinja", model, page, body=Markup(body), reviewed=reviewed)  # noqa: S704


def plain_markdown(text: str, resolve: Callable[[str], str]) -> str:
    """Return a page of ``docs/`` in plain Markdown: canonical links, headings that link to themselves, quoted notes."""
    return _NOTE.sub(_quotation, outside_code(relinked(text, resolve), lambda part: _linked_headings(part, resolve)))


def _linked_headings(text: str, resolve: Callable[[str], str]) -> str:
    """Link each heading that has an anchor to its section, so that an answer can cite it."""

    def replace(match: re.Match[str]) -> str:
        line = match["text"].rstrip(" ")
        # The anchor is the last thing on the line: it begins after every other closing brace.
        anchor = _ANCHOR.search(line, line.rfind("}", 0, -1) + 1) if line.endswith("}") else None
        if anchor is None:
            return match[0]
        title = line[: anchor.start()].rstrip(" ")
        linked = title if "](" in title else f"[{title}]({resolve('#' + anchor['id'])})"
        return f"{match['marks']} {linked}"

    return _HEADING.sub(replace, text)


def _quotation(match: re.Match[str]) -> str:
    title = match["title"] or match["kind"].capitalize()
    lines = (line.removeprefix("    ").rstrip() for line in match["body"].strip("\n").split("\n"))
    quoted = "\n".join(f"> {line}".rstrip() for line in lines)
    return f"> **{title}**\n>\n{quoted}\n\n"
