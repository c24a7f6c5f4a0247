"""Plain scalars by the core schema of YAML 1.2.2, section 10.3.2, and what YAML 1.1 would have made of them."""

from decimal import Decimal

import pytest

from opmodel.source.composer import scalar_value
from opmodel.source.reader import parse
from opmodel.source.tree import ScalarNode

TABLE: dict[object, list[str]] = {
    None: ["", "~", "null", "Null", "NULL"],
    True: ["true", "True", "TRUE"],
    False: ["false", "False", "FALSE"],
}
NUMBERS: dict[str, int | Decimal] = {
    "0": 0,
    "-0": 0,
    "+12": 12,
    "007": 7,
    "-19": -19,
    "0o7": 7,
    "0o17": 15,
    "0x3A": 58,
    "0xff": 255,
    "0.": Decimal("0"),
    "-0.0": Decimal("-0.0"),
    ".5": Decimal("0.5"),
    "+12e03": Decimal("12000"),
    "-2E+05": Decimal("-200000"),
    "12.5e-1": Decimal("1.25"),
    "0.1": Decimal("0.1"),
    "9" * 40: int("9" * 40),
}
TEXTS = [
    *("yes", "no", "on", "off", "y", "n", "No", "ON"),  # booleans in YAML 1.1
    *("12:30", "1:2:3", "190:20:30"),  # numbers to the base of 60
    *("1_000", "0b11", "-0x1", "+0o7", "0o8", "0xg", "1,000"),  # numbers in another form
    *("2026-11-30", "2026-11-30T12:00:00Z"),  # dates
    *("nULL", "tRUE", "none", "None", "nil", "undefined"),
    *(".", "+", "-", "+.", "e5", "1e", "1e+", "1.2.3", ".e5"),
    *(".inf", "-.Inf", ".nan", ".NAN", "inf", "nan"),  # left as text: no field can hold them
    *("9" * 41, "1e999", "1." + "0" * 41),  # longer than any real value
    *("=", "<<", "x", "ü", "\N{ARABIC-INDIC DIGIT THREE}", "\N{FULLWIDTH DIGIT ONE}", "½"),
]


@pytest.mark.parametrize(("text", "value"), [(text, value) for value, texts in TABLE.items() for text in texts])
def test_words(text: str, value: object) -> None:
    assert scalar_value(text) is value


@pytest.mark.parametrize(("text", "value"), NUMBERS.items())
def test_numbers_are_exact(text: str, value: int | Decimal) -> None:
    found = scalar_value(text)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize("text", TEXTS)
def test_everything_else_is_text(text: str) -> None:
    assert scalar_value(text) == text


@pytest.mark.parametrize("written", ['"12"', "'12'", "!!str 12", "! 12", "|-\n  12", ">-\n  12"])
def test_what_is_quoted_or_called_text_is_text(written: str) -> None:
    node, faults = parse(f"- {written}")
    assert faults == []
    assert node is not None
    assert node.plain == ("12",)


def test_an_empty_quoted_text_is_not_nothing() -> None:
    node, faults = parse('""')
    assert faults == []
    assert isinstance(node, ScalarNode)
    assert node.value == ""
