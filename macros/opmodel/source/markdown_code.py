"""Where code stands in Markdown: fenced blocks, indented blocks and code spans, found in linear time.

Blocks are those of CommonMark. Notes, tabs, footnotes and definitions, which the pages of ``docs/`` may have as well,
hold what is indented by four spaces.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

_QUOTE = re.compile(r" {0,3}> ?")
_ITEM = re.compile(r"( {0,3}(?:[-*+]|\d{1,9}[.)]))( +|$)")
_RULE = re.compile(r" {0,3}(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})$")
_NOTE = re.compile(r" {0,3}(?:(?:!!!|\?\?\?\+?|===[!+]?) .*$|\[\^[^\]]+\]:|: (?=  ))")
_FENCE = re.compile(r" {0,3}(?P<mark>`{3,}(?=[^`]*$)|~{3,})")
_STARTS = re.compile(rf"#|(?:{'|'.join(each.pattern for each in (_QUOTE, _ITEM, _RULE, _NOTE))})|{_FENCE.pattern}")
"""What begins a block even where a paragraph could go on."""
_TICKS = re.compile(r"`+")
_PARAGRAPHS = re.compile(r"\n[ \t>]*(?=\n)")
_DEEPEST = 30
"""How many lists, quotations and notes are looked for, one in the other."""
_QUOTED = 0
"""Stands for a quotation among the containers of a line, in the place of a width."""


class MarkdownLine(NamedTuple):
    """One line of a page.

    Args:
        start: Place of its first character in the page.
        end: Place after its last character, before the line break.
        text: What it says within the lists, quotations and notes around it.
        code: Whether it belongs to a code block, fences included.
        nested: Whether anything is around it.
        opens: Whether it is the first line of a fenced block that has no end.
    """

    start: int
    end: int
    text: str
    code: bool = False
    nested: bool = False
    opens: bool = False


@dataclass(slots=True)
class _Scanner:
    """The state of a scan of Markdown lines for code."""

    containers: list[int] = field(default_factory=list)
    """The width of each list item or note around the present line, and `_QUOTED` for each quotation."""
    fence: str = ""
    opened: int = 0
    """Position of the line that opened the present fence."""
    paragraph: bool = False
    lines: list[MarkdownLine] = field(default_factory=list)

    def read(self, start: int, line: str) -> None:
        if not self.fence and not self.containers and (not line or line[0].isalpha()):  # most lines
            self.paragraph = bool(line)
            self.lines.append(MarkdownLine(start, start + len(line), line))
            return
        shown = line.expandtabs(4)
        kept, at = self._within(shown)
        if self.fence and kept < len(self.containers):
            self._left_open()
        if self.fence:
            self._take(start, line, shown[at:], code=True)
            if re.fullmatch(rf" {{0,3}}{re.escape(self.fence[0])}{{{len(self.fence)},}} *", shown[at:]):
                self.fence = ""
            return
        if kept < len(self.containers) and not (self.paragraph and shown[at:].strip() and not _STARTS.match(shown, at)):
            del self.containers[kept:]
            self.paragraph = False
        at = self._entered(shown, at)
        text = shown[at:]
        if not text.strip():
            self.paragraph = False
        elif not self.paragraph and text.startswith("    "):
            self._take(start, line, text, code=True)
            return
        elif opening := _FENCE.match(text):
            self.fence, self.opened, self.paragraph = opening["mark"], len(self.lines), False
            self._take(start, line, text, code=True)
            return
        else:
            self.paragraph = not text.startswith("#")
        self._take(start, line, text)

    def _within(self, line: str) -> tuple[int, int]:
        """Return how many of the containers go on in a line, and where their content begins."""
        at = 0
        blank = not line.strip()
        for number, width in enumerate(self.containers):
            if width == _QUOTED:
                mark = _QUOTE.match(line, at)
                if not mark:
                    return number, at
                at = mark.end()
            elif not blank:
                if line[at : at + width].strip() or len(line) < at + width:
                    if line[at:].strip():
                        return number, at
                else:
                    at += width
        return len(self.containers), at

    def _entered(self, line: str, at: int) -> int:
        """Add the containers that begin in a line, and return where their content begins."""
        while len(self.containers) < _DEEPEST:
            text = line[at:]
            if text.startswith("    ") and not self.paragraph:
                return at
            if quote := _QUOTE.match(text):
                self.containers.append(_QUOTED)
                at += quote.end()
            elif _RULE.match(text):
                return at
            elif (item := _ITEM.match(text)) and (item[2] or not self.paragraph):
                spaces = len(item[2]) if len(item[2]) <= 4 else 1
                width = len(item[1]) + max(spaces, 1)
                self.containers.append(width)
                at = min(at + width, len(line))
            elif note := _NOTE.match(text):
                self.containers.append(4)
                return at + note.end() if text.lstrip()[0] in "[:" else at
            else:
                return at
            self.paragraph = False
        return at

    def _take(self, start: int, line: str, text: str, *, code: bool = False) -> None:
        self.lines.append(MarkdownLine(start, start + len(line), text, code, bool(self.containers)))

    def _left_open(self) -> None:
        self.lines[self.opened] = self.lines[self.opened]._replace(opens=True)
        self.fence = ""


def page_lines(text: str) -> list[MarkdownLine]:
    """Return the lines of a page, each with what it is."""
    scanner = _Scanner()
    start = 0
    for line in text.split("\n"):
        scanner.read(start, line)
        start += len(line) + 1
    if scanner.fence:
        scanner._left_open()
    return scanner.lines


def code_ranges(text: str, lines: list[MarkdownLine] | None = None) -> list[tuple[int, int]]:
    """Return where code begins and ends in a page, one after the other."""
    ranges = list(_blocks(page_lines(text) if lines is None else lines))
    found, end = [], 0
    for block in [*ranges, (len(text), len(text))]:
        found += [*_spans(text, end, block[0]), block]
        end = block[1]
    return found[:-1]


def _blocks(lines: list[MarkdownLine]) -> Iterator[tuple[int, int]]:
    """Yield where lines of code stand, those that follow one another as one."""
    first: MarkdownLine | None = None
    last: MarkdownLine | None = None
    for line in lines:
        if line.code:
            first, last = first or line, line
        elif first and last:
            yield first.start, last.end
            first = None
    if first and last:
        yield first.start, last.end


def _spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where code spans stand in a part of a page without code blocks. None goes on in another paragraph."""
    if text.find("`", start, end) < 0:
        return
    for gap in [*_PARAGRAPHS.finditer(text, start, end), None]:
        until = gap.start() if gap else end
        yield from _spans_of_paragraph(text, start, until)
        start = until


def _spans_of_paragraph(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    runs = [(match.start(), match.end()) for match in _TICKS.finditer(text, start, end)]
    starts: dict[int, list[int]] = {}
    for begin, close in runs:
        starts.setdefault(close - begin, []).append(begin)
    done = start
    for begin, close in runs:
        if begin < done:
            continue
        opening = begin + _is_escaped(text, begin, start)
        same = starts.get(close - opening, [])
        position = bisect_right(same, begin)
        if opening < close and position < len(same):
            done = same[position] + close - opening
            yield opening, done


def _is_escaped(text: str, at: int, start: int) -> bool:
    before = at
    while before > start and text[before - 1] == "\\":
        before -= 1
    return (at - before) % 2 == 1
