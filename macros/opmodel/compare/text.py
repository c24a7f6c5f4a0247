"""A comparison as plain text for a terminal."""

import textwrap
from collections.abc import Iterator

from opmodel.compare.packets import PacketChange
from opmodel.compare.report import ReportChapter, ReportTable, chapters, packet_tables
from opmodel.compare.sites import SiteChange

_WIDTH = 100


def as_text(change: SiteChange, base: str, head: str) -> str:
    """Return the comparison of ``base`` with ``head`` as lines of text."""
    if not change:
        return f"No packet differs between {base} and {head}."
    return "\n".join([f"{base} compared with {head}", *(line for c in chapters(change) for line in _chapter(c))])


def packet_as_text(change: PacketChange, name: str) -> str:
    """Return the difference of two versions of one packet as lines of text."""
    return "\n".join([name, *(line for part in packet_tables(change) for line in _part(part))])


def _chapter(chapter: ReportChapter) -> Iterator[str]:
    yield ""
    yield f"{chapter.title} ({chapter.id})" if chapter.id else chapter.title
    if chapter.summary:
        yield from _wrapped(chapter.summary, "  ")
    for part in chapter.parts:
        yield from _part(part)


def _part(part: ReportTable) -> Iterator[str]:
    yield ""
    yield f"  {part.title}"
    if part.lead:
        yield f"    {part.lead}"
    for row in part.rows:
        yield from _row(part, row)
    if part.more:
        yield f"    … and {part.more}"


def _row(part: ReportTable, row: tuple[str, ...]) -> Iterator[str]:
    cells = dict(zip(part.columns, row, strict=True))
    if "Example" in cells:
        yield from _wrapped(f"{cells['Change']}: {cells['Cases']} ({cells['Rules']})", "    ")
        yield from _wrapped(f"{cells['Example']}: was {cells['Was']}, now {cells['Now']}", "        ")
        return
    was, now = cells.pop("Was", ""), cells.pop("Now", "")
    head = ": ".join(text for text in cells.values() if text)
    moved = f"{was or '(nothing)'} → {now or '(nothing)'}" if "Was" in part.columns else now
    yield from _wrapped(f"{head}: {moved}" if moved else head, "    ")


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  ", break_on_hyphens=False
    ) or [indent]
