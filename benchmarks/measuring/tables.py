"""Figures as Markdown tables, for a terminal and for a page."""

from collections.abc import Sequence


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table with its columns in line, the first to the left and the others to the right."""
    widths = [max(len(row[n]) for row in (head, *rows)) for n in range(len(head))]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join(_line(row, widths) for row in (head, rule, *rows))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = zip(cells, widths, strict=True)
    return f"| {' | '.join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)])} |"


def short(value: float | None) -> str:
    """Return a figure with about two telling digits: 0.31, 3.4, 34, 3,400; a dash where there is none."""
    if value is None:
        return "–"
    return f"{value:,.2f}" if value < 1 else f"{value:,.1f}" if value < 20 else f"{value:,.0f}"
