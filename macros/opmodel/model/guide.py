"""Pages of ``docs/``: front matter, headings and calls of macros."""

from dataclasses import dataclass
from datetime import date

from opmodel.source.page_macros import PageExpression


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A heading of a page; ``id`` is empty if it has no explicit anchor."""

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
    """An expression in a page, with its line and column."""

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
    """Other words by which search finds the page."""
    headings: tuple[Heading, ...]
    links: tuple[PlacedLink, ...] = ()
    ids: frozenset[str] = frozenset()
    """Everything that the page's own text lets a link lead to; what its macros add is not among it."""
    open_fences: tuple[int, ...] = ()
    """The lines of fences without an end."""
    expressions: tuple["PlacedExpression", ...] = ()
    """All expressions in the page, in order."""

    @property
    def blocks(self) -> tuple[tuple[str, ...], ...]:
        """The name and arguments of each call of a macro."""
        said = (each.expression for each in self.expressions)
        return tuple((each.name, *each.arguments) for each in said if each.arguments is not None)

    @property
    def anchors(self) -> frozenset[str]:
        """The page's id, and its id with each anchor, as references to the guide name them."""
        return frozenset({self.id, *(f"{self.id}#{heading.id}" for heading in self.headings if heading.id)})
