"""A page of ``docs/`` as Markdown that every reader knows: the site's own syntax replaced by plain syntax."""

import re
from collections.abc import Callable

from opmodel.formats.markdown import outside_code, relinked

_HEADING = re.compile(r"^(?P<marks>#{1,6})[ ]+(?P<title>[^\n]*?)[ ]*\{[ ]*#(?P<id>[\w-]+)[^}\n]*\}[ ]*$", re.M)
_NOTE = re.compile(
    r'^(?:!!!|\?\?\?\+?)[ ]+(?P<kind>[\w-]+)[^\n"]*(?:"(?P<title>[^"\n]*)")?[ ]*\n'
    r"(?P<body>(?:(?:[ ]{4}[^\n]*|[ ]*)(?:\n|\Z))+)",
    re.M,
)


def plain_markdown(text: str, resolve: Callable[[str], str]) -> str:
    """Return the page with canonical links, headings that link to themselves, and notes as quotations."""
    return _NOTE.sub(_quotation, outside_code(relinked(text, resolve), lambda part: _headings(part, resolve)))


def _headings(text: str, resolve: Callable[[str], str]) -> str:
    """Let each heading with an anchor link to its section, so that an answer can cite it."""

    def replace(match: re.Match[str]) -> str:
        title = match["title"]
        linked = title if "](" in title else f"[{title}]({resolve('#' + match['id'])})"
        return f"{match['marks']} {linked}"

    return _HEADING.sub(replace, text)


def _quotation(match: re.Match[str]) -> str:
    title = match["title"] or match["kind"].capitalize()
    lines = (line.removeprefix("    ").rstrip() for line in match["body"].strip("\n").split("\n"))
    quoted = "\n".join(f"> {line}".rstrip() for line in lines)
    return f"> **{title}**\n>\n{quoted}\n\n"
