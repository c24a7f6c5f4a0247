"""Finds headings, links and targets of links in the Markdown of pages in ``docs/``."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from opmodel.model.guide import Heading, PlacedLink
from opmodel.source.markdown_code import MarkdownLine, code_ranges, page_lines
from opmodel.text.slugs import without_accents

_HEADING = re.compile(r"(#{1,6})(.*)")
_UNDERLINE = re.compile(r"(=+|-+) *$")
_TAG = re.compile(r"<h(?P<level>[1-6])\b(?P<attributes>[^<>]*)>(?P<title>[^\n]*)", re.IGNORECASE)
_TAG_ID = re.compile(r"""\sid\s*=\s*["']?([^\s"'>]+)""", re.IGNORECASE)
_ATTRIBUTES = re.compile(r"\{:?\s*[^{}\s][^{}]*\}")
_ID = re.compile(r"""(?<=[\s{:])#([^\s{}"'<>#]+)""")
_ANY_ID = re.compile(r"""\b(?:id|name)\s*=\s*["']?([^\s"'<>]+)|\{[^{}\n]*#([^\s{}]+)""")
_BRACKETS = re.compile(r"[\[\]()]|\\[^\n]|\n[ \t>]*(?=\n)")
_OPENING = {"]": "[", ")": "("}
_DEFINITION = re.compile(r"^ {0,3}\[(?P<name>[^\[\]\n]+)\]: *(?P<target><[^<>\n]*>|\S+)", re.M)
_USE = re.compile(r"\[([^\[\]]+)\](?!:)")
_TITLE = re.compile(r"""\s+(?:"[^"]*"|'[^']*')\s*$""")
_LONGEST = 2000
"""The most characters of a link's target with its title."""


@dataclass(frozen=True, slots=True)
class MarkdownContent:
    """What a page holds: headings, links, ids that links can lead to, and the lines of fences without an end."""

    headings: tuple[Heading, ...]
    links: tuple[PlacedLink, ...]
    ids: frozenset[str]
    open_fences: tuple[int, ...]


@lru_cache(maxsize=1024)  # a preview, and a command that tries a change in a copy, read the same pages again
def page_content(text: str, first: int) -> MarkdownContent:
    """Return what the Markdown of a page holds; ``first`` is the number of its first line in the file."""
    lines = page_lines(text)
    shown = _without_comments(_masked(text, code_ranges(text, lines)))
    headings = tuple(_headings(lines, shown, first))
    ids = {one or other for one, other in _ANY_ID.findall(shown)}
    ids.update(filter(None, (heading.id or made_anchor(heading.title) for heading in headings)))
    return MarkdownContent(
        headings,
        tuple(_links(shown, [line.start for line in lines], first)),
        frozenset(ids),
        tuple(first + number for number, line in enumerate(lines) if line.opens),
    )


def made_anchor(title: str) -> str:
    """Return the anchor that the host makes of a heading without one."""
    plain = re.sub(r"[^\w\s-]", "", without_accents(title).encode("ascii", "ignore").decode()).strip()
    return re.sub(r"[-\s]+", "-", plain)


def _masked(text: str, ranges: list[tuple[int, int]]) -> str:
    """Return a page with spaces in place of what stands in ranges."""
    parts, end = [], 0
    for first, last in ranges:
        parts += [text[end:first], re.sub(r"[^\n]", " ", text[first:last])]
        end = last
    return "".join((*parts, text[end:]))


def _without_comments(text: str) -> str:
    if "<!--" not in text:
        return text
    ranges, end = [], 0
    while (begin := text.find("<!--", end)) >= 0 and (found := text.find("-->", begin + 4)) >= 0:
        end = found + 3
        ranges.append((begin, end))
    return _masked(text, ranges)


def _headings(lines: list[MarkdownLine], shown: str, first: int) -> Iterator[Heading]:
    """Yield every heading: after number signs, above an underline, and as HTML."""
    above, begins = "", True
    for number, line in enumerate(lines, first):
        text = line.text
        if line.code or not text or (text[0] in "#<=-" and not shown[line.start : line.end].strip()):
            above, begins = "", True
            continue
        match = _HEADING.match(text) if text[0] == "#" else None
        if match:
            yield _heading(match[2].strip().rstrip("#").rstrip(), len(match[1]), number)
        elif above and text[0] in "=-" and (under := _UNDERLINE.match(text)):
            yield _heading(above.strip(), 1 if under[1][0] == "=" else 2, number - 1)
        elif "<" in text and (tag := _TAG.search(text)) and shown[line.start : line.end].strip():
            name = _TAG_ID.search(tag["attributes"])
            title = re.sub(r"<[^<>]*>", "", tag["title"].split("</h")[0]).strip()
            yield Heading(id=name[1] if name else "", title=title, level=int(tag["level"]), line=number, html=True)
        above = text if begins and not match and not line.nested and not text.isspace() else ""
        begins = bool(match) or text.isspace()


def _heading(text: str, level: int, line: int) -> Heading:
    at = text.rfind("{")  # not part of the pattern, which would try every place in a long line
    if at <= 0 or text[at - 1] != " " or not _ATTRIBUTES.fullmatch(text, at):
        return Heading(id="", title=text, level=level, line=line)
    found = _ID.search(text, at)
    title = text[:at].rstrip().rstrip("#").rstrip()
    return Heading(id=found[1] if found else "", title=title, level=level, line=line)


def _links(text: str, starts: list[int], first: int) -> Iterator[PlacedLink]:
    for at, target in [*_inline(text), *_defined(text)]:
        row = bisect_right(starts, at) - 1
        yield PlacedLink(target, first + row, at - starts[row] + 1)


def _inline(text: str) -> Iterator[tuple[int, str]]:
    """Yield the place and the target of each link or picture with its target in parentheses."""
    if "](" not in text:
        return
    pairs = _pairs(text)
    for begin, middle in pairs.items():
        end = pairs.get(middle + 1) if text.startswith("](", middle) else None
        if end and end - middle < _LONGEST:
            target = _TITLE.sub("", text[middle + 2 : end]).strip()
            yield begin, target[1:-1] if target[:1] == "<" and target[-1:] == ">" else target


def _pairs(text: str) -> dict[int, int]:
    """Return where each bracket or parenthesis of a paragraph closes, by where it opens."""
    found: dict[int, int] = {}
    opened: dict[str, list[int]] = {"[": [], "(": []}
    for match in _BRACKETS.finditer(text):
        mark = match[0]
        if mark in opened:
            opened[mark].append(match.start())
        elif mark in _OPENING:
            if same := opened[_OPENING[mark]]:
                found[same.pop()] = match.start()
        elif mark[0] == "\n":
            opened = {"[": [], "(": []}
    return found


def _defined(text: str) -> Iterator[tuple[int, str]]:
    """Yield the place and the target of each link that has a name, where the page uses the name."""
    used: set[str] | None = None
    for match in _DEFINITION.finditer(text):
        used = {_name(name) for name in _USE.findall(text)} if used is None else used
        if match["name"][0] != "^" and _name(match["name"]) in used:
            yield match.start(), match["target"].strip("<>")


def _name(text: str) -> str:
    return " ".join(text.lower().split())
