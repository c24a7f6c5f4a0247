"""Two versions of an approval model compared: the cases whose answer changed, and changes of the inputs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from opmodel.approval.boxes import WorkCounter, WorkLimitError
from opmodel.approval.conditions import may_be_missing
from opmodel.approval.faults import TableError
from opmodel.approval.sentences import number_text
from opmodel.approval.table import DecisionTable, compile_table
from opmodel.compare.answers import AnswerDirection, direction, distinguishing_words
from opmodel.compare.cases import cases_text, example_text, first_cells, given_text
from opmodel.compare.regions import LIMIT, ChangedRegion, changed_regions
from opmodel.compare.shared_axes import SharedAxes, input_key, renamed_inputs, shared_axes
from opmodel.compare.touched_cases import CountedBands, TouchedCases, touched_cases
from opmodel.model.approval import Approval, ChoiceInput, DateInput, Input, NumberInput, Window


@dataclass(frozen=True, kw_only=True)
class AnswerChange:
    """A set of cases with a changed answer: the cases, both answers, and an example.

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
    """The difference of two approval models. If ``compared``, ``regions`` are complete.

    ``note`` says why nothing is claimed where the tables could not be compared; ``touched`` says how much of the work
    the regions hold, where there are any.
    """

    regions: tuple[AnswerChange, ...]
    inputs: tuple[str, ...]
    compared: bool
    note: str = ""
    touched: TouchedCases | None = None


def compare_tables(
    before: Approval, after: Approval, counts: CountedBands | None = None, limit: int = LIMIT
) -> TableChange:
    """Return exactly the regions of the domain whose answer (outcome, who, time limit) changed, with examples.

    ``counts`` are the bands of the newer packet's volume.
    """
    inputs = tuple(input_changes(before.inputs, after.inputs))
    try:
        old, new = compile_table(before), compile_table(after)
    except TableError:
        note = "One of the two tables has errors, so their cases cannot be compared."
        return TableChange(regions=(), inputs=inputs, compared=False, note=note)
    shared = shared_axes(old, new)
    try:
        parts = changed_regions(old, new, shared, WorkCounter(limit))
        touched = touched_cases(parts, shared, new, counts, limit) if parts else None
    except WorkLimitError:
        note = f"The tables are too large to compare case by case within {limit:,} steps; read the changed rules."
        return TableChange(regions=(), inputs=inputs, compared=False, note=note)
    regions = tuple(_regions(parts, shared, new))
    return TableChange(regions=regions, inputs=inputs, compared=True, touched=touched)


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


_SAME_NUMBERS = "; figures are compared as numbers, although they no longer mean the same"


def input_changes(before: Sequence[Input], after: Sequence[Input]) -> Iterator[str]:
    """Yield a sentence for each input that was added, removed, renamed or changed."""
    names = renamed_inputs(before, after)
    old = {names.get(source.id, source.id): source for source in before}
    new = {source.id: source for source in after}
    for one, other in names.items():
        yield f"input {one} is now called {other}"
    for name, source in old.items():
        if name not in new:
            yield f"input {name} ({source.label}) was removed: rules no longer depend on it"
    for name, source in new.items():
        if name not in old:
            yield f"input {name} ({source.label}) was added: each earlier case is compared for all of its values"
        else:
            yield from _changed(old[name], source)


def _changed(old: Input, new: Input) -> Iterator[str]:
    name = new.id
    if old.type != new.type:
        yield f"input {name} was a {old.type} and is a {new.type}: it counts as another input"
        return
    if old.label != new.label:
        yield f"input {name}: its label was “{old.label}” and is “{new.label}”"
    if may_be_missing(old) != may_be_missing(new):
        yield f"input {name} {'can now' if may_be_missing(new) else 'can no longer'} be missing"
    if isinstance(old, ChoiceInput) and isinstance(new, ChoiceInput):
        yield from _values(name, old.values, new.values)
    elif isinstance(old, NumberInput) and isinstance(new, NumberInput):
        yield from _bounds(name, old, new)
        yield from _number(name, old, new)
    elif isinstance(old, DateInput) and isinstance(new, DateInput):
        yield from _bounds(name, old, new)


def _values(name: str, old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    for value in new:
        if value not in old:
            yield f"input {name} can now be “{value}”"
    for value in old:
        if value not in new:
            yield f"input {name} can no longer be “{value}”"


def _bounds(name: str, old: NumberInput | DateInput, new: NumberInput | DateInput) -> Iterator[str]:
    for bound, was, now in (("smallest", old.min, new.min), ("largest", old.max, new.max)):
        if was != now:
            yield f"input {name}: its {bound} value was {_text(was)} and is {_text(now)}"


def _text(value: object) -> str:
    if value is None:
        return "not limited"
    return str(value) if hasattr(value, "isoformat") else number_text(value)  # type: ignore[arg-type]  # a number


def _number(name: str, old: NumberInput, new: NumberInput) -> Iterator[str]:
    if old.unit != new.unit:
        yield f"input {name}: its unit was {old.unit or 'not given'} and is {new.unit or 'not given'}{_SAME_NUMBERS}"
    if old.decimals != new.decimals:
        yield f"input {name}: decimals were {_places(old.decimals)} and are {_places(new.decimals)}"
    if old.window != new.window:
        yield f"input {name}: it was {_window(old.window)} and is {_window(new.window)}{_SAME_NUMBERS}"


def _places(count: int | None) -> str:
    return "not limited" if count is None else str(count)


def _window(window: Window | None) -> str:
    return f"the sum per {window.per} over {window.over.words}" if window else "a single value"
