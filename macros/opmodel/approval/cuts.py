"""Cuts: exact places between values, where tests begin and end.

A cut is a place between values: ``(v, 0)`` lies just before ``v`` and ``(v, 1)`` just after it. Every test covers what
lies between two cuts. Where values have a step (cents, days), a cut just after 499.99 is the cut just before 500, which
is why ``[0..499.99]`` and ``[500..5000]`` leave nothing between them.
"""

from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from opmodel.approval.conditions import ANYTHING, EXACT, Bound, Condition, Equal, Range, Test, Value
from opmodel.model.approval import BooleanInput, ChoiceInput, DateInput, Input, NumberInput

Cut = tuple[Decimal, int]


def domain(source: NumberInput | DateInput) -> tuple[Cut | None, Cut | None]:
    """Return the cuts around all values of ``source``; days run from year 1 to year 9999 when nothing limits them."""
    if isinstance(source, DateInput):
        return span(_bounds(source.min or date.min, source.max or date.max), step_of(source))
    return span(_bounds(source.min, source.max), step_of(source))


def _bounds(low: Value | None, high: Value | None) -> Range:
    return Range(None if low is None else Bound(low, closed=True), None if high is None else Bound(high, closed=True))


def domain_condition(source: Input) -> Condition:
    """Return the whole domain of ``source`` as a condition, which is `ANYTHING` when nothing limits it."""
    if isinstance(source, ChoiceInput):
        return Condition(tuple(Equal(value) for value in source.values))
    if isinstance(source, BooleanInput) or (source.min is None and source.max is None):
        return ANYTHING
    return Condition((_bounds(source.min, source.max),))


def step_of(source: NumberInput | DateInput) -> Decimal | None:
    """Return the step between values, or None when any decimals can occur."""
    if isinstance(source, DateInput):
        return Decimal(1)
    return None if source.decimals is None else Decimal(1).scaleb(-source.decimals)


def span(test: Test, step: Decimal | None) -> tuple[Cut | None, Cut | None]:
    """Return the cuts between which ``test`` holds; on a grid each is moved to the next value."""
    if isinstance(test, Equal):
        low = high = Bound(test.value, closed=True)
        return _cut(low, 0, step), _cut(high, 1, step)
    return _cut(test.low, 0, step), _cut(test.high, 1, step)


def _cut(bound: Bound | None, closed_side: int, step: Decimal | None) -> Cut | None:
    if bound is None:
        return None
    cut = (number_of(bound.value), closed_side if bound.closed else 1 - closed_side)
    return cut if step is None else (_first(cut, step), 0)


def number_of(value: Value) -> Decimal:
    """Return a number unchanged, and a day as its proleptic Gregorian ordinal."""
    if isinstance(value, date):
        return Decimal(value.toordinal())
    assert isinstance(value, Decimal)
    return value


def _first(cut: Cut, step: Decimal) -> Decimal:
    """Return the smallest multiple of ``step`` that lies after ``cut``."""
    value, after = cut
    down = value.quantize(step, ROUND_FLOOR if after else ROUND_CEILING, context=EXACT)
    return EXACT.add(down, step) if after else EXACT.plus(down)


def simplest(low: Cut | None, high: Cut | None) -> Decimal:
    """Return the number between two cuts that has the fewest decimals and, of these, is the nearest to zero."""
    step = Decimal(1)
    while True:
        first = None if low is None else _first(low, step)
        last = None if high is None else EXACT.subtract(_first(high, step), step)
        if first is None or last is None or first <= last:
            break
        step = step.scaleb(-1)
    if first is not None and first > 0:
        return first
    return last if last is not None and last < 0 else Decimal(0)
