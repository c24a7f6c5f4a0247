"""Conditions of other programs as conditions of an approval table, or the reason why there is none."""

import re

from opmodel.approval.conditions import ANYTHING, Condition, literal
from opmodel.approval.sfeel import SfeelError, parse
from opmodel.worksheets.decision_source import SourceText

_AT = re.compile(r'@("\d{4}-\d\d-\d\d")')
_PLACEHOLDER = re.compile(r"^\?\s*(?=[<>=])")
_EQUAL = re.compile(r"^==?\s*(?![=<>])")
_FUNCTION = re.compile(r"\b(?!not\b|date\b)([A-Za-z][A-Za-z ]*?)\s*\(")
_ARITHMETIC = re.compile(r"[\w)\"]\s*[*/+%]|\*\*|[\w)]\s+-\s*[\w(]")
_NUMBER = re.compile(r"-?(\d+(\.\d+)?|\.\d+)")
_CELL_TEST = re.compile(r"^(<=|>=|<|>|\[|\]|\(|not\s*\(|-$|null$|true$|false$|date\s*\(|\")")
_THOUSANDS = re.compile(r"((<=|>=|<|>)\s*)?-?\d{1,3}(,\d{3})+(\.\d+)?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class NoCounterpart(ValueError):
    """A condition that an approval table cannot hold; the text says why."""


def read_condition(source: SourceText) -> Condition:
    """Return a condition. Raises `NoCounterpart`."""
    if source.language == "cell":
        return _parsed(cell_test(source.text))
    if source.language != "feel":
        raise NoCounterpart(f"an expression in {source.language}")
    return _parsed(source.text)


def cell_test(text: str) -> str:
    """Return the content of a plain cell as a test: words get their quotes, other texts stay."""
    if _THOUSANDS.fullmatch(text):
        return text.replace(",", "")
    if not text or _CELL_TEST.match(text) or _NUMBER.fullmatch(text):
        return text
    if _DAY.fullmatch(text):
        return f'date("{text}")'
    return ", ".join(literal(part.strip()) for part in text.split(",") if part.strip())


def _parsed(text: str) -> Condition:
    bare = " ".join(text.split())
    if bare in ("", "-"):
        return ANYTHING
    bare = _AT.sub(r"date(\1)", bare)
    bare = _EQUAL.sub("", _PLACEHOLDER.sub("", bare))
    try:
        return parse(bare, null=True)
    except SfeelError as error:
        raise NoCounterpart(_reason(bare) or f"no S-FEEL: {error.message}") from None


def _reason(text: str) -> str:
    """Return the kind of FEEL that an approval table does not have, if it is a known one."""
    outside = re.sub(r'"(?:[^"\\]|\\.)*"', '""', text)
    if found := _FUNCTION.search(outside):
        return f"calls the function {found[1].strip()}"
    if re.search(r"\b(if|for|some|every|function)\b", outside):
        return "an expression of FEEL beyond S-FEEL"
    if re.search(r"\b(and|or)\b", outside):
        return "tests joined by a word, which S-FEEL does not have"
    if _ARITHMETIC.search(outside):
        return "calculates"
    if re.search(r"(?<![\w\"])(?!true\b|false\b|null\b|not\b|date\b)[A-Za-z_]\w*", outside):
        return "compares with another value, not with a constant"
    return ""
