"""Large tables, which the search plugin of the theme would read character by character for as long as all else takes.

A table of a thousand rows is taken out of a page while the plugin looks, and a mark is left where its rows were. The
plugin's entry then holds the mark, and the words of the table take its place: exactly those that the plugin would have
found. It keeps the tags of lists, paragraphs and code, which is why only tables without them are taken out.
"""

import re
from collections.abc import Iterable, Iterator
from html import escape, unescape
from typing import Any

_MOST = 20_000
"""The plugin may read tables of so many characters itself."""
_TABLE = re.compile(r'(?<=>)(\s+<table class="om-grid">)(.*?)(</table>\s+)(?=<)', re.DOTALL)
"""A table with white space around it, which the plugin finds just as well around a mark."""
_TAG = re.compile(r"<[^>]*>")
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
    for piece in filter(None, _TAG.split(rows)):
        text = unescape(piece)
        if not text.isspace():
            yield escape(text.replace("\n", " "), quote=False)
        elif not spaced:
            yield " "
        spaced = text.isspace()
