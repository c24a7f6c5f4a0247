"""Values and conditions: a condition is a list of tests, each a value or a range, possibly negated.

Numbers are as exact and as large as in DMN, where a number is a decimal128 of IEEE 754.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Context, Decimal

from opmodel.model.base import SlottedModel
from opmodel.model.values import plain
from opmodel.text.words import counted

Value = bool | Decimal | str | date
"""A value of an input: exact number, choice, true or false, or a calendar day."""

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


def literal(value: Value) -> str:
    """Return ``value`` as an S-FEEL literal: ``true``, ``500.5``, ``"matched"``, ``date("2026-01-31")``."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return f'date("{value.isoformat()}")'
    return f'"{value.translate(_ESCAPES)}"'


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
