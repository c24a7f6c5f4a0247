"""Reads Markdown pages: front matter, headings and calls of macros."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from itertools import accumulate
from pathlib import Path
from typing import Any

from opmodel.load.document import Document, Entry
from opmodel.load.front_matter import RULE, front_matter
from opmodel.load.page_content import page_content
from opmodel.load.records import fault_problem
from opmodel.model.guide import GuidePage, PlacedExpression
from opmodel.model.problem import Problem
from opmodel.source.fault import SourceFault
from opmodel.source.page_macros import PageSyntax, page_parts
from opmodel.source.reader import decode, read_bytes
from opmodel.source.tree import MapNode

_GUIDE_KEYS = frozenset({"reviewed"})
"""What a rule of its own looks at in the front matter of the guide's pages."""


def read_page(
    root: Path, file: Path, syntax: PageSyntax, templates: frozenset[str] = frozenset()
) -> tuple[Entry[GuidePage] | None, list[Problem]]:
    """Read a page of ``docs/``; None with problems if it cannot be read.

    ``templates`` are the names of the site's own templates.
    """
    path = file.relative_to(root).as_posix()
    try:
        text = decode(read_bytes(file, root))
    except SourceFault as fault:
        return None, [fault_problem(path, fault)]
    front, body_line, faults = front_matter(
        text, templates, _GUIDE_KEYS if file.parent.name == "guide" else frozenset()
    )
    problems = [fault_problem(path, fault) for fault in faults]
    if any(not fault.warning and fault.rule != RULE for fault in faults):
        return None, problems
    return Entry(_page(path, text.split("\n"), front, body_line, syntax), Document(path, front)), problems


def _page(path: str, lines: list[str], front: MapNode | None, start: int, syntax: PageSyntax) -> GuidePage:
    content = page_content("\n".join(lines[start:]), start + 1)
    meta: dict[str, Any] = front.plain if front else {}
    title = str(meta.get("title") or next((h.title for h in content.headings if h.level == 1), ""))
    return GuidePage(
        id=Path(path).stem,
        path=path.removeprefix("docs/"),
        title=title,
        description=str(meta.get("description") or ""),
        reviewed=_day(meta.get("reviewed")),
        also_asked=_phrases(meta.get("also_asked")),
        headings=content.headings,
        links=content.links,
        ids=content.ids,
        open_fences=content.open_fences,
        expressions=tuple(_expressions(lines, start, syntax)) if _renders(meta, syntax) else (),
    )


def _renders(meta: dict[str, Any], syntax: PageSyntax) -> bool:
    """Return whether macros are rendered on a page, by its front matter or the site's settings."""
    said = meta.get("render_macros")
    return syntax.enabled and (said if isinstance(said, bool) else syntax.by_default)


def _expressions(lines: list[str], start: int, syntax: PageSyntax) -> Iterator[PlacedExpression]:
    ends: list[int] = []
    for part in page_parts("\n".join(lines[start:]), syntax):
        if part.expression:
            ends = ends or list(accumulate(len(line) + 1 for line in lines[start:]))
            row = bisect_right(ends, part.start)
            column = part.start - (ends[row - 1] if row else 0) + 1
            yield PlacedExpression(part.expression, start + row + 1, column)


def _phrases(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, tuple) else ()


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
