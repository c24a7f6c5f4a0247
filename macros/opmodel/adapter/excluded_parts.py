"""Parts of a page that the search leaves out, and that the search plugin of the theme cannot read.

The plugin forgets that it is inside such a part (``data-search-exclude``) where an element of the same name ends in it,
and then fails at the end of an element that it did not see begin. While it looks, a comment stands for such a part.
"""

import re

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
            kept += [html[end:first], _mark(len(self.parts))]
            self.parts.append(html[first:last])
            end = last
        return "".join((*kept, html[end:]))

    def whole(self, html: str) -> str:
        """Return a page with the parts where their comments stand."""
        for number, part in enumerate(self.parts):
            html = html.replace(_mark(number), part)
        return html


def _mark(number: int) -> str:
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
