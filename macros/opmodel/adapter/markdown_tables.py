"""Markdown extension that gives tables a region that can be scrolled, a caption, and headings with a scope."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from markdown import Markdown  # type: ignore[import-untyped]
from markdown.extensions import Extension  # type: ignore[import-untyped]
from markdown.treeprocessors import Treeprocessor  # type: ignore[import-untyped]

_HEADINGS = {"h1", "h2", "h3", "h4"}


class MarkdownTables(Extension):  # type: ignore[misc]
    """A Markdown extension that names each table by the heading above it."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 the host's name
        """Run after attributes are read from headings and before links are added to them."""
        md.treeprocessors.register(_Tables(md), "opmodel_tables", 6)


class _Tables(Treeprocessor):  # type: ignore[misc]
    """Rewrites the tables of one page."""

    def run(self, root: Element) -> None:
        used: dict[str, int] = {}
        for parent, index, table, name in list(_tables(root)):
            used[name] = used.get(name, 0) + 1
            title = name if used[name] == 1 else f"{name} ({used[name]})"
            _complete(table, title)
            region = Element("div", {"class": "om-table", "role": "region", "aria-label": title, "tabindex": "0"})
            region.tail, table.tail = table.tail, None
            parent[index] = region
            region.append(table)


def _tables(root: Element) -> Iterator[tuple[Element, int, Element, str]]:
    """Yield (parent, position, table, the heading above it) for every table."""
    heading = "Table"
    for parent in root.iter():
        for index, child in enumerate(parent):
            if child.tag in _HEADINGS:
                heading = "".join(child.itertext()).strip() or heading
            elif child.tag == "table":
                yield parent, index, child, heading


def _complete(table: Element, title: str) -> None:
    caption = Element("caption", {"class": "om-hidden"})
    caption.text = title
    table.insert(0, caption)
    table.set("class", "om-prose")
    names = ["".join(cell.itertext()).strip() for cell in table.iter("th")]
    for cell in table.iter("th"):
        _align(cell)
        cell.set("scope", "col")
    for row in table.iter("tr"):
        for name, cell in zip(names, row.findall("td"), strict=False):
            _complete_cell(cell, name)


def _complete_cell(cell: Element, name: str) -> None:
    """Add the name of the cell's column, for small screens where a row is shown as a card, and wrap its content."""
    _align(cell)
    cell.set("data-label", name)
    part = Element("span")
    part.text, cell.text = cell.text, None
    for child in list(cell):
        cell.remove(child)
        part.append(child)
    if part.text or len(part):
        cell.append(part)


def _align(cell: Element) -> None:
    """Replace the style that aligns a cell by a class, because the site's policy allows no styles within a page."""
    align = cell.attrib.pop("style", "")
    if align:
        cell.set("class", f"om-{align.removeprefix('text-align: ').rstrip(';')}")
