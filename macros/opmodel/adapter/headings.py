"""Headings inside lists and paragraphs, which the search plugin of the theme cannot read.

The plugin begins a section at each heading with an id, and then looks for the start of the list in the new section's
text, where it is not. While the plugin looks, such a heading has its id under another name, and so begins no section.
"""

import re

_TAG = re.compile(r"<(?P<end>/?)(?P<name>p|code|pre|li|ol|ul|sub|sup|h[1-6])(?=[\s>])(?P<rest>[^>]*)>", re.IGNORECASE)
_ID = re.compile(r"(?<=\s)id(?=\s*=)", re.IGNORECASE)
_HIDDEN = "data-om-id"


def without_inner_sections(html: str) -> str:
    """Return a page on which headings inside lists and paragraphs have no id."""
    opened: list[str] = []

    def look(tag: re.Match[str]) -> str:
        name = tag["name"].lower()
        if name[0] == "h":
            return _ID.sub(_HIDDEN, tag[0], count=1) if opened and not tag["end"] else tag[0]
        if not tag["end"]:
            opened.append(name)
        elif name in opened:
            while opened.pop() != name:
                pass
        return tag[0]

    return _TAG.sub(look, html)


def with_inner_sections(html: str) -> str:
    """Return a page with the ids of all headings."""
    return re.sub(rf"(?<=\s){_HIDDEN}(?=\s*=)", "id", html)
