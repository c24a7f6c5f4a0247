"""Values, conditions and cuts. A condition is a list of tests, each a value or a range, possibly negated.

Numbers are as exact and as large as in DMN, where a number is a decimal128 of IEEE 754.

A cut is a place between values: ``(v, 0)`` lies just before ``v`` and ``(v, 1)`` just after it. Every test covers what
lies between two cuts. Where values have a step (cents, days), a cut just after 499.99 is the cut just before 500, which
is why ``[0..499.99]`` and ``[500..5000]`` leave nothing between them.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal

from opmodel.model.approval import BooleanInput, ChoiceInput, DateInput, Input, NumberInput
from opmodel.model.base import SlottedModel
from opmodel.model.values import plain
from opmodel.text.words import counted

Value = bool | Decimal | str | date | None
"""A value of an input: exact number, choice, true or false, or a calendar day; None is a value that is missing."""

MAX_DIGITS = 34
"""Digits of a number."""
EXACT = Context(prec=120)
"""Enough digits for every number that is let in on every grid (12 decimals), so that nothing is ever rounded."""
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


@dataclass(frozen=True, slots=True)
class Bound(SlottedModel):
    """One end of a range; a closed end belongs to the range."""

    value: Value
    closed: bool


@dataclass(frozen=True, slots=True)
class Equal(SlottedModel):
    """A test that is met by one value. ``offset`` is where the test starts in the text."""

    value: Value
    offset: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Range(SlottedModel):
    """A test that is met between two ends; an end that is None is not limited."""

    low: Bound | None
    high: Bound | None
    offset: int = field(default=0, compare=False)


Test = Equal | Range


@dataclass(frozen=True, slots=True)
class Condition(SlottedModel):
    """Any of ``tests``, or none of them when ``negated``. No tests at all is ``-``: anything."""

    tests: tuple[Test, ...] = ()
    negated: bool = False

    def __str__(self) -> str:
        """Return the condition in the one standard notation: ``-``, ``< 5``, ``[1..5)``, ``not("a", "b")``."""
        body = ", ".join(test_text(test) for test in self.tests) or "-"
        return f"not({body})" if self.negated else body


ANYTHING = Condition()
MISSING = Equal(None)
"""The test ``null``, which only a missing value meets."""
NOT_MISSING = Condition((MISSING,), negated=True)


def is_missing(test: Test) -> bool:
    """Return whether ``test`` is ``null``."""
    return isinstance(test, Equal) and test.value is None


def may_be_missing(source: Input) -> bool:
    """Return whether a case can come without a value of ``source``."""
    return isinstance(source, NumberInput | ChoiceInput) and source.may_be_missing


def literal(value: Value) -> str:
    """Return ``value`` as an S-FEEL literal: ``true``, ``500.5``, ``"matched"``, ``date("2026-01-31")``, ``null``."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return f'date("{value.isoformat()}")'
    return f'"{value.translate(_ESCAPES)}"'


def value_text(value: Value) -> str:
    """Return ``value`` for a message: its literal, or ``missing``."""
    return "missing" if value is None else literal(value)


def test_text(test: Test) -> str:
    """Return one test in S-FEEL, with the notation of intervals that all engines read: ``[a..b)``."""
    if isinstance(test, Equal):
        return literal(test.value)
    low, high = test.low, test.high
    if low and high:
        start, end = "[" if low.closed else "(", "]" if high.closed else ")"
        return f"{start}{literal(low.value)}..{literal(high.value)}{end}"
    if low:
        return f"{'>=' if low.closed else '>'} {literal(low.value)}"
    if high:
        return f"{'<=' if high.closed else '<'} {literal(high.value)}"
    return "-"


def is_decimal128(number: Decimal) -> bool:
    """Return whether ``number`` has at most 34 digits on either side of its point."""
    exponent = number.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -MAX_DIGITS and number.adjusted() < MAX_DIGITS


def decimals_of(number: Decimal) -> int:
    """Return how many decimals ``number`` needs; trailing zeros do not count."""
    return len(plain(number).partition(".")[2])


def count_of(decimals: int) -> str:
    """Return ``no decimals``, ``1 decimal``, ``2 decimals``."""
    return counted(decimals, "decimal") if decimals else "no decimals"


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
    missing = (MISSING,) if may_be_missing(source) else ()
    if isinstance(source, ChoiceInput):
        return Condition((*(Equal(value) for value in source.values), *missing))
    if isinstance(source, BooleanInput) or (source.min is None and source.max is None):
        return ANYTHING
    return Condition((_bounds(source.min, source.max), *missing))


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
