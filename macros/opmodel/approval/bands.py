"""Bands of volume: counted parts of the cases, as boxes on the inputs of an approval table."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from opmodel.approval.boxes import overlap
from opmodel.approval.table import CompiledRule, DecisionTable, compile_table
from opmodel.model.approval import Approval, ApprovalRule
from opmodel.model.vocabulary import Outcome


def compile_bands(approval: Approval, bands: Sequence[Mapping[str, str]]) -> DecisionTable:
    """Return the conditions of ``bands``, one row each, on the inputs of ``approval``. Raises `TableError`."""
    rules = tuple(
        ApprovalRule(id=f"BAND-{number}", when=dict(when), outcome=Outcome.ACT, reason="A counted band.")
        for number, when in enumerate(bands, 1)
    )
    return compile_table(approval.model_copy(update={"rules": rules}))


def overlapping_bands(table: DecisionTable) -> Iterator[tuple[CompiledRule, CompiledRule]]:
    """Yield each band of a compiled table with an earlier one that holds some of the same cases."""
    for earlier, later in combinations(table.rows, 2):
        if overlap(earlier.box, later.box):
            yield later, earlier
