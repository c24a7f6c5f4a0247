"""Reads Markdown pages: front matter, headings and calls of macros."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from itertools import accumulate
from pathlib import Path
from typing import Any

from opmodel.load.document import Document, Entry
from opmodel.load.records import fault_problem
from opmodel.model.guide import GuidePage, Heading, PlacedExpression
from opmodel.model.problem import Problem
from opmodel.source.fault import SourceFault
from opmodel.source.page_macros import PageSyntax, page_parts
from opmodel.source.reader import decode, parse, read_bytes
from opmodel.source.tree import MapNode

_HEADING = re.compile(r"(#{1,6})\s+")
_ANCHOR = re.compile(r"\{\s*#([A-Za-z0-9_-]+)[^}]*\}")
_FENCE = re.compile(r"\s*(```|~~~)")


def read_page(root: Path, file: Path, syntax: PageSyntax) -> tuple[Entry[GuidePage] | None, list[Problem]]:
    """Read a page of ``docs/``; None with problems if it cannot be read."""
    path = file.relative_to(root).as_posix()
    try:
        text = decode(read_bytes(file, root))
    except SourceFault as fault:
        return None, [fault_problem(path, fault)]
    front, body_line, faults = _front_matter(text)
    problems = [fault_problem(path, fault) for fault in faults]
    if any(not fault.warning for fault in faults):
        return None, problems
    return Entry(_page(path, text.split("\n"), front, body_line, syntax), Document(path, front)), problems


def _page(path: str, lines: list[str], front: MapNode | None, start: int, syntax: PageSyntax) -> GuidePage:
    headings = tuple(_headings(lines, start))
    meta: dict[str, Any] = front.plain if front else {}
    title = str(meta.get("title") or next((h.title for h in headings if h.level == 1), ""))
    return GuidePage(
        id=Path(path).stem,
        path=path.removeprefix("docs/"),
        title=title,
        description=str(meta.get("description") or ""),
        reviewed=_day(meta.get("reviewed")),
        also_asked=_phrases(meta.get("also_asked")),
        headings=headings,
        expressions=tuple(_expressions(lines, start, syntax)) if _renders(meta, syntax) else (),
    )


def _front_matter(text: str) -> tuple[MapNode | None, int, list[SourceFault]]:
    """Return the front matter with positions in the whole file, its last line, and its faults."""
    if not text.startswith("---\n") or (end := text.find("\n---\n", 3)) < 0:
        return None, 0, []
    front = text[4 : end + 1]
    if not front.strip():
        return None, 2, []
    node, faults = parse("\n" + front)  # an empty line for the first ---, so that line numbers fit
    return (node if isinstance(node, MapNode) else None), text.count("\n", 0, end + 5), faults


def _headings(lines: list[str], start: int) -> list[Heading]:
    found, fenced = [], False
    for number, line in enumerate(lines[start:], start + 1):
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced and (match := _HEADING.match(line)):
            text = line[match.end() :].rstrip().rstrip("#").rstrip()
            at = text.rfind("{")  # found first, because a pattern would try every position of a long line
            anchor = _ANCHOR.fullmatch(text, at) if at >= 0 else None
            title, name = (text[:at].rstrip(), anchor[1]) if anchor else (text, "")
            found.append(Heading(id=name, title=title, level=len(match[1]), line=number))
    return found


def _renders(meta: dict[str, Any], syntax: PageSyntax) -> bool:
    """Return whether macros are rendered on a page, by its front matter or the site's settings."""
    said = meta.get("render_macros")
    return syntax.enabled and (said if isinstance(said, bool) else syntax.by_default)


def _expressions(lines: list[str], start: int, syntax: PageSyntax) -> Iterator[PlacedExpression]:
    ends = list(accumulate(len(line) + 1 for line in lines[start:]))
    for piece in page_parts("\n".join(lines[start:]), syntax):
        if piece.expression:
            row = bisect_right(ends, piece.start)
            column = piece.start - (ends[row - 1] if row else 0) + 1
            yield PlacedExpression(piece.expression, start + row + 1, column)


def _phrases(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, tuple) else ()


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
