"""Boxes of cells in words: their cases, and an example."""

from collections.abc import Iterator
from datetime import date

from opmodel.approval.axis import Axis
from opmodel.approval.boxes import Box
from opmodel.approval.conditions import NOT_MISSING, Bound, Condition, Equal, Range, Test, Value
from opmodel.approval.sentences import number_text
from opmodel.model.approval import NumberInput
from opmodel.text.words import listed

Cells = tuple[int, ...]


def first_cells(box: Box) -> Cells:
    """Return the first cell of ``box`` on each axis."""
    return tuple((mask & -mask).bit_length() - 1 for mask in box)


def cases_text(box: Box, axes: tuple[Axis, ...]) -> str:
    """Return the cases of a box without irrelevant inputs: ``amount 500 to 4,999.99 EUR``."""
    words = (f"{_name(axis)} {_condition(axis, axis.condition(mask))}" for _, axis, mask in _limited(box, axes))
    return ", ".join(words) or "every case"


def example_text(box: Box, cells: Cells, axes: tuple[Axis, ...]) -> str:
    """Return one case of a box without irrelevant inputs: ``amount 4,800 EUR, po match partial``."""
    words = (f"{_name(axis)} {_united(axis, axis.sample(cells[at]))}" for at, axis, _ in _limited(box, axes))
    return ", ".join(words) or "any case"


def given_text(value: Value) -> str:
    """Return a value as an argument of ``opmodel decide``."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return value if isinstance(value, str) else str(value) if isinstance(value, date) else f"{value:f}"


def _limited(box: Box, axes: tuple[Axis, ...]) -> Iterator[tuple[int, Axis, int]]:
    for at, (axis, mask) in enumerate(zip(axes, box, strict=True)):
        if mask != axis.full:
            yield at, axis, mask


def _name(axis: Axis) -> str:
    return axis.input.id.replace("_", " ")


def _condition(axis: Axis, condition: Condition) -> str:
    """Return tests in words; an axis negates none but that of a missing value."""
    if condition == NOT_MISSING:
        return "not missing"
    return listed((_test(axis, test) for test in condition.tests), "or")


def _test(axis: Axis, test: Test) -> str:
    if isinstance(test, Equal):
        return _united(axis, test.value)
    low, high = test.low, test.high
    if low and high and low.closed and high.closed:
        return f"{_value(low.value)} to {_united(axis, high.value)}"
    return _open(axis, test)


def _open(axis: Axis, test: Range) -> str:
    said = [_end(axis, test.low, "from", "above"), _end(axis, test.high, "up to", "below")]
    return " and ".join(end for end in said if end)


def _end(axis: Axis, bound: Bound | None, closed: str, opened: str) -> str:
    return f"{closed if bound.closed else opened} {_united(axis, bound.value)}" if bound else ""


def _united(axis: Axis, value: Value) -> str:
    unit = axis.input.unit if isinstance(axis.input, NumberInput) else None
    return f"{_value(value)} {unit}" if unit and value is not None else _value(value)


def _value(value: Value) -> str:
    if value is None:
        return "missing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, str | date) else number_text(value)
