"""The guide as the rest of the data sees it: pages with sections that can be linked to."""

from dataclasses import dataclass
from datetime import date

from opmodel.source.page_macros import PageExpression


@dataclass(frozen=True, kw_only=True)
class Heading:
    """One section of a guide page; ``id`` is empty when the author gave it no anchor."""

    id: str
    title: str
    level: int
    line: int
    html: bool = False
    """Whether it is written as HTML."""


@dataclass(frozen=True, slots=True)
class PlacedLink:
    """A link or picture of a page: its target as it is written, and where it stands in the file."""

    target: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class PlacedExpression:
    """What a page asks of macros, and where it stands in the file."""

    expression: PageExpression
    line: int
    column: int


@dataclass(frozen=True, kw_only=True)
class GuidePage:
    """A page of ``docs/guide/``: ``path`` as in ``guide/approval-model.md``; ``id`` is ``approval-model``."""

    id: str
    path: str
    title: str
    description: str
    reviewed: date | None
    also_asked: tuple[str, ...] = ()
    """Other words in which people look for this page; search finds them."""
    headings: tuple[Heading, ...]
    links: tuple[PlacedLink, ...] = ()
    ids: frozenset[str] = frozenset()
    """Everything that the page's own text lets a link lead to; what its macros add is not among it."""
    open_fences: tuple[int, ...] = ()
    """The lines of fences without an end."""
    expressions: tuple["PlacedExpression", ...] = ()
    """Everything that the page asks of macros, in the order of the page."""

    @property
    def blocks(self) -> tuple[tuple[str, ...], ...]:
        """Each macro that the page calls: its name and its arguments."""
        said = (each.expression for each in self.expressions)
        return tuple((each.name, *each.arguments) for each in said if each.arguments is not None)

    @property
    def anchors(self) -> frozenset[str]:
        """Every address within the guide that leads to this page: its id, and its id with each anchor."""
        return frozenset({self.id, *(f"{self.id}#{heading.id}" for heading in self.headings if heading.id)})
