"""What a schema error says: expected, found, and the nearest match. One entry per kind of pydantic error."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from opmodel.model.kinds import EXPECTED
from opmodel.text.lookalikes import in_quotes
from opmodel.text.nearest import did_you_mean

_EXPECTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "decimal_type": "a number",
    "is_instance_of": "a number",
    "date_type": "a date such as 2026-11-30",
    "date_parsing": "a date such as 2026-11-30",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "string_too_short": "text",
    "finite_number": "a number",
}


def describe(value: object) -> str:
    """Return what was found, in words: ``the number 5``, ``a list``, ``"legl"``, ``nothing``."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, Decimal)):
        return f"the number {value}"
    if isinstance(value, (list, tuple)):
        return "a list"
    if isinstance(value, Mapping):
        return "a mapping"
    text = str(value).replace("\n", " ")
    return in_quotes(f"{text[:60]}…" if len(text) > 60 else text) if text else "empty text"


def message(error: Mapping[str, Any]) -> tuple[str, str]:
    """Return the rule id and the message of a pydantic error that is not about a missing or unknown key."""
    kind, found, context = error["type"], describe(error["input"]), error.get("ctx", {})
    if kind in ("enum", "literal_error"):
        return "unknown-word", _word(error["input"], context["expected"])
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        return _tag(error)
    if kind in _EXPECTED:
        return "wrong-type", f"expected {_EXPECTED[kind]}, found {found}"
    return "bad-value", _limit(kind, error["input"], context) or f"{error['msg']}, found {found}"


def _word(value: object, expected: str) -> str:
    words = [word.strip("'") for word in expected.replace(" or ", ", ").split(", ")]
    near = did_you_mean(value, words) if isinstance(value, str) else ""
    return f"expected one of {', '.join(words)}; found {describe(value)}{near}"


def _tag(error: Mapping[str, Any]) -> tuple[str, str]:
    context = error["ctx"]
    if error["type"] == "union_tag_not_found":
        return "missing-key", 'the key "type" is missing: expected number, choice, boolean or date'
    return "unknown-word", _word(context["tag"], context["expected_tags"])


def _limit(kind: str, value: object, context: Mapping[str, Any]) -> str:
    found = describe(value)
    match kind:
        case "string_too_long":
            return f"expected at most {context['max_length']} characters, found {found}"
        case "string_pattern_mismatch":
            return f"expected {EXPECTED[context['pattern']]}, found {found}"
        case "too_short":
            return f"expected at least {context['min_length']} entr{'y' if context['min_length'] == 1 else 'ies'}"
        case "too_long":
            unit = "characters" if isinstance(value, str) else "entries"
            return f"expected at most {context['max_length']} {unit}, found {context['actual_length']}"
        case "greater_than":
            return f"expected more than {context['gt']}, found {found}"
        case "greater_than_equal":
            return f"expected {context['ge']} or more, found {found}"
        case "less_than_equal":
            return f"expected {context['le']} or less, found {found}"
        case _:
            return ""
