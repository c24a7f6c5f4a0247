"""Reading of the tables of HTML and Markdown documents, as grids."""

import re
from collections.abc import Mapping
from dataclasses import replace
from html.parser import HTMLParser

from opmodel.worksheets.grid import (
    MAX_COLUMNS,
    MAX_ROWS,
    CellValue,
    Grid,
    MergedArea,
    Place,
    Unplaced,
    UnreadableSpreadsheet,
    cut_off,
    fill_merged,
    raised_figures,
    squared,
)

_STRUCK = frozenset({"s", "del", "strike"})
_UNSEEN = frozenset({"script", "style", "template", "title", "head"})
_BLOCKS = frozenset({"br", "p", "div", "li"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "caption"})
_ROWS_OF_MARKDOWN = re.compile(r"^ {0,3}\|?[ \t]*:?-+:?[ \t]*(\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$", re.M)


def is_markdown(text: str) -> bool:
    """Whether a text has a table in Markdown: a line of hyphens and bars under a heading."""
    return bool(_ROWS_OF_MARKDOWN.search(text))


def markdown_grids(title: str, text: str) -> tuple[Grid, ...]:
    """Return the tables of a Markdown document, each under the heading before it."""
    from markdown_it import MarkdownIt  # slow to import, and other files need none of it

    return html_grids(title, MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(text))


def html_grids(title: str, text: str) -> tuple[Grid, ...]:
    """Return the tables of an HTML document, each under its caption or the heading before it."""
    reader = _TableReader()
    reader.feed(text)
    reader.close()
    tables = reader.tables + reader.open
    taken: dict[str, int] = {}
    grids = []
    for table in tables:
        name = " ".join((table.title or title).split())[:80]
        taken[name] = taken.get(name, 0) + 1
        grids.append(table.grid(f"{name} ({taken[name]})" if taken[name] > 1 else name))
    if grids and reader.lines:
        why = "text outside of the tables; not read"
        note = Unplaced(sheet=title, cell="", value=reader.lines[0], why=why, recognised=True)
        return (*grids[:-1], replace(grids[-1], notes=(*grids[-1].notes, note)))
    return tuple(grids)


class _Table:
    """One table while it is read."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.rows: list[list[CellValue]] = []
        self.taken: dict[Place, None] = {}
        self.merged: list[MergedArea] = []
        self.struck: dict[Place, str] = {}
        self.row = -1
        self.column = 0
        self.cell: Place | None = None
        self.text: list[str] = []
        self.gone: list[str] = []

    def start_row(self) -> None:
        self.end_cell()
        self.row, self.column = self.row + 1, 0
        if self.row < MAX_ROWS:
            self.rows.append([])

    def start_cell(self, attributes: Mapping[str, str | None]) -> None:
        self.end_cell()
        if self.row < 0:
            self.start_row()
        while (self.row, self.column) in self.taken:
            self.column += 1
        column = self.column
        down = _span(attributes.get("rowspan"), MAX_ROWS - self.row)
        right = _span(attributes.get("colspan"), MAX_COLUMNS - column)
        if (down, right) != (1, 1):
            self.merged.append(MergedArea(self.row, column, self.row + down, column + right))
        self.taken |= dict.fromkeys((self.row + r, column + c) for r in range(down) for c in range(right))
        self.cell, self.text, self.gone = (self.row, column), [], []

    def end_cell(self) -> None:
        if self.cell is None:
            return
        row, column = self.cell
        if row < MAX_ROWS and column < MAX_COLUMNS:
            cells = self.rows[row]
            cells += [None] * (column + 1 - len(cells))
            cells[column] = _clean(self.text) or None
            if gone := _clean(self.gone):
                self.struck[self.cell] = gone
        self.cell = None

    def grid(self, title: str) -> Grid:
        self.end_cell()
        width = max((column + 1 for row, column in self.taken if row < len(self.rows)), default=0)
        rows = [[*row, *[None] * (width - len(row))] for row in self.rows]
        notes = cut_off(title, self.row + 1, width)
        merged = tuple(self.merged)
        try:
            filled = frozenset(fill_merged(merged, rows))
        except ValueError as error:
            raise UnreadableSpreadsheet(f"a table {error}") from None
        return Grid(
            title=title,
            rows=squared(rows),
            filled=filled,
            merged=merged,
            struck=self.struck,
            notes=tuple(notes),
            untold="comments",
        )


def _span(text: str | None, most: int) -> int:
    count = int(text) if text and text.isdecimal() and len(text) < 9 else 1
    return max(1, min(count, most))


def _clean(parts: list[str]) -> str:
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


class _TableReader(HTMLParser):
    """Collects the tables of a document. A table inside a cell is a table of its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self.open: list[_Table] = []
        self.lines: list[str] = []
        self.heading: list[str] | None = None
        self.title = ""
        self.struck: list[str] = []
        self.raised = 0
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        table = self.open[-1] if self.open else None
        if tag == "table":
            self.open.append(_Table(self.title))
        elif tag in _HEADINGS:
            self.heading = []
        elif table and tag == "tr":
            table.start_row()
        elif table and tag in ("td", "th"):
            table.start_cell(dict(attrs))
        elif tag in _BLOCKS:
            self.put("\n")
        if tag in _STRUCK or "line-through" in (dict(attrs).get("style") or ""):
            self.struck.append(tag)
        self.raised += tag == "sup"
        self.unseen += tag in _UNSEEN

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self.open:
            self.tables.append(self.open.pop())
        elif tag in _HEADINGS and self.heading is not None:
            self.title, self.heading = _clean(self.heading), None
            if tag == "caption" and self.open:
                self.open[-1].title = self.title
        elif self.open and tag in ("td", "th", "tr"):
            self.open[-1].end_cell()
        elif tag in _BLOCKS:
            self.put("\n")
        if self.struck and self.struck[-1] == tag:
            self.struck.pop()
        self.raised -= tag == "sup" and self.raised > 0
        self.unseen -= tag in _UNSEEN and self.unseen > 0

    def handle_data(self, data: str) -> None:
        text = data.replace("\n", " ").replace("\u00a0", " ")
        self.put(raised_figures(text) if self.raised else text)

    def put(self, text: str) -> None:
        """Add text to the heading, cell or prose that is being read."""
        if self.unseen:
            return
        if self.heading is not None:
            self.heading.append(text)
        elif self.open and self.open[-1].cell:
            (self.open[-1].gone if self.struck else self.open[-1].text).append(text)
        elif text.strip():
            self.lines.append(text.strip())
