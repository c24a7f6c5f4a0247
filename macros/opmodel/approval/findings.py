"""Findings of a proof: gaps, overlaps and unreachable rules, each with a concrete case and its message."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from opmodel.approval.axis import OrderedAxis
from opmodel.approval.boxes import Box
from opmodel.approval.conditions import MISSING, NOT_MISSING, Condition, Equal, Value, value_text
from opmodel.approval.faults import ApprovalFault, Path
from opmodel.approval.table import CompiledRule, DecisionTable
from opmodel.model.approval import Input, NumberInput
from opmodel.text.words import counted, listed


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofFinding:
    """A reason why a table is not proven; ``rule`` is the id of its kind, such as ``approval-gap``.

    ``rows`` are the rules involved: at a gap those that end there, for an unreachable rule the earlier ones that match
    all of its cases. ``example`` is a case (one value an input), and ``where`` limits the inputs to all such cases.
    """

    rule: str
    path: Path
    message: str
    rows: tuple[CompiledRule, ...] = ()
    example: Mapping[str, Value] | None = None
    where: Mapping[str, Condition] | None = None

    @property
    def fault(self) -> ApprovalFault:
        """The finding as a fault of the approval."""
        return ApprovalFault(self.path, self.message, self.rule)


def gap(table: DecisionTable, first: Box, box: Box) -> ProofFinding:
    """Return the finding for the gap ``box``, whose smallest case is ``first``."""
    boundary, rows = _gap_boundary(table, first, box)
    example, region = _example(table, first), _region(table, box)
    case = case_text(table, example)
    where = "" if region == case else f"; nothing covers {region}"
    return ProofFinding(
        rule="approval-gap",
        path=("rules",),
        message=f"no rule for {case}{where}{boundary and '; '}{boundary}",
        rows=rows,
        example=example,
        where=_where(table, box),
    )


def more_gaps(count: int, all_counted: bool) -> ProofFinding:
    """Return a finding for ``count`` further gaps that are not described one by one."""
    message = f"{'' if all_counted else 'at least '}{counted(count, 'more gap')}"
    return ProofFinding(rule="approval-gap", path=("rules",), message=message)


def overlap_of(table: DecisionTable, one: CompiledRule, other: CompiledRule, shared: Box) -> ProofFinding:
    """Return the finding for the cases that rules ``one`` and ``other`` share."""
    example = _example(table, shared)
    boundary = _overlap_boundary(table, one, other, shared)
    return ProofFinding(
        rule="approval-overlap",
        path=("rules", other.number),
        message=f"{one.id} and {other.id} both match {case_text(table, example)}; {boundary}",
        rows=(one, other),
        example=example,
        where=_where(table, shared),
    )


def more_overlaps(count: int) -> ProofFinding:
    """Return a finding for ``count`` further overlaps that are not described one by one."""
    message = f"{count} more {'pair of rules overlaps' if count == 1 else 'pairs of rules overlap'}"
    return ProofFinding(rule="approval-overlap", path=("rules",), message=message)


def unreachable(table: DecisionTable, row: CompiledRule, earlier: tuple[CompiledRule, ...]) -> ProofFinding:
    """Return the finding for ``row``, all of whose cases ``earlier`` rules match."""
    example = _example(table, row.box)
    winner = next(e for e in table.rows if e.matches(table.point(example)))
    names = listed(e.id for e in earlier)
    message = f"{row.id} never decides: {names} above it {'match' if len(earlier) > 1 else 'matches'} every case of it"
    return ProofFinding(
        rule="approval-unreachable",
        path=("rules", row.number),
        message=f"{message}; {case_text(table, example)} is decided by {winner.id}",
        rows=(row, *earlier),
        example=example,
        where=_where(table, row.box),
    )


def too_complex(path: Path, question: str, steps: int) -> ProofFinding:
    """Return the finding for a ``question`` that was not answered within ``steps``."""
    message = f"not proven: {question} was not decided within {steps} steps; split the table or use fewer inputs"
    return ProofFinding(rule="approval-too-complex", path=path, message=message)


def case_text(table: DecisionTable, case: Mapping[str, Value]) -> str:
    """Return a case as ``amount 5000 EUR, po_match "partial"``."""
    return ", ".join(_valued(source, Condition((Equal(case[source.id]),))) for source in table.inputs)


def _valued(source: Input, condition: Condition) -> str:
    """Return what a condition of an axis allows, as ``amount >= 5000 EUR or missing``."""
    if condition == NOT_MISSING:
        return f"{source.id} not missing"
    values = Condition(tuple(test for test in condition.tests if test != MISSING))
    unit = f" {source.unit}" if isinstance(source, NumberInput) and source.unit else ""
    words = [f"{values}{unit}"] if values.tests else []
    return f"{source.id} {' or '.join(words if values == condition else [*words, 'missing'])}"


def _example(table: DecisionTable, box: Box) -> dict[str, Value]:
    cells = zip(table.axes, box, strict=True)
    return {axis.input.id: axis.sample((mask & -mask).bit_length() - 1) for axis, mask in cells}


def _where(table: DecisionTable, box: Box) -> dict[str, Condition]:
    limited = [(a, m) for a, m, full in zip(table.axes, box, table.space, strict=True) if m != full]
    return {axis.input.id: axis.condition(mask) for axis, mask in limited}


def _region(table: DecisionTable, box: Box) -> str:
    where = _where(table, box)
    return ", ".join(_valued(s, where[s.id]) for s in table.inputs if s.id in where) or "any case"


def _contains(condition: Condition) -> str:
    only = condition.tests[0] if len(condition.tests) == 1 else None
    if only == MISSING:
        return "a missing value"
    return value_text(only.value) if isinstance(only, Equal) and not condition.negated else str(condition)


def _written(row: CompiledRule, axis: int, table: DecisionTable) -> str:
    name = table.inputs[axis].id
    return f"`{row.rule.when[name].strip()}`" if name in row.rule.when else "`-`"


def _overlap_boundary(table: DecisionTable, one: CompiledRule, other: CompiledRule, shared: Box) -> str:
    """Return which conditions of two rules overlap, on the input on which they share least."""
    if one.box == other.box:
        return "their conditions are the same"
    for inner, outer in ((one, other), (other, one)):
        if inner.box == shared:
            return f"{outer.id} matches every case of {inner.id}"
    partly = [n for n, mask in enumerate(shared) if mask not in (one.box[n], other.box[n])]
    differing = [n for n in range(len(shared)) if one.box[n] != other.box[n]]
    axis = min(partly or differing, key=lambda n: shared[n].bit_count() / table.axes[n].size)
    names = f"{_written(one, axis, table)} and {_written(other, axis, table)}"
    return f"{table.inputs[axis].id}: both {names} contain {_contains(table.axes[axis].condition(shared[axis]))}"


def _gap_boundary(table: DecisionTable, first: Box, box: Box) -> tuple[str, tuple[CompiledRule, ...]]:
    """Return the rules that end below and begin above a gap, on the first input where both do, or else one does."""
    sides = list(_sides(table, first, box))
    for axis, below, above in sorted(sides, key=lambda side: not (side[1] and side[2])):
        name, values = table.inputs[axis].id, _contains(table.axes[axis].condition(box[axis]))
        if below and above:
            pair = f"{_written(below, axis, table)} ({below.id}) nor {_written(above, axis, table)} ({above.id})"
            rows = sorted({below.number: below, above.number: above}.items())
            return f"{name}: neither {pair} contains {values}", tuple(row for _, row in rows)
        if row := below or above:
            return f"{name}: {_written(row, axis, table)} ({row.id}) does not contain {values}", (row,)
    return "", ()


def _sides(
    table: DecisionTable, first: Box, box: Box
) -> Iterator[tuple[int, CompiledRule | None, CompiledRule | None]]:
    for number, mask in enumerate(box):
        axis = table.axes[number]
        if isinstance(axis, OrderedAxis) and mask not in (axis.full, axis.valued) and mask & axis.valued:
            yield (
                number,
                _beside(table, first, number, (mask & -mask) >> 1),
                _beside(table, first, number, (mask + (mask & -mask)) & axis.valued),
            )


def _beside(table: DecisionTable, first: Box, axis: int, cell: int) -> CompiledRule | None:
    point = (*first[:axis], cell, *first[axis + 1 :])
    return next((row for row in table.rows if all(a & b for a, b in zip(row.box, point, strict=True))), None)
