"""HTML for people to read: one element a line where it is short, its children on lines of their own where it is not."""

import json
import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

WIDTH = 120
_VERBATIM = ("pre", "textarea", "style")
_SPACES = re.compile(r"\s+")


def pretty(html: str, selector: str) -> str:
    """Return the only element that ``selector`` finds in a page, indented."""
    (node,) = LexborHTMLParser(html).css(selector)
    return "".join(f"{line}\n" for line in _lines(node, ""))


def _lines(node: LexborNode, indent: str) -> Iterator[str]:
    tag = node.tag or ""
    if tag in ("-text", "-comment"):
        if text := _SPACES.sub(" ", node.html or "").strip():
            yield indent + text
        return
    if tag in _VERBATIM:
        yield indent + (node.html or "")
        return
    start, end = _tags(node)
    whole = _SPACES.sub(" ", node.html or "")
    if len(indent + whole) <= WIDTH and not node.css("pre, textarea, script"):
        yield indent + whole
        return
    yield indent + start
    if tag == "script":
        yield from (f"{indent}  {line}" for line in _script(node))
    else:
        for child in node.iter(include_text=True):
            yield from _lines(child, f"{indent}  ")
    if end:
        yield indent + end


def _tags(node: LexborNode) -> tuple[str, str]:
    """Return the start and the end tag of an element; one that holds nothing may have no end tag."""
    start = re.match(r"<(?:\"[^\"]*\"|[^\">])*>", node.html or "")
    assert start, node.html
    end = f"</{node.tag}>"
    return start[0], end if (node.html or "").endswith(end) else ""


def _script(node: LexborNode) -> list[str]:
    text = node.text()
    if "json" in (node.attributes.get("type") or ""):
        text = json.dumps(json.loads(text), indent=2, ensure_ascii=False)
    return text.strip().splitlines()
