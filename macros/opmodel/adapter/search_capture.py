"""Takes out of a page, while the search plugin reads it, what the plugin cannot read or reads too slowly.

Three things are taken out, and put back afterwards:

- the rows of large tables: the plugin takes 13 times as long for a thousand of them as this does. Views, which give the
  entries of generated pages, cannot give these: the tables stand on pages of ``docs/``, among Markdown and headings
  that only the plugin reads, and an entry has the words of both in the order of the page;
- the ids of headings inside lists and paragraphs. The plugin begins a section at each heading with an id, and then
  looks for the start of the list in the new section's text, where it is not;
- excluded parts that hold elements of their own name. The plugin forgets that it is inside such a part
  (``data-search-exclude``) where the inner element ends, and fails at the end of one that it did not see begin.
"""

import re
from collections.abc import Iterable, Iterator
from html import escape as escape_html
from html import unescape
from typing import Any

from markupsafe import escape

from opmodel.adapter.host import MkDocsConfig, Page, search_plugin

PluginEntry = dict[str, Any]
"""An entry as the search plugin makes it, whose title and text are HTML."""


class SearchCapture:
    """Prepares a page for the search plugin, until :meth:`end`.

    Where a page has no heading, the plugin takes the page's title as it is, among texts that it made HTML: so the title
    is HTML until then.
    """

    def __init__(self, config: MkDocsConfig, page: Page) -> None:
        plugin = search_plugin(config)
        self.entries: list[PluginEntry] = plugin.search_index.entries if plugin else []
        self.before = len(self.entries)
        self.excluded = ExcludedParts(page.content or "")
        self.hidden = HiddenTables(without_inner_sections(self.excluded.html))
        self.meta = page.meta
        page.content = self.hidden.html
        page.meta = {**page.meta, "title": escape(page.meta.get("title", page.title))}

    def end(self, page: Page) -> None:
        """Put back what was taken out of the page, and add the words of its tables to what the plugin found."""
        page.meta = self.meta
        self.hidden.completed(self.entries[self.before :])
        page.content = self.excluded.whole(with_inner_sections(self.hidden.whole(page.content or "")))


_MOST = 20_000
"""Tables with fewer characters are left to the plugin."""
_TABLE = re.compile(r'(?<=>)(\s+<table class="om-grid">)(.*?)(</table>\s+)(?=<)', re.DOTALL)
"""A table with white space around it, which the plugin finds just as well around a mark."""
_ANY_TAG = re.compile(r"<[^>]*>")
_SILENT = re.compile(r"</?(?:caption|thead|tbody|tr|th|td|span|a)(?=[\s>])(?![^>]*data-search-)[^>]*>")
"""A tag that the plugin does not keep."""
_MARK = "\x02table {}\x03"
"""Control characters cannot stand in data."""


class HiddenTables:
    """A page without its large tables."""

    def __init__(self, html: str) -> None:
        self.rows: list[str] = []
        self.html = _TABLE.sub(self._marked, html) if len(html) > _MOST else html

    def _marked(self, match: re.Match[str]) -> str:
        before, rows, after = match.groups()
        if len(rows) < _MOST or "<" in _SILENT.sub("", rows):
            return match[0]
        self.rows.append(rows)
        return before + _MARK.format(len(self.rows) - 1) + after

    def whole(self, html: str) -> str:
        """Return a page with the rows where their marks stand."""
        for number, rows in enumerate(self.rows):
            html = html.replace(_MARK.format(number), rows)
        return html

    def completed(self, entries: Iterable[dict[str, Any]]) -> None:
        """Put the words of the tables where their marks stand in what the search plugin found."""
        words = ["".join(_words(rows)).removesuffix(" ") for rows in self.rows]
        for entry in entries:
            for number, text in enumerate(words):
                entry["text"] = entry["text"].replace(_MARK.format(number), text)


def _words(rows: str) -> Iterator[str]:
    """Yield the pieces of text between tags. White space is one space, and none after another; a table follows some."""
    spaced = True
    for piece in filter(None, _ANY_TAG.split(rows)):
        text = unescape(piece)
        if not text.isspace():
            yield escape_html(text.replace("\n", " "), quote=False)
        elif not spaced:
            yield " "
        spaced = text.isspace()


_SECTION_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>p|code|pre|li|ol|ul|sub|sup|h[1-6])(?=[\s>])(?P<rest>[^>]*)>", re.IGNORECASE
)
_ID = re.compile(r"(?<=\s)id(?=\s*=)", re.IGNORECASE)
_HIDDEN_ID = "data-om-id"


def without_inner_sections(html: str) -> str:
    """Return a page on which headings inside lists and paragraphs have no id."""
    opened: list[str] = []

    def without_id(tag: re.Match[str]) -> str:
        name = tag["name"].lower()
        if name[0] == "h":
            return _ID.sub(_HIDDEN_ID, tag[0], count=1) if opened and not tag["end"] else tag[0]
        if not tag["end"]:
            opened.append(name)
        elif name in opened:
            while opened.pop() != name:
                pass
        return tag[0]

    return _SECTION_TAG.sub(without_id, html)


def with_inner_sections(html: str) -> str:
    """Return a page with the ids of all headings."""
    return re.sub(rf"(?<=\s){_HIDDEN_ID}(?=\s*=)", "id", html)


_EXCLUDE = "data-search-exclude"
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)(?P<rest>[^<>]*)>", re.IGNORECASE)

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
"""Elements that have no end."""


class ExcludedParts:
    """A page without the excluded parts that hold elements of their own name."""

    def __init__(self, html: str) -> None:
        self.parts: list[str] = []
        self.html = self._without(html) if _EXCLUDE in html else html

    def _without(self, html: str) -> str:
        kept, end = [], 0
        for first, last in _nested_parts(html):
            kept += [html[end:first], _part_mark(len(self.parts))]
            self.parts.append(html[first:last])
            end = last
        return "".join((*kept, html[end:]))

    def whole(self, html: str) -> str:
        """Return a page with the parts where their comments stand."""
        for number, part in enumerate(self.parts):
            html = html.replace(_part_mark(number), part)
        return html


def _part_mark(number: int) -> str:
    return f"<!--\x02part {number}\x03-->"


def _nested_parts(html: str) -> list[tuple[int, int]]:
    """Return where each outermost excluded part begins and ends that holds an element of its own name."""
    found, name, start, depth, nested = [], "", 0, 0, False
    for tag in _TAG.finditer(html):
        if not name:
            if not tag["end"] and _EXCLUDE in tag["rest"] and tag["name"].lower() not in _VOID:
                name, start, depth, nested = tag["name"].lower(), tag.start(), 1, False
        elif tag["name"].lower() == name:
            depth += -1 if tag["end"] else 1
            nested = nested or depth > 1
            if depth == 0:
                found += [(start, tag.end())] if nested else []
                name = ""
    return found
