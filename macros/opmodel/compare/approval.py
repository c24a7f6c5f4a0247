"""Two versions of an approval model compared: the cases whose answer changed, and the inputs that changed."""

from collections.abc import Iterator
from dataclasses import dataclass

from opmodel.approval.boxes import WorkCounter, WorkLimitError
from opmodel.approval.faults import TableError
from opmodel.approval.table import DecisionTable, compile_table
from opmodel.compare.answers import AnswerDirection, direction, distinguishing_words
from opmodel.compare.cases import cases_text, example_text, first_cells, given_text
from opmodel.compare.inputs import input_changes
from opmodel.compare.regions import LIMIT, ChangedRegion, changed_regions
from opmodel.compare.shared_axes import SharedAxes, input_key, shared_axes
from opmodel.model.approval import Approval


@dataclass(frozen=True, kw_only=True)
class AnswerChange:
    """Cases whose answer changed: which they are, what was and is answered, and one of them as an example.

    ``given`` is the example as ``opmodel decide`` takes it, for the newer table's inputs.
    """

    direction: AnswerDirection
    cases: str
    before: str
    after: str
    example: str
    given: tuple[tuple[str, str], ...]
    rules_before: tuple[str, ...]
    rules_after: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class TableChange:
    """How one approval model differs from another. ``compared`` says that ``regions`` are all there are.

    ``note`` says why nothing is claimed where the tables could not be compared.
    """

    regions: tuple[AnswerChange, ...]
    inputs: tuple[str, ...]
    compared: bool
    note: str = ""


def compare_tables(before: Approval, after: Approval, limit: int = LIMIT) -> TableChange:
    """Return exactly the regions of the domain whose answer (outcome, who, time limit) changed, with examples."""
    inputs = tuple(input_changes(before.inputs, after.inputs))
    try:
        old, new = compile_table(before), compile_table(after)
    except TableError:
        note = "One of the two tables has errors, so their cases cannot be compared."
        return TableChange(regions=(), inputs=inputs, compared=False, note=note)
    shared = shared_axes(old, new)
    try:
        parts = changed_regions(old, new, shared, WorkCounter(limit))
    except WorkLimitError:
        note = f"The tables are too large to compare case by case within {limit:,} steps; read the changed rules."
        return TableChange(regions=(), inputs=inputs, compared=False, note=note)
    regions = tuple(_regions(parts, shared, new))
    return TableChange(regions=regions, inputs=inputs, compared=True)


def _regions(parts: list[ChangedRegion], shared: SharedAxes, new: DecisionTable) -> Iterator[AnswerChange]:
    order = list(AnswerDirection)
    ranked = [(order.index(direction(part.before, part.after)), first_cells(part.box), part) for part in parts]
    for rank, cells, part in sorted(ranked, key=lambda item: item[:2]):
        before, after = distinguishing_words(part.before, part.after)
        yield AnswerChange(
            direction=order[rank],
            cases=cases_text(part.box, shared.axes),
            before=before,
            after=after,
            example=example_text(part.box, cells, shared.axes),
            given=_given(cells, shared, new),
            rules_before=part.rules_before,
            rules_after=part.rules_after,
        )


def _given(cells: tuple[int, ...], shared: SharedAxes, new: DecisionTable) -> tuple[tuple[str, str], ...]:
    known = {input_key(source, {}): source.id for source in new.inputs}
    sampled = zip(shared.keys, shared.axes, cells, strict=True)
    return tuple((known[key], given_text(axis.sample(cell))) for key, axis, cell in sampled if key in known)
