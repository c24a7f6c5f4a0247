"""Algorithms on boxes: find what they leave uncovered, and the fewest that cover a box.

A box is one set of cells (the bits of an integer) for each axis. Whether boxes cover a space is as hard as deciding a
propositional formula, so this is that search (Davis, Putnam, Logemann and Loveland 1962) with what geometry adds:
volumes. Boxes that together have less volume than the space leave a hole, and disjoint boxes with exactly its volume
leave none; neither needs a search. Steps are counted, and a search ends at its limit.
"""

from collections.abc import Sequence
from math import prod
from operator import and_, ne

Box = tuple[int, ...]


class WorkLimitError(Exception):
    """Raised when a search takes more steps than its limit. It has no result then."""


class WorkCounter:
    """A counter of steps with a limit; one step compares two boxes."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.steps = 0

    def spend(self, steps: int) -> None:
        """Count ``steps``. Raises `WorkLimitError` beyond the limit."""
        self.steps += steps
        if self.steps > self.limit:
            raise WorkLimitError


def volume(box: Box) -> int:
    """Return how many cells ``box`` has."""
    return prod(map(int.bit_count, box))


def overlap(one: Box, other: Box) -> Box | None:
    """Return the intersection of two boxes, or None when it is empty."""
    shared = tuple(map(and_, one, other))
    return shared if all(shared) else None


def with_cells(box: Box, axis: int, mask: int) -> Box:
    """Return ``box`` with another set of cells on ``axis``."""
    return (*box[:axis], mask, *box[axis + 1 :])


def first_cell(box: Box) -> Box:
    """Return the first cell of ``box``, as a box."""
    return tuple(mask & -mask for mask in box)


def hole(space: Box, boxes: Sequence[Box], work: WorkCounter) -> Box | None:
    """Return a part of ``space`` that meets none of ``boxes``, or None when they cover it. Raises `WorkLimitError`."""
    todo = [(space, boxes)]
    while todo:
        part, near = todo.pop()
        work.spend(len(near) + 1)
        reduced = _reduce(part, near)
        if reduced is None:
            continue
        part, near = reduced
        if not near:
            return part
        filled, room = sum(map(volume, near)), volume(part)
        if filled == room and _disjoint(near, work):
            continue
        todo += _split(part, near)
    return None


def _reduce(part: Box, boxes: Sequence[Box]) -> tuple[Box, list[Box]] | None:
    """Clip ``boxes`` to ``part``, without what single boxes cover from side to side; None when nothing is left."""
    while True:
        near, rest = [], part
        for box in boxes:
            clipped = overlap(box, rest)
            if clipped is None:
                continue
            limits = [axis for axis, mask in enumerate(clipped) if mask != rest[axis]]
            if not limits:
                return None
            if len(limits) == 1:
                axis = limits[0]
                rest = with_cells(rest, axis, rest[axis] & ~clipped[axis])
            else:
                near.append(clipped)
        if rest == part:
            return part, near
        part, boxes = rest, near


def _split(part: Box, near: list[Box]) -> list[tuple[Box, list[Box]]]:
    """Halve ``part`` along a side of the box that is nearest to covering it, so that this box soon drops out."""
    best = min(near, key=lambda box: (sum(map(ne, box, part)), -volume(box)))
    sides = [axis for axis, mask in enumerate(part) if best[axis] != mask]
    axis = min(sides, key=lambda a: best[a].bit_count() / part[a].bit_count())
    inside = best[axis]
    return [(with_cells(part, axis, inside), near), (with_cells(part, axis, part[axis] & ~inside), near)]


def _disjoint(boxes: list[Box], work: WorkCounter) -> bool:
    for number, box in enumerate(boxes):
        work.spend(number)
        if any(overlap(box, other) for other in boxes[:number]):
            return False
    return True


def first_hole(space: Box, boxes: Sequence[Box], work: WorkCounter) -> Box | None:
    """Return the first uncovered cell of ``space`` in the order of the axes, as a box, or None."""
    found = hole(space, boxes, work)
    if found is None:
        return None
    for axis in range(len(space)):
        while True:
            cell = found[axis] & -found[axis]
            before = space[axis] & (cell - 1)
            better = hole(with_cells(space, axis, before), boxes, work) if before else None
            if better is None:
                break
            found = better
        space = with_cells(space, axis, cell)
        found = with_cells(found, axis, cell)
    return space


def minimal_cover(space: Box, boxes: Sequence[Box], work: WorkCounter) -> list[int]:
    """Return the indices of a minimal set of ``boxes`` that covers ``space``, preferring early ones.

    All ``boxes`` together must cover ``space``. The method is QuickXplain (Junker 2004): halves
    are tried before singles.
    """

    def explain(have: list[int], added: bool, rest: list[int]) -> list[int]:
        if added and hole(space, [boxes[n] for n in have], work) is None:
            return []
        if len(rest) == 1:
            return rest
        early, late = rest[: len(rest) // 2], rest[len(rest) // 2 :]
        from_late = explain(have + early, True, late)
        return explain(have + from_late, bool(from_late), early) + from_late

    return sorted(explain([], False, list(range(len(boxes)))))
