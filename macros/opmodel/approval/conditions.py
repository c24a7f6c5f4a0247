"""What a condition is once it has been read: a list of tests, each a value or a range, possibly negated."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from opmodel.model.base import SlottedModel
from opmodel.model.values import plain

Value = bool | Decimal | str | date
"""A value of an input: exact number, choice, true or false, or a calendar day."""

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
