"""Building blocks of pages. ``kind`` names the macro that prints a block."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import quote

from opmodel.load.operating_model import OperatingModel
from opmodel.model.vocabulary import Layer, Side, Vocabulary
from opmodel.permalinks import addresses


@dataclass(frozen=True, kw_only=True)
class Badge:
    """A label with a shape and colour; ``group`` and ``value`` become CSS classes."""

    group: str
    value: str
    label: str
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """The content of a table cell or fact: text with an optional link, badge, note and nested cells."""

    text: str = ""
    address: str = ""
    href: str = ""
    badge: Badge | None = None
    items: tuple["Cell", ...] = ()
    code: bool = False
    parts: tuple[str, ...] = ()
    """The parts of code that stay on one line each; none where it may break anywhere."""
    note: str = ""

    if not TYPE_CHECKING:  # type checkers use the signature that the fields give

        def __init__(self, **given: Any) -> None:
            """Set the given fields. The others keep the defaults of the class.

            A page has hundreds of cells, and the initialiser of a frozen dataclass took a quarter of a view's time.
            """
            self.__dict__.update(given)

    @property
    def unlinked(self) -> bool:
        """Whether the cell has text that leads nowhere."""
        return bool(self.text) and not (self.address or self.href)

    @property
    def plain(self) -> bool:
        """Whether the cell holds only text."""
        return not (self.address or self.href or self.badge or self.items or self.code or self.note)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of a table; ``anchor`` is its id on the page and ``data`` its attributes for scripts."""

    cells: tuple[Cell, ...]
    anchor: str = ""
    data: tuple[tuple[str, str], ...] = ()


COPYABLE = (("om-copy", ""),)
"""Data of a row with buttons that copy its link and its text."""

ROWS_AT_A_TIME = 100
"""Rows of a long table that are shown at a time. Browsers lay out 100 without delay, and take a second for 1,000."""
SHOWN_LATER = (("om-later", ""),)
"""Data of a row that scripts hide until the reader chooses to show more."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """The heading of a column, which does not wrap if it is ``narrow``."""

    title: str
    narrow: bool = False


@lru_cache(maxsize=256)  # tables of one kind have the same columns in every packet
def columns(*titles: str, narrow: str = "") -> tuple[Column, ...]:
    """Return columns with these titles, of which ``narrow`` does not wrap."""
    return tuple(Column(title=title, narrow=title == narrow) for title in titles)


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table with row headings in its first column."""

    kind: ClassVar[str] = "table"
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    empty: str = "Nothing is listed yet."


@dataclass(frozen=True, kw_only=True)
class Facts:
    """A list of names with values."""

    kind: ClassVar[str] = "facts"
    facts: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True, kw_only=True)
class Text:
    """Plain paragraphs."""

    kind: ClassVar[str] = "text"
    paragraphs: tuple[str, ...]
    lead: str = ""


@dataclass(frozen=True, kw_only=True)
class Lists:
    """Lists side by side, such as in scope and out of scope."""

    kind: ClassVar[str] = "lists"
    lists: tuple[tuple[str, str, tuple[str, ...]], ...]
    """(name, heading, entries) of each."""


@dataclass(frozen=True, kw_only=True)
class FeedbackLink:
    """A link at the end of a page by which readers answer to it."""

    text: str
    address: str


@lru_cache(maxsize=256, typed=True)  # a side and a layer may be the same word, and mean something else
def badge(group: str, word: Vocabulary) -> Badge:
    """Return the badge of a word of a vocabulary."""
    return Badge(group=group, value=word.value, label=word.label, title=word.meaning)


def layer_badge(layer: Layer | Side) -> Badge:
    """Return the badge of a layer or side; both share colours and shapes."""
    return badge("layer", layer)


def edit_address(model: OperatingModel, path: str) -> str:
    """Return the address at which a data file is edited; empty if the site sets none."""
    edit = (model.site.value.edit or "") if model.site else ""
    return edit.replace("{path}", path)


def feedback_links(model: OperatingModel, title: str, address: str) -> tuple[FeedbackLink, ...]:
    """Return where readers discuss the page at ``address`` and report a problem with it, as far as the site says so."""
    if not model.site:
        return ()
    site = model.site.value
    places = {"Discuss": site.discussion, "Report a problem with this page": site.report}
    values = {"{title}": quote(title, safe=""), "{address}": quote(addresses.absolute(model, address), safe="")}
    return tuple(FeedbackLink(text=text, address=_filled(place, values)) for text, place in places.items() if place)


def _filled(address: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        address = address.replace(name, value)
    return address


def paragraphs(value: str) -> Text:
    """Return plain text as paragraphs: a blank line starts a new one."""
    return Text(paragraphs=tuple(part.strip() for part in value.split("\n\n") if part.strip()))


def paragraphs_cell(value: str) -> Cell:
    """Return plain text as a cell, with its paragraphs below each other."""
    parts = paragraphs(value).paragraphs
    return Cell(text=value) if len(parts) < 2 else Cell(items=tuple(Cell(text=part) for part in parts))
