"""Proof that a table decides every case, exactly once under ``unique``, or a concrete case where it does not."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from opmodel.approval import findings
from opmodel.approval.axis import OrderedAxis
from opmodel.approval.boxes import (
    Box,
    WorkCounter,
    WorkLimitError,
    first_cell,
    first_hole,
    hole,
    minimal_cover,
    overlap,
    with_cells,
)
from opmodel.approval.findings import ProofFinding
from opmodel.approval.table import DecisionTable
from opmodel.model.vocabulary import HitPolicy

LIMIT = 400_000
"""Most steps (comparisons of two boxes) for a part of the proof: a few seconds."""
MOST = 10
"""Most gaps, and most overlaps, that are described one by one."""
MOST_COUNTED = 100
COUNTING_LIMIT = 25_000
"""Most further gaps that are counted, and most steps for that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A result. Without findings every case is decided, by exactly one rule or by the first that matches."""

    findings: tuple[ProofFinding, ...]
    regions: int
    steps: int

    @property
    def holds(self) -> bool:
        """Whether the table is proven."""
        return not self.findings


def prove(table: DecisionTable, limit: int = LIMIT) -> Proof:
    """Prove ``table``, or return what is wrong: gaps, overlaps under ``unique``, unreachable rules under ``first``.

    Findings of a kind are in order of their smallest case. One that needs over ``limit`` steps is too complex.
    """
    clear = _overlaps if table.hit_policy is HitPolicy.UNIQUE else _unreachable
    gaps, clarity = WorkCounter(limit), WorkCounter(limit)
    found = (*_gaps(table, gaps), *clear(table, clarity))
    return Proof(findings=found, regions=table.regions, steps=gaps.steps + clarity.steps)


def _gaps(table: DecisionTable, work: WorkCounter) -> Iterator[ProofFinding]:
    boxes = [row.box for row in table.rows]
    try:
        for _ in range(MOST):
            first = first_hole(table.space, boxes, work)
            if first is None:
                return
            box = _grown(table, first)
            boxes.append(box)
            yield findings.gap(table, first, box)
    except WorkLimitError:
        yield findings.too_complex(("rules",), "whether every case has a rule", work.limit)
    else:
        counting = WorkCounter(COUNTING_LIMIT)
        yield from _further_gaps(table, boxes, counting)
        work.steps += counting.steps


def _further_gaps(table: DecisionTable, boxes: list[Box], work: WorkCounter) -> Iterator[ProofFinding]:
    count = 0
    try:
        while count < MOST_COUNTED and (found := hole(table.space, boxes, work)):
            count += 1
            boxes.append(_grown(table, first_cell(found)))
    except WorkLimitError:
        yield findings.more_gaps(count, all_counted=False)
        return
    if count:
        yield findings.more_gaps(count, all_counted=count < MOST_COUNTED)


def _grown(table: DecisionTable, box: Box) -> Box:
    """Return ``box`` grown in every direction until it meets a rule: along choices first, then numbers and days."""
    for number in sorted(range(len(box)), key=lambda n: isinstance(table.axes[n], OrderedAxis)):
        free = table.space[number]
        wide = with_cells(box, number, free)
        for row in table.rows:
            if shared := overlap(wide, row.box):
                free &= ~shared[number]
        axis = table.axes[number]
        together = axis.run(free, box[number].bit_length() - 1) if isinstance(axis, OrderedAxis) else free
        box = with_cells(box, number, together)
    return box


def _overlaps(table: DecisionTable, work: WorkCounter) -> Iterator[ProofFinding]:
    pairs = []
    try:
        for one, other in combinations(table.rows, 2):
            work.spend(1)
            if shared := overlap(one.box, other.box):
                pairs.append((first_cell(shared), one.number, other.number, shared))
    except WorkLimitError:
        yield findings.too_complex(("rules",), "whether rules overlap", work.limit)
    pairs.sort()
    for _, one_number, other_number, shared in pairs[:MOST]:
        yield findings.overlap_of(table, table.rows[one_number], table.rows[other_number], shared)
    if len(pairs) > MOST:
        yield findings.more_overlaps(len(pairs) - MOST)


def _unreachable(table: DecisionTable, work: WorkCounter) -> Iterator[ProofFinding]:
    for row in table.rows:
        earlier = [e for e in table.rows[: row.number] if overlap(row.box, e.box)]
        try:
            if hole(row.box, [e.box for e in earlier], work) is None:
                kept = minimal_cover(row.box, [e.box for e in earlier], work)
                yield findings.unreachable(table, row, tuple(earlier[n] for n in kept))
        except WorkLimitError:
            yield findings.too_complex(
                ("rules", row.number), f"whether {row.id} or a later rule is ever reached", work.limit
            )
            return
