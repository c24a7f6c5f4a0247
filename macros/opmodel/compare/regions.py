"""The exact regions in which two tables give different answers: disjoint boxes of cells.

The domain is never enumerated. Each table becomes disjoint pieces with one answer each (for a proven table under
``unique`` these are its rules); the pieces of both are intersected, and neighbours with the same change are joined.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from opmodel.approval.boxes import Box, WorkCounter, WorkLimitError, hole, overlap, with_cells
from opmodel.approval.table import DecisionTable
from opmodel.compare.answers import NO_RULE, OUTSIDE, SEVERAL_RULES, Answer, answer_of
from opmodel.compare.shared_axes import SharedAxes
from opmodel.model.vocabulary import HitPolicy

LIMIT = 600_000
"""Limit of steps (comparisons of two boxes) of a comparison, a few seconds."""
MOST_PIECES = 20_000
"""Most pieces of a comparison."""


@dataclass(frozen=True, slots=True)
class AnswerRegion:
    """A part of the domain with one answer, and the rules that give it."""

    box: Box
    answer: Answer
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangedRegion:
    """A part of the domain whose answer changed, with the rules on both sides."""

    box: Box
    before: Answer
    after: Answer
    rules_before: tuple[str, ...]
    rules_after: tuple[str, ...]


def changed_regions(
    before: DecisionTable, after: DecisionTable, shared: SharedAxes, work: WorkCounter
) -> list[ChangedRegion]:
    """Return exactly the parts whose answer changed. Raises `WorkLimitError`."""
    old = answer_regions(before, shared, work, older=True)
    new = answer_regions(after, shared, work, older=False)
    return list(_joined(_differences(old, new, work), work))


def answer_regions(table: DecisionTable, shared: SharedAxes, work: WorkCounter, *, older: bool) -> list[AnswerRegion]:
    """Return disjoint pieces that cover the shared space. Raises `WorkLimitError`."""
    names = shared.names if older else {}
    domain = shared.domain(table.inputs, names)
    rules = [
        AnswerRegion(box, answer_of(row.rule, table.approval), (row.id,))
        for row in table.rows
        if (box := overlap(shared.box(row, table.inputs, names), domain))
    ]
    split = _exclusive if table.hit_policy is HitPolicy.UNIQUE else _in_order
    found = list(split(rules, work))
    boxes = [piece.box for piece in rules]
    if hole(domain, boxes, work):
        complete = hole(table.space, [row.box for row in table.rows], work) is None
        left = OUTSIDE if complete else NO_RULE  # a table of whole numbers has no gap at 0.5, only no such case
        found += (AnswerRegion(box, left) for box in _without([domain], boxes, work))
    return found + [AnswerRegion(box, OUTSIDE) for box in box_difference(shared.space(), domain)]


def box_difference(box: Box, other: Box) -> list[Box]:
    """Return ``box`` without ``other``, as disjoint boxes."""
    if overlap(box, other) is None:
        return [box]
    parts, rest = [], box
    for axis, mask in enumerate(other):
        if outside := rest[axis] & ~mask:
            parts.append(with_cells(rest, axis, outside))
        rest = with_cells(rest, axis, rest[axis] & mask)
    return parts


def _without(boxes: list[Box], others: Iterable[Box], work: WorkCounter) -> list[Box]:
    for other in others:
        work.spend(len(boxes))
        boxes = [part for box in boxes for part in box_difference(box, other)]
        if len(boxes) > MOST_PIECES:
            raise WorkLimitError
    return boxes


def _in_order(rules: Sequence[AnswerRegion], work: WorkCounter) -> Iterator[AnswerRegion]:
    """Yield the pieces of a table under ``first``: the first rule that matches decides."""
    for number, rule in enumerate(rules):
        for box in _without([rule.box], (earlier.box for earlier in rules[:number]), work):
            yield AnswerRegion(box, rule.answer, rule.rules)


def _exclusive(rules: Sequence[AnswerRegion], work: WorkCounter) -> Iterator[AnswerRegion]:
    """Yield the pieces of a table under ``unique``: where two rules match, none decides."""
    twice: list[Box] = []
    for number, rule in enumerate(rules):
        work.spend(len(rules))
        clashes = [shared for at, o in enumerate(rules) if at != number and (shared := overlap(rule.box, o.box))]
        for box in _without([rule.box], clashes, work) if clashes else [rule.box]:
            yield AnswerRegion(box, rule.answer, rule.rules)
        for clash in clashes:
            for box in _without([clash], twice, work):
                twice.append(box)
                yield AnswerRegion(box, SEVERAL_RULES)


def _differences(
    old: Sequence[AnswerRegion], new: Sequence[AnswerRegion], work: WorkCounter
) -> Iterator[ChangedRegion]:
    for one in old:
        work.spend(len(new))
        for other in new:
            if one.answer != other.answer and (box := overlap(one.box, other.box)):
                yield ChangedRegion(box, one.answer, other.answer, one.rules, other.rules)


def _joined(parts: Iterable[ChangedRegion], work: WorkCounter) -> Iterator[ChangedRegion]:
    """Join parts with the same two answers that differ along one axis only."""
    groups: dict[tuple[Answer, Answer], list[ChangedRegion]] = {}
    for part in parts:
        groups.setdefault((part.before, part.after), []).append(part)
    for group in groups.values():
        joined, count = group, 0
        while len(joined) != count:
            count = len(joined)
            for axis in range(len(joined[0].box)):
                work.spend(len(joined))
                joined = _along(joined, axis)
        yield from joined


def _along(parts: list[ChangedRegion], axis: int) -> list[ChangedRegion]:
    rows: dict[Box, ChangedRegion] = {}
    for part in parts:
        line = with_cells(part.box, axis, 0)
        known = rows.get(line)
        rows[line] = _both(known, part, axis) if known else part
    return list(rows.values())


def _both(one: ChangedRegion, other: ChangedRegion, axis: int) -> ChangedRegion:
    return ChangedRegion(
        with_cells(one.box, axis, one.box[axis] | other.box[axis]),
        one.before,
        one.after,
        tuple(dict.fromkeys((*one.rules_before, *other.rules_before))),
        tuple(dict.fromkeys((*one.rules_after, *other.rules_after))),
    )
