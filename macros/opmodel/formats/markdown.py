"""Markdown output: escaping of text from data, canonical links, and templates.

The dialect is CommonMark with the tables of GitHub Flavored Markdown.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache, partial
from operator import add
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from opmodel.load.operating_model import OperatingModel
from opmodel.permalinks import addresses
from opmodel.source.markdown_code import code_ranges
from opmodel.views.render import TemplateEnvironment

_INLINE = re.compile(r"[\\`*\[\]<>|~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|&(?=#?\w+;)")
"""Characters with a meaning within a line; an underscore inside a word has none."""
_MAY_BE_INLINE = re.compile(r"[\\`*\[\]<>|~_&]")
_BLOCK = re.compile(r"(#{1,6}(?=\s|$)|[+-](?=\s|$)|[=-]+\s*$|\d{1,9}(?=[.)](?:\s|$)))")
"""The start of a heading, a list or a rule."""
_MAY_BE_CODE = re.compile(r"`|~~~|^(?: {4}|\t)", re.M)
_GAP = re.compile(r"\n\n\n+")  # as a count, {3,}, it would be looked for at every character: eight times as long
_PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9/:?#@&=.~_-]*")
_LINK = re.compile(
    r"(?P<before>\]\([ ]*<?|^\[[^\]\n]+\]:[ ]*<?)(?P<target>[^()\s<>]+)|(?<=<)(?P<auto>[a-z]+:[^\s<>]+)(?=>)", re.M
)


@lru_cache(maxsize=1 << 12)  # pages of one kind share most of their words
def escaped(text: str) -> Markup:
    """Escape plain text as Markdown on one line, for a paragraph, cell or heading."""
    line = " ".join(text.split())
    if _MAY_BE_INLINE.search(line):  # most texts have none of these, and to look at what is around each takes longer
        line = _INLINE.sub(r"\\\g<0>", line)
    if block := _BLOCK.match(line):
        line = _guard(block) + line[block.end() :]
    return Markup(line)  # noqa: S704 escaped above


def _guard(match: re.Match[str]) -> str:
    return f"{match[0]}\\" if match[0].isdigit() else f"\\{match[0]}"


@lru_cache(maxsize=1 << 12)
def code(text: str) -> Markup:
    """Return text as a code span, with a fence that is not in the text, and pipes escaped for tables."""
    line = " ".join(text.split())
    longest = max((len(run) for run in re.findall("`+", line)), default=0)
    fence, pad = "`" * (longest + 1), " " if longest else ""
    return Markup(f"{fence}{pad}{line}{pad}{fence}".replace("|", "\\|"))  # noqa: S704


def link(text: str, address: str, here: str = "") -> Markup:
    """Return a link with an escaped address. An anchor alone is on the page ``here``."""
    target = here + address if address[:1] == "#" else address
    if not _PLAIN_ADDRESS.fullmatch(target):
        target = quote(target, safe="/:?#[]@!$&'*+,;=%~-._")
    return Markup("".join(("[", escaped(text), "](", target, ")")))  # noqa: S704 escaped and quoted


def outside_code(text: str, change: Callable[[str], str]) -> str:
    """Return Markdown with ``change`` applied to every part that is not code."""
    if not _MAY_BE_CODE.search(text):
        return change(text)
    parts, end = [], 0
    for first, last in code_ranges(text):
        parts += [change(text[end:first]), text[first:last]]
        end = last
    return "".join((*parts, change(text[end:])))


def relinked(text: str, resolve: Callable[[str], str]) -> str:
    """Return Markdown with ``resolve`` applied to the target of every link outside code."""

    def replace(match: re.Match[str]) -> str:
        return resolve(match["auto"]) if match["auto"] else match["before"] + resolve(match["target"])

    return outside_code(text, lambda part: _LINK.sub(replace, part))


def canonical_links(text: str, model: OperatingModel) -> str:
    """Return a Markdown field with its own links (``guide:``, ``faq:``, ``packet:``, ``team:``) made canonical."""
    return relinked(text, partial(_canonical, model=model))


def _canonical(target: str, model: OperatingModel) -> str:
    address = addresses.link_address(target)
    return target if address == target else addresses.absolute(model, address)


def printed(template: str, model: OperatingModel, page: str = "", **values: Any) -> str:
    """Render ``templates/markdown/<template>`` with ``values`` for the page at address ``page``."""
    root = addresses.site_root(model)  # a page asks for a hundred addresses, which begin alike
    url = partial(add, root) if model.host.directory_urls else partial(addresses.absolute, model)
    linked = partial(link, here=url(page))
    text = (
        markdown_environment()
        .get_template(f"markdown/{template}")
        .render(url=url, link=linked, model=model, page=page, **values)
    )
    return _GAP.sub("\n\n", text).strip("\n") + "\n"


def _escape(value: object) -> str:
    """Escape a value of a template, unless it is Markdown already."""
    if value.__class__ is str:
        return escaped(value)
    return value if isinstance(value, Markup) else escaped(str(value))


def _written(text: str, model: OperatingModel) -> Markup:
    """Return a Markdown field as it was written, with canonical links."""
    return Markup(canonical_links(text, model).strip())  # noqa: S704


@cache
def markdown_environment() -> TemplateEnvironment:
    """Return the Jinja environment of the Markdown templates."""
    made = TemplateEnvironment(_escape)
    made.filters |= {"code": code, "written": _written}
    return made


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
    """Return a page of ``docs/`` as a Markdown page.

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
    """Return Markdown of ``docs/`` with canonical links, linked headings, and admonitions as quotations."""
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
