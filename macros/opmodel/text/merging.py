"""A three-way merge of texts by lines."""

from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, kw_only=True)
class MergeConflict:
    """Lines that both sides changed, each in its own way."""

    base: tuple[str, ...]
    ours: tuple[str, ...]
    theirs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class _Hunk:
    """Lines that take the place of the lines from ``start`` to ``end``."""

    start: int
    end: int
    lines: tuple[str, ...]


def merge(base: str, ours: str, theirs: str) -> tuple[str, tuple[MergeConflict, ...]]:
    """Return ``ours`` with the changes from ``base`` to ``theirs``, and what conflicts, where ``ours`` stands.

    Changes conflict if they overlap or touch, unless they are the same.
    """
    lines = base.splitlines(keepends=True)
    own, other = _hunks(lines, ours), _hunks(lines, theirs)
    merged, conflicts, at = list[str](), list[MergeConflict](), 0
    while own or other:
        start = min(hunk.start for hunk in (*own[:1], *other[:1]))
        merged += lines[at:start]
        end, mine, yours = _cluster(start, own, other)
        left, right = (_replaced(lines, start, end, hunks) for hunks in (mine, yours))
        if mine and yours and left != right:
            conflicts.append(MergeConflict(base=tuple(lines[start:end]), ours=left, theirs=right))
        merged += left if mine else right
        at = end
    return "".join([*merged, *lines[at:]]), tuple(conflicts)


def _hunks(base: list[str], text: str) -> list[_Hunk]:
    changed = text.splitlines(keepends=True)
    return [
        _Hunk(start=start, end=end, lines=tuple(changed[first:last]))
        for kind, start, end, first, last in SequenceMatcher(None, base, changed, autojunk=False).get_opcodes()
        if kind != "equal"
    ]


def _cluster(start: int, own: list[_Hunk], other: list[_Hunk]) -> tuple[int, list[_Hunk], list[_Hunk]]:
    """Take the changes of both sides that begin at a line and overlap or touch; return where they end, and them."""
    end, taken = start, ([], [])  # type: tuple[int, tuple[list[_Hunk], list[_Hunk]]]
    growing = True
    while growing:
        growing = False
        for hunks, into in zip((own, other), taken, strict=True):
            while hunks and hunks[0].start <= end:
                hunk = hunks.pop(0)
                into.append(hunk)
                end, growing = max(end, hunk.end), True
    return end, *taken


def _replaced(lines: list[str], start: int, end: int, hunks: list[_Hunk]) -> tuple[str, ...]:
    """Return the lines of a range with changes made."""
    made, at = list[str](), start
    for hunk in hunks:
        made += [*lines[at : hunk.start], *hunk.lines]
        at = hunk.end
    return (*made, *lines[at:end])
