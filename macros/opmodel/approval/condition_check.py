"""Conditions checked against their input: type, known values, domain, and at least one value that matches."""

import re
from decimal import Decimal

from opmodel.approval.axis import axis_of
from opmodel.approval.conditions import (
    MISSING,
    Bound,
    Condition,
    Equal,
    Range,
    Test,
    Value,
    domain,
    domain_condition,
    literal,
    may_be_missing,
    span,
    step_of,
    test_text,
)
from opmodel.approval.mistakes import write
from opmodel.approval.sfeel import SfeelError, parse
from opmodel.model.approval import BooleanInput, ChoiceInput, DateInput, Input, NumberInput
from opmodel.text.lookalikes import named_characters
from opmodel.text.nearest import suggestion
from opmodel.text.words import listed

_EXPECTED = {
    "number": "a number",
    "choice": "text in quotes",
    "boolean": "true or false",
    "date": 'a date as date("2026-01-31")',
}


def condition_for(source: Input, text: str) -> Condition:
    """Parse ``text`` as a condition of ``source``.

    Raises `SfeelError` when it cannot be read, has a value of another type or outside the domain, or never matches.
    """
    key = (text, source.type, *_domain_of(source))
    if key not in _sound:
        if len(_sound) >= _MOST:
            _sound.clear()
        _sound[key] = _condition(source, text)
    return _sound[key]


_MOST = 4096
_sound: dict[tuple[object, ...], Condition] = {}
"""Cache of valid conditions by everything that they depend on; most are repeated, within packets and among them."""


def _domain_of(source: Input) -> tuple[object, ...]:
    """Return what limits the values of an input, apart from its type."""
    if isinstance(source, NumberInput):
        return source.min, source.max, source.decimals, source.may_be_missing
    if isinstance(source, DateInput):
        return source.min, source.max
    return (*source.values, source.may_be_missing) if isinstance(source, ChoiceInput) else ()


def _condition(source: Input, text: str) -> Condition:
    null = may_be_missing(source)
    condition = parse(text, source.values if isinstance(source, ChoiceInput) else (), null=null)
    if condition.negated and null and MISSING not in condition.tests:
        condition = Condition((*condition.tests, MISSING), negated=True)  # what is not there is matched by null alone
    words = frozenset(source.values) if isinstance(source, ChoiceInput) else frozenset[str]()
    for test in condition.tests:
        if test != MISSING:
            _check_types(source, test)
            _check_domain(source, test, words)
    if condition.negated and axis_of(source, [condition]).mask(condition) == 0:
        raise SfeelError(f"expected a value that is left over, found none: {condition} excludes every value", 0)
    return condition


def type_name(value: Value) -> str:
    """Return ``value`` after the name of its type: ``the number 5``."""
    kinds: tuple[tuple[type, str], ...] = ((bool, "the truth value"), (Decimal, "the number"), (str, "the text"))
    kind = next((name for cls, name in kinds if isinstance(value, cls)), "the date")
    return f"{kind} {literal(value)}"


def _check_types(source: Input, test: Test) -> None:
    for value in _values(test):
        if not _fits(source, value):
            hint = _type_hint(source, value)
            raise SfeelError(f"expected {_EXPECTED[source.type]}, found {type_name(value)}{hint}", test.offset)
        if isinstance(value, Decimal) and isinstance(source, NumberInput):
            _check_grouping(source, value, test)
    if isinstance(test, Range) and isinstance(source, ChoiceInput | BooleanInput):
        what = "words" if source.type == "choice" else "true and false"
        raise SfeelError(f"expected {_EXPECTED[source.type]}, found a comparison; {what} have no order", test.offset)


def _values(test: Test) -> tuple[Value, ...]:
    if isinstance(test, Equal):
        return (test.value,)
    return tuple(bound.value for bound in (test.low, test.high) if bound)


def _fits(source: Input, value: Value) -> bool:
    kinds = {"number": Decimal, "choice": str, "boolean": bool}
    return type(value) is kinds[source.type] if source.type in kinds else not isinstance(value, bool | Decimal | str)


def _type_hint(source: Input, value: Value) -> str:
    if isinstance(value, str):
        if source.type == "date" and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            return f'; write date("{value}")'
        if source.type == "boolean" and value in ("true", "false"):
            return f"; write {value} without quotes"
        if source.type == "number" and re.fullmatch(r"-?\d+(\.\d+)?", value):
            return f"; write {value} without quotes"
    if isinstance(source, ChoiceInput) and literal(value) in source.values:
        return f"; {write(literal(literal(value)))}"
    return ""


def _check_grouping(source: NumberInput, value: Decimal, test: Test) -> None:
    """Refuse 5.000 and 1.250 where thousands are likely meant: three decimals, one too many, the last a zero."""
    _sign, digits, exponent = value.as_tuple()
    if exponent == -3 and source.decimals is not None and source.decimals < 3 and digits[-1] == 0:
        whole = "".join(map(str, digits)).lstrip("0")
        raise SfeelError(
            f"expected at most {source.decimals} decimals, found {value}; if thousands are meant, write {whole}",
            test.offset,
        )


def _check_domain(source: Input, test: Test, words: frozenset[str]) -> None:
    if isinstance(source, ChoiceInput) and isinstance(test, Equal) and test.value not in words:
        raise _unknown_word(source, str(test.value), test.offset)
    if isinstance(source, NumberInput | DateInput):
        _check_span(source, test)


def _unknown_word(source: ChoiceInput, word: str, offset: int) -> SfeelError:
    hint = suggestion(word, source.values) or f"the values are {listed(map(literal, source.values))}"
    return SfeelError(f"expected a value of {source.id}, found {literal(word)}{named_characters(word)}; {hint}", offset)


def _check_span(source: NumberInput | DateInput, test: Test) -> None:
    if isinstance(test, Range) and test.low and test.high:
        _check_order(test)
    step = step_of(source)
    low, high = span(test, step)
    if low is not None and high is not None and low >= high:
        why = f"{source.id} has no value there" if isinstance(source, NumberInput) else "no day lies there"
        raise SfeelError(f"expected a test that can match, found {test_text(test)}: {why}", test.offset)
    start, end = domain(source)
    if (end is not None and low is not None and low >= end) or (
        start is not None and high is not None and high <= start
    ):
        limits = str(domain_condition(source))
        raise SfeelError(
            f"expected a value of {source.id} ({limits}), found {test_text(test)}; it never matches", test.offset
        )


def _check_order(test: Range) -> None:
    assert test.low and test.high
    low, high = test.low.value, test.high.value
    if low > high:  # type: ignore[operator]  # both are numbers or both are days by now
        turned = Range(Bound(high, test.low.closed), Bound(low, test.high.closed))
        raise SfeelError(
            f"expected a range that starts before it ends, found {test_text(test)}; did you mean {test_text(turned)}?",
            test.offset,
        )
    if low == high and not (test.low.closed and test.high.closed):
        raise SfeelError(
            f"expected a range with a value in it, found {test_text(test)}; write {literal(low)} alone for one value",
            test.offset,
        )
