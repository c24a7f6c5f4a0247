"""Input of one decision: a checked value for every input of a table."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from opmodel.approval.conditions import (
    MAX_DIGITS,
    Value,
    count_of,
    decimals_of,
    is_decimal128,
    literal,
    may_be_missing,
)
from opmodel.approval.table import DecisionTable
from opmodel.model.approval import BooleanInput, ChoiceInput, DateInput, Input, NumberInput
from opmodel.model.values import plain
from opmodel.text.lookalikes import in_quotes
from opmodel.text.nearest import did_you_mean, suggestion
from opmodel.text.words import listed

_NUMBER = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)


class InputValueError(ValueError):
    """Raised for a value that an input cannot have; the message says what was expected and found."""


class CaseInputError(ValueError):
    """Raised for an incomplete or impossible case. ``problems`` maps each input (or unknown word) to its message."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {text}" for name, text in problems.items()))
        self.problems = dict(problems)


def read_case(table: DecisionTable, given: Mapping[str, object]) -> dict[str, Value]:
    """Return a checked value for every input of ``table``; one that may be missing need not be given.

    Raises `CaseInputError` with everything that is wrong.
    """
    known = {source.id: source for source in table.inputs}
    problems = {
        name: f"unknown input; {suggestion(name, known) or f'the inputs are {listed(known)}'}"
        for name in given
        if name not in known
    }
    values: dict[str, Value] = {}
    for name, source in known.items():
        try:
            if name not in given and not may_be_missing(source):
                raise InputValueError(f"missing; give {input_prompt(source)}")
            values[name] = read_value(source, given.get(name))
        except InputValueError as fault:
            problems[name] = str(fault)
    if problems:
        raise CaseInputError(problems)
    return values


def parse_case(table: DecisionTable, words: Iterable[str]) -> dict[str, Value]:
    """Return the case that words such as ``amount=4999`` give; ``score=`` and ``score=null`` are a missing value.

    Raises `CaseInputError` with every fault.
    """
    optional = {source.id for source in table.inputs if may_be_missing(source)}
    given: dict[str, object] = {}
    problems: dict[str, str] = {}
    for word in words:
        name, sign, text = word.partition("=")
        if not sign:
            problems[word] = f"expected input=value, such as {table.inputs[0].id}=…"
        elif name.strip() in given:
            problems[name.strip()] = "given twice"
        given[name.strip()] = text.strip() or (None if name.strip() in optional else "")
    if problems:
        raise CaseInputError(problems)
    return read_case(table, given)


def input_prompt(source: Input) -> str:
    """Return what to enter for ``source``: its label, unit, values and, for a sum, its window."""
    return _prompt(source) + ("; null where it is missing" if may_be_missing(source) else "")


def _prompt(source: Input) -> str:
    if isinstance(source, NumberInput):
        unit = f" in {source.unit}" if source.unit else ""
        window = source.window
        return f"{source.label}{unit}" + (f", the sum per {window.per} over {window.over.words}" if window else "")
    if source.type == "choice":
        return f"{source.label}: {listed(source.values, 'or')}"
    return f"{source.label}: {'true or false' if source.type == 'boolean' else 'a day such as 2026-01-31'}"


def read_value(source: Input, raw: object) -> Value:
    """Return ``raw``, or the value that it is the text of, as a value of ``source``. Raises `InputValueError`."""
    if may_be_missing(source) and (raw is None or raw == "null"):
        return None
    if raw is None:
        raise InputValueError(f"missing; give {input_prompt(source)}")
    if isinstance(source, ChoiceInput):
        return _read_choice(source, raw)
    if isinstance(source, BooleanInput):
        return _read_boolean(raw)
    if isinstance(source, DateInput):
        return _read_date(source, raw)
    return _read_number(source, raw)


def _read_choice(source: ChoiceInput, raw: object) -> str:
    text = {True: "true", False: "false"}[raw] if isinstance(raw, bool) else str(raw)
    if text in source.values:
        return text
    values = listed(map(literal, source.values), "or")
    raise InputValueError(f"expected {values}, found {in_quotes(text)}{did_you_mean(text, source.values)}")


def _read_boolean(raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and raw in ("true", "false"):
        return raw == "true"
    close = {"yes": "true", "y": "true", "no": "false", "n": "false"}.get(str(raw).casefold(), str(raw).casefold())
    raise InputValueError(
        f"expected true or false, found {in_quotes(str(raw))}"
        + (f"; did you mean {close}?" if close in ("true", "false") else "")
    )


def _read_date(source: DateInput, raw: object) -> date:
    try:
        day = raw if isinstance(raw, date) else date.fromisoformat(_matching(r"\d{4}-\d\d-\d\d", raw))
    except ValueError:
        raise InputValueError(f"expected a day that exists, such as 2026-01-31, found {in_quotes(str(raw))}") from None
    if source.min and day < source.min:
        raise InputValueError(f"expected {source.min} or later, found {day}")
    if source.max and day > source.max:
        raise InputValueError(f"expected {source.max} or earlier, found {day}")
    return day


def _read_number(source: NumberInput, raw: object) -> Decimal:
    number = _number(source, raw)
    unit = f" {source.unit}" if source.unit else ""
    if source.min is not None and number < source.min:
        raise InputValueError(f"expected at least {plain(source.min)}{unit}, found {plain(number)}")
    if source.max is not None and number > source.max:
        raise InputValueError(f"expected at most {plain(source.max)}{unit}, found {plain(number)}")
    if source.decimals is not None and decimals_of(number) > source.decimals:
        raise InputValueError(f"expected at most {count_of(source.decimals)}, found {plain(number)}")
    return number


def _number(source: NumberInput, raw: object) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal | str):
        raise InputValueError(f"expected a number, found {str(raw).lower()}")
    try:
        number = Decimal(_matching(_NUMBER, raw.strip())) if isinstance(raw, str) else Decimal(raw)
    except ValueError:
        raise InputValueError(
            f"expected a number such as 4999 or 0.5, found {in_quotes(str(raw))}{_number_hint(source, str(raw))}"
        ) from None
    if not is_decimal128(number):
        raise InputValueError(f"expected a number of at most {MAX_DIGITS} digits")
    return number


def _number_hint(source: NumberInput, raw: str) -> str:
    if re.fullmatch(r"\s*-?\d{1,3}([,' \u00a0\u202f_]\d{3})+(\.\d+)?\s*", raw):
        return f"; write it without separators: {re.sub(r'[^-.0-9]', '', raw)}"
    if re.search(r"[$€£¥]|[A-Za-z]{3}", raw):
        return f"; leave out the unit{f', it is {source.unit}' if source.unit else ''}"
    return ""


def _matching(pattern: str | re.Pattern[str], raw: object) -> str:
    if isinstance(raw, str) and re.fullmatch(pattern, raw):
        return raw
    raise ValueError(raw)
