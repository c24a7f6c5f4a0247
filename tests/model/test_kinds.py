"""Kinds of text: every pattern has a message, and schemas name the kind of each text field."""

from collections.abc import Iterator
from typing import Any

import pytest

from opmodel.formats.schemas import DATA, schema
from opmodel.load.records import error_message
from opmodel.model.text_kinds import EXPECTED

SCHEMAS = {name: schema(record, "validation", name) for name, record in DATA.items()}


def parts(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every mapping in a schema."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from parts(inner)


@pytest.mark.parametrize("name", SCHEMAS)
def test_whatever_has_a_pattern_says_its_kind_and_what_is_expected(name: str) -> None:
    texts = [part for part in parts(SCHEMAS[name]) if isinstance(part.get("pattern"), str)]
    assert texts
    assert [part for part in texts if not {"x-kind", "x-expected"} <= part.keys()] == []


@pytest.mark.parametrize("pattern", EXPECTED)
def test_each_kind_that_the_validator_reports_has_its_own_message(pattern: str) -> None:
    error = {"type": "string_pattern_mismatch", "input": "x y", "ctx": {"pattern": pattern}}
    assert error_message(error) == ("bad-value", f'expected {EXPECTED[pattern]}, found "x y"')
