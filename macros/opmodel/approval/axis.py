"""Axes: the domain of an input as a line of cells, and a condition as a set of cells (the bits of an integer).

Cells lie between neighbouring cuts of all the conditions together: within one cell, no condition changes its answer.
A value that may be missing has a cell of its own, the last one, which no range includes.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from opmodel.approval.conditions import (
    ANYTHING,
    EXACT,
    MISSING,
    NOT_MISSING,
    Bound,
    Condition,
    Cut,
    Equal,
    Range,
    Test,
    Value,
    domain,
    is_missing,
    may_be_missing,
    number_of,
    simplest,
    span,
    step_of,
)
from opmodel.model.approval import BooleanInput, ChoiceInput, DateInput, Input, NumberInput
from opmodel.model.base import SlottedModel
from opmodel.model.values import plain


@dataclass(frozen=True, slots=True)
class ChoiceAxis(SlottedModel):
    """Cells of a choice (one for each value) or of true and false. They have no order.

    The last of ``values`` is None where the value may be missing.
    """

    input: ChoiceInput | BooleanInput
    values: tuple[Value, ...]

    @property
    def size(self) -> int:
        """The number of cells."""
        return len(self.values)

    @property
    def full(self) -> int:
        """All cells, one bit each."""
        return (1 << self.size) - 1

    def mask(self, condition: Condition) -> int:
        """Return the cells that ``condition`` matches, one bit each."""
        cells = {value: cell for cell, value in enumerate(self.values)} if condition.tests else {}
        named = sum({1 << cells[t.value] for t in condition.tests if isinstance(t, Equal)})
        return self.full & ~named if condition.negated else named if condition.tests else self.full

    def cell(self, value: Value) -> int:
        """Return the number of the cell of ``value``."""
        return self.values.index(value)

    def sample(self, cell: int) -> Value:
        """Return the value of ``cell``."""
        return self.values[cell]

    def condition(self, mask: int) -> Condition:
        """Return the values of ``mask`` as a condition."""
        if mask == self.full:
            return ANYTHING
        if self.values[-1] is None and mask == self.full >> 1:
            return NOT_MISSING
        return Condition(tuple(Equal(v) for i, v in enumerate(self.values) if mask >> i & 1))


@dataclass(frozen=True, slots=True)
class OrderedAxis(SlottedModel):
    """Cells of numbers or days, in ascending order. ``edges`` are the cuts; None at an end means no limit.

    One more cell follows where the value may be ``missing``.
    """

    input: NumberInput | DateInput
    step: Decimal | None
    edges: tuple[Cut | None, ...]
    missing: bool = False

    @property
    def size(self) -> int:
        """The number of cells."""
        return len(self.edges) - 1 + self.missing

    @property
    def valued(self) -> int:
        """All cells but that of a missing value, one bit each."""
        return (1 << len(self.edges) - 1) - 1

    @property
    def full(self) -> int:
        """All cells, one bit each."""
        return (1 << self.size) - 1

    def mask(self, condition: Condition) -> int:
        """Return the cells that ``condition`` matches, one bit each; what lies beyond the domain is clipped."""
        named = 0
        for test in condition.tests:
            if is_missing(test):
                named |= self.full & ~self.valued
                continue
            low, high = span(test, self.step)
            start, stop = self._cells_before(low, 0), self._cells_before(high, len(self.edges) - 1)
            named |= (1 << max(start, stop)) - (1 << start)
        return self.full & ~named if condition.negated else named if condition.tests else self.full

    def _cells_before(self, cut: Cut | None, otherwise: int) -> int:
        if cut is None:
            return otherwise
        end = self.edges[-1]
        return bisect_right(self._inner, cut) + (end is not None and cut >= end)

    @property
    def _inner(self) -> tuple[Cut, ...]:
        return self.edges[1:-1]  # type: ignore[return-value]  # only the outermost edges can be None

    def cell(self, value: Value) -> int:
        """Return the number of the cell that holds ``value``, which must lie in the domain."""
        return self.size - 1 if value is None else bisect_right(self._inner, (number_of(value), 0))

    def sample(self, cell: int) -> Value:
        """Return the smallest value of ``cell``. Where any decimals can occur, or there is no smallest, it is the one
        with the fewest decimals and, of these, the nearest to zero."""
        if not self.valued >> cell & 1:
            return None
        low, high = self.edges[cell], self.edges[cell + 1]
        if isinstance(self.input, NumberInput):
            return Decimal(plain(low[0])) if low and self.step is not None else simplest(low, high)
        assert low and high  # days are always limited
        last = cell == 0 and self.input.min is None and self.size > 1
        return date.fromordinal(int(high[0]) - 1 if last else int(low[0]))

    def condition(self, mask: int) -> Condition:
        """Return the runs of cells in ``mask`` as a condition."""
        if mask == self.full:
            return ANYTHING
        if mask == self.valued:
            return NOT_MISSING
        tests: list[Test] = []
        start, values = 0, mask & self.valued
        while rest := values >> start:
            start += (rest & -rest).bit_length() - 1
            stop = start + (~(values >> start) & -~(values >> start)).bit_length() - 1
            tests.append(self._test(start, stop))
            start = stop
        return Condition(tuple(tests) if values == mask else (*tests, MISSING))

    def _test(self, start: int, stop: int) -> Test:
        low, high = self._bound(self.edges[start], 0), self._bound(self.edges[stop], 1)
        if low and high and low.value == high.value:
            return Equal(low.value)
        return Range(low if start else None, high if stop < len(self.edges) - 1 else None)

    def _bound(self, cut: Cut | None, side: int) -> Bound | None:
        """Return the bound at ``cut`` as the low (0) or high (1) end of a range; on a grid both ends are closed."""
        if cut is None:
            return None
        if side and self.step is not None:
            return Bound(self._value(EXACT.subtract(cut[0], self.step)), closed=True)
        return Bound(self._value(cut[0]), closed=cut[1] == side)

    def _value(self, number: Decimal) -> Value:
        return number if isinstance(self.input, NumberInput) else date.fromordinal(int(number))

    def run(self, mask: int, cell: int) -> int:
        """Return the run of cells in ``mask`` that ``cell`` belongs to; a missing value is beside no other."""
        if mask == self.full or not self.valued >> cell & 1:
            return mask if mask == self.full else 1 << cell
        mask &= self.valued
        above = mask >> cell
        stop = cell + (~above & -~above).bit_length() - 1
        below = ~mask & ((1 << cell) - 1)
        start = below.bit_length()
        return (1 << stop) - (1 << start)


Axis = ChoiceAxis | OrderedAxis
"""The cells of one input."""


def axis_of(source: Input, conditions: Iterable[Condition]) -> Axis:
    """Return the axis of ``source``, cut only where one of ``conditions`` can change its answer."""
    if isinstance(source, ChoiceInput):
        return ChoiceAxis(source, (*source.values, None) if source.may_be_missing else source.values)
    if isinstance(source, BooleanInput):
        return ChoiceAxis(source, (False, True))
    step = step_of(source)
    start, end = domain(source)
    cuts = {
        cut
        for c in by_identity(conditions).values()
        for test in c.tests
        if not is_missing(test)
        for cut in span(test, step)
        if cut is not None
    }
    inner = sorted(c for c in cuts if (start is None or c > start) and (end is None or c < end))
    return OrderedAxis(source, step, (start, *inner, end), may_be_missing(source))


def by_identity(conditions: Iterable[Condition]) -> dict[int, Condition]:
    """Return each condition once, by identity; rules with the same text mostly share one object."""
    return {id(condition): condition for condition in conditions}
