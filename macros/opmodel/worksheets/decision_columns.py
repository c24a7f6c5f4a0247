"""Inputs of decision tables of other programs as inputs of an approval table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from opmodel.approval.conditions import MISSING, Condition, Equal, Range, Value, literal
from opmodel.model.values import MAX_LINE
from opmodel.text.slugs import FreeNames, slug
from opmodel.worksheets.approval_names import input_id
from opmodel.worksheets.decision_source import SourceColumn, SourceText
from opmodel.worksheets.feel_tests import NoCounterpart, read_condition
from opmodel.worksheets.names import folded_name

OTHER = "other"
"""The value of a choice that stands for every word that no rule names."""
_KINDS: tuple[tuple[type, str], ...] = ((bool, "boolean"), (Decimal, "number"), (str, "choice"), (date, "date"))


@dataclass(slots=True)
class ReadColumn:
    """An input with the condition of each rule. One without a counterpart is None, and ``reasons`` says why."""

    source: SourceColumn
    data: dict[str, Any]
    conditions: list[Condition | None]
    texts: list[SourceText]
    reasons: list[str]
    notes: list[tuple[str, bool]]
    """What is to be said of the column, and whether it needs nobody."""

    def when(self, rule: int) -> str:
        """Return the condition of a rule as it is written; an empty text for one that every value meets."""
        condition = self.conditions[rule]
        if condition is None:
            return " ".join(self.texts[rule].text.split())
        return "" if not condition.tests else str(condition)


def read_columns(columns: Sequence[SourceColumn], rules: Sequence[Sequence[SourceText]]) -> list[ReadColumn]:
    """Return the inputs of a table; ``rules`` are the conditions of each rule."""
    names = FreeNames((), "_")
    return [_column(column, [rule[number] for rule in rules], names) for number, column in enumerate(columns)]


def _column(column: SourceColumn, texts: list[SourceText], names: FreeNames) -> ReadColumn:
    conditions: list[Condition | None] = []
    reasons = []
    for text in texts:
        try:
            conditions.append(read_condition(text))
            reasons.append("")
        except NoCounterpart as none:
            conditions.append(None)
            reasons.append(str(none))
    read = ReadColumn(column, {}, conditions, texts, reasons, [])
    label = " ".join((column.label or column.expression.text).split())[:MAX_LINE] or "Input"
    read.data = {"id": names.take(_name(column, label)), "type": "", "label": label}
    _add_domain(read)
    _note_expression(read)
    return read


def _name(column: SourceColumn, label: str) -> str:
    """Return the id of an input: its expression where that is a name, and else its label."""
    expression = column.expression.text.strip().removeprefix("${").removesuffix("}")
    plain = expression.isidentifier() and expression.isascii()
    words = expression if plain else slug(expression if column.named or _is_simple(expression) else label)
    return input_id(words, "input")


def _is_simple(expression: str) -> bool:
    """Whether an expression is a name, or the path to one."""
    return all(part.replace("_", "a").isalnum() for part in expression.replace(".", " ").split())


def _note_expression(read: ReadColumn) -> None:
    """Note that the source works the input out, where it does."""
    expression = read.source.expression
    bare = expression.text.strip().removeprefix("${").removesuffix("}")
    simple = _is_simple(bare)
    if read.source.named:
        return
    if not simple or (expression.language not in ("feel", "cell") and bare == expression.text.strip() and bare):
        how = "" if expression.language in ("feel", "cell") else f" in {expression.language}"
        read.notes.append(
            (f"the input is worked out{how}: {' '.join(bare.split())}; it is an input by itself here", False)
        )


def _add_domain(read: ReadColumn) -> None:
    """Add type and domain of an input."""
    kind = {"text": "choice"}.get(read.source.type, read.source.type)
    values = list(_values(condition for condition in read.conditions if condition))
    if kind not in ("number", "choice", "boolean", "date"):
        kinds = list(dict.fromkeys(_kind(value) for value in values if value is not None))
        if kind and read.source.type:
            read.notes.append((f"its type, {read.source.type}, has no counterpart", len(kinds) == 1))
        kind = kinds[0] if len(kinds) == 1 else "choice"
    read.data["type"] = kind
    allowed = _allowed(read)
    if kind == "choice":
        read.data["values"] = _words(read, values, allowed)
    elif kind in ("number", "date"):
        _add_bounds(read, allowed)
    if kind in ("number", "choice") and None in values:
        read.data["may_be_missing"] = True


def _values(conditions: Iterable[Condition]) -> Iterable[Value]:
    for condition in conditions:
        for test in condition.tests:
            if isinstance(test, Equal):
                yield test.value
            else:
                yield from (bound.value for bound in (test.low, test.high) if bound)


def _kind(value: Value) -> str:
    return next(kind for type, kind in _KINDS if isinstance(value, type))


def _allowed(read: ReadColumn) -> Condition | None:
    """Return the values that the file allows, if it says and they can be read."""
    allowed = read.source.allowed
    if not allowed.text:
        return None
    try:
        return read_condition(allowed)
    except NoCounterpart as none:
        read.notes.append((f"its allowed values, {allowed.text}: {none}", False))
        return None


def _words(read: ReadColumn, values: Iterable[Value], allowed: Condition | None) -> list[str]:
    """Return the values of a choice: those allowed, or else those that rules name."""
    given = [value for value in _values([allowed]) if isinstance(value, str)] if allowed and not allowed.negated else []
    if given:
        return list(dict.fromkeys(given))
    words = list(dict.fromkeys(value for value in values if isinstance(value, str)))
    if not words:
        return ["undecided"]
    is_open = any(condition is None or not condition.tests or condition.negated for condition in read.conditions)
    if is_open and OTHER not in map(folded_name, words):
        words.append(OTHER)
        read.notes.append((f"the file lists no values; {literal(OTHER)} stands for those that no rule names", True))
    else:
        read.notes.append(("the file lists no values; those of its rules are taken for all that occur", True))
    return words


def _add_bounds(read: ReadColumn, allowed: Condition | None) -> None:
    """Add the least and the most value of a number or date, where the file allows one range."""
    if read.source.whole:
        read.data["decimals"] = 0
    tests = tuple(test for test in allowed.tests if test != MISSING) if allowed else ()
    if not allowed or not tests:
        return
    if len(tests) < len(allowed.tests) and read.data["type"] == "number":
        read.data["may_be_missing"] = True
    if len(tests) > 1 or allowed.negated or not isinstance(tests[0], Range):
        read.notes.append((f"its allowed values, {allowed}, are no range; left out", False))
        return
    for key, bound in (("min", tests[0].low), ("max", tests[0].high)):
        if bound:
            read.data[key] = bound.value
            if not bound.closed:
                read.notes.append((f"{literal(bound.value)} itself is not allowed in the file, and is here", False))
