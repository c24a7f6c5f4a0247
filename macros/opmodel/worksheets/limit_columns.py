"""The columns of an authority table: where its heading stands, and which hold limits, approvers and the rest."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from opmodel.approval.limit_amounts import LimitContext, LimitNotRead
from opmodel.approval.limit_numbers import decimal_mark
from opmodel.approval.limit_text import Limit, read_heading, read_limit
from opmodel.approval.limit_words import limit_words, tokens
from opmodel.worksheets.grid import HEADING_ROWS
from opmodel.worksheets.limit_approvers import has_function, whole_meaning

Rows = Sequence[Sequence[str]]
_LOWER, _UPPER = ("at_least", "above"), ("at_most", "below")


class ColumnKind(StrEnum):
    """What a column holds."""

    LIMIT = "limit"
    APPROVER = "approver"
    MARKS = "marks"
    ADVISED = "advised"
    LABEL = "label"
    NOTE = "note"
    OTHER = "other"
    INPUT = "input"
    EMPTY = "empty"


@dataclass(frozen=True, kw_only=True)
class LimitLayout:
    """The layout of an authority table.

    Args:
        rows: All rows of the sheet.
        head: The row of the headings; -1 if there is none.
        kinds: What each column holds.
        contexts: What the heading of each column says about numbers below it.
        across: The columns whose headings are limits, with approvers below them.
        score: How many cells hold a limit.
    """

    rows: Rows
    head: int
    kinds: tuple[ColumnKind, ...]
    contexts: tuple[LimitContext, ...]
    across: tuple[int, ...] = ()
    score: int = 0

    def heading(self, column: int) -> str:
        """Return the heading of a column on one line."""
        return " ".join(self.rows[self.head][column].split()) if self.head >= 0 else ""

    def of(self, kind: ColumnKind) -> list[int]:
        """Return the columns of one kind."""
        return [number for number, each in enumerate(self.kinds) if each is kind]

    @property
    def is_pair(self) -> bool:
        """Whether two columns hold the lower and the upper end of each limit."""
        alone = [self.contexts[column].alone for column in self.of(ColumnKind.LIMIT)]
        return len(alone) == 2 and alone[0] in _LOWER and alone[1] in _UPPER

    @property
    def first_section(self) -> str:
        """The only text above the heading, if the heading stands once more below such a text; or else empty."""
        texts = [list(dict.fromkeys(filter(None, row))) for row in self.rows]
        if self.head < 1 or len(texts[self.head - 1]) != 1:
            return ""
        heading = list(self.rows[self.head])
        below = range(self.head + 1, len(texts))
        again = any(list(self.rows[number]) == heading and len(texts[number - 1]) == 1 for number in below)
        return texts[self.head - 1][0] if again else ""


def find_layout(rows: Rows) -> LimitLayout | None:
    """Return the layout of the table with the most limits, or None if there are none."""
    mark = decimal_mark(text for row in rows for text in row)
    layouts = [_layout(rows, head, mark) for head in range(-1, min(len(rows) - 1, HEADING_ROWS))]
    return max((each for each in layouts if each.score), key=_merit, default=None)


def _merit(layout: LimitLayout) -> tuple[bool, int, int, bool, int, int]:
    """Return what makes a heading likely: several texts (a merged title is one), limits below it, words, no figures."""
    texts = [text for text in layout.rows[max(layout.head, 0)] if text]
    headings = texts if layout.head >= 0 else []
    named = sum(bool(words_of(text) or read_heading(text).alone) for text in headings)
    figures = any(token.kind == "figures" for text in headings for token in tokens(text)) and not layout.across
    return len(set(texts)) > 1, layout.score, named, not figures, len(headings), layout.head


def _layout(rows: Rows, head: int, mark: str) -> LimitLayout:
    width = max(map(len, rows), default=0)
    headings = rows[head] if head >= 0 else [""] * width
    contexts = tuple(_context(text, mark) for text in headings)
    across = tuple(
        c for c, text in enumerate(headings) if (limit := try_limit(text, contexts[c])) and limit.kind == "band"
    )
    below = [[row[column] for row in rows[head + 1 :] if row[column]] for column in range(width)]
    contexts = _reached_by_positions(headings, contexts, below)
    if len(across) > 1:
        kinds = tuple(ColumnKind.LIMIT if c in across else _kind(headings[c], below[c], 0) for c in range(width))
        score = sum(try_limit(text, LimitContext(mark=mark)) is None for column in across for text in below[column])
        return LimitLayout(rows=rows, head=head, kinds=kinds, contexts=contexts, across=across, score=score)
    counts = [_limits(headings[c], contexts[c], below[c]) for c in range(width)]
    kinds = tuple(_kind(headings[c], below[c], counts[c]) for c in range(width))
    score = sum(count for count, kind in zip(counts, kinds, strict=True) if kind is ColumnKind.LIMIT)
    return LimitLayout(rows=rows, head=head, kinds=kinds, contexts=contexts, score=score)


def _context(heading: str, mark: str) -> LimitContext:
    """Return what a heading says about numbers below it; below the title of a function they are how far it reaches."""
    context = read_heading(heading, mark)
    return replace(context, alone="at_most") if has_function(heading) and not context.alone else context


def _reached_by_positions(
    headings: Sequence[str], contexts: tuple[LimitContext, ...], below: Sequence[Sequence[str]]
) -> tuple[LimitContext, ...]:
    """Return the contexts of all columns. Below several headings, amounts alone are how far each position reaches if
    positions stand in the first column."""
    if not below or 2 * sum(map(has_function, below[0])) <= len(below[0]):
        return contexts
    reached = [replace(context, alone="at_most") for context in contexts]
    amounts = [
        column
        for column in range(1, len(contexts))
        if not contexts[column].alone
        and not words_of(headings[column])
        and below[column]
        and _are_amounts([try_limit(text, reached[column]) for text in below[column]])
    ]
    return tuple(reached[c] if c in amounts and len(amounts) > 1 else context for c, context in enumerate(contexts))


def _are_amounts(limits: Sequence[Limit | None]) -> bool:
    """Whether cells are limits, some of them amounts with a unit; no limit and no authority have none."""
    bands = [limit for limit in limits if limit and limit.kind == "band"]
    return None not in limits and bool(bands) and all(limit.unit for limit in bands)


def has_amount(text: str) -> bool:
    """Whether figures stand with a unit or a comparison, as in a limit that may not be read."""
    context = read_heading(text)
    figures = any(token.kind == "figures" for token in tokens(text))
    return figures and not context.scale and bool(context.unit or context.alone)


def try_limit(text: str, context: LimitContext) -> Limit | None:
    """Return the limit that ``text`` writes, or None."""
    try:
        return read_limit(text, context)
    except LimitNotRead:
        return None


def _limits(heading: str, context: LimitContext, cells: Sequence[str]) -> int:
    """Return how many cells are limits. Below headings such as *No* a number alone is none."""
    if words_of(heading) & {"label", "note"}:
        context = LimitContext(mark=context.mark)
    read = [limit for text in cells if (limit := try_limit(text, context))]
    bands = sum(limit.kind == "band" for limit in read)
    return bands if bands and 2 * len(read) >= len(cells) else 0


def _kind(heading: str, cells: Sequence[str], limits: int) -> ColumnKind:
    named = words_of(heading)
    if not cells:
        return ColumnKind.EMPTY
    if limits:
        return ColumnKind.LIMIT
    if "advised" in named:
        return ColumnKind.ADVISED
    if "other" in named:
        return ColumnKind.OTHER
    if all("marks" in whole_meaning(text) or "nothing" in whole_meaning(text) for text in cells):
        return ColumnKind.MARKS if has_function(heading) else ColumnKind.INPUT
    if "approver" in named or 2 * sum(map(has_function, cells)) > len(cells):
        return ColumnKind.APPROVER
    if "label" in named:
        return ColumnKind.LABEL
    return ColumnKind.NOTE if "note" in named else ColumnKind.INPUT


def words_of(heading: str) -> set[str]:
    """Return the groups of words in ``columns`` that a heading has a word of."""
    words = {token.text for token in tokens(heading)}
    return {name for name, group in limit_words()["columns"].items() if words & set(group)}


def signature_orders(headings: Sequence[str]) -> list[int]:
    """Return the place of the signature in the column below each heading.

    A column that names none comes last where another is the first, and else before the second.
    """
    orders = [_order(heading) for heading in headings]
    unnamed = len(headings) + max(orders, default=0) if 1 in orders else 0
    return [order or unnamed for order in orders]


def _order(heading: str) -> int:
    """Return the place of a signature that a heading names, from 1; 0 if it names none."""
    words = {token.text for token in tokens(heading)}
    return next((int(order) for order, group in limit_words()["orders"].items() if words & set(group)), 0)
