"""Bands of volume: counted parts of the cases, as boxes on the inputs of an approval table."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from opmodel.approval.boxes import overlap
from opmodel.approval.condition_check import condition_for
from opmodel.approval.sentences import condition_text
from opmodel.approval.sfeel import SfeelError
from opmodel.approval.table import CompiledRule, DecisionTable, compile_table
from opmodel.model.approval import Approval, ApprovalRule, Input
from opmodel.model.vocabulary import Outcome
from opmodel.text.words import listed


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


def band_text(approval: Approval, when: Mapping[str, str]) -> str:
    """Return the condition of a band in words: ``the amount is below 500 EUR``; as written where it has faults."""
    return listed(_text(source, when[source.id]) for source in approval.inputs if source.id in when) or "every case"


def _text(source: Input, test: str) -> str:
    try:
        return condition_text(source, condition_for(source, test))
    except SfeelError:
        return f"{source.id} {test}"
