"""A decision table of another program, as it stands in its file: texts, with the place of each."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from opmodel.worksheets.grid import Unplaced

TYPES: Mapping[str, str] = {
    "number": "number",
    "integer": "number",
    "long": "number",
    "double": "number",
    "string": "text",
    "boolean": "boolean",
    "date": "date",
}
"""The types that engines name, in small letters, as types of a `SourceColumn`."""
WHOLE_TYPES = ("integer", "long")
"""Those of numbers without decimals."""


@dataclass(frozen=True, kw_only=True)
class SourceText:
    """A text of a file and its place, such as ``line 12`` or ``B7``."""

    text: str
    place: str = ""
    language: str = "feel"
    """The language of an expression: ``feel``, ``cell`` for plain cells of a spreadsheet, or the name of another."""


@dataclass(frozen=True, kw_only=True)
class SourceColumn:
    """An input or an output.

    Args:
        label: What it is called.
        expression: The expression that gives the value of an input, or the name of an output.
        type: ``number``, ``text``, ``boolean``, ``date``, an empty text if the file says none, or another word.
        whole: Whether numbers have no decimals.
        allowed: The values that the file allows, or an empty text.
    """

    label: str
    expression: SourceText
    type: str = ""
    whole: bool = False
    named: bool = False
    """Whether the expression is the name of an input or a decision, and nothing is worked out."""
    allowed: SourceText = field(default_factory=lambda: SourceText(text=""))


@dataclass(frozen=True, kw_only=True)
class SourceRule:
    """A rule with a condition for each input, a result for each output, and what was written beside it."""

    id: str
    place: str
    conditions: tuple[SourceText, ...]
    results: tuple[SourceText, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SourceTable:
    """A decision table.

    Args:
        sheet: The sheet or file that it stands in.
        name: Its name.
        policy: Its hit policy in the words of DMN, such as ``COLLECT SUM``.
        inputs: Its inputs.
        outputs: Its outputs.
        rules: Its rules.
        report: What of it has no counterpart in an approval table.
        exported: The approval section that this program put into the file, as JSON; empty in other files.
    """

    sheet: str
    name: str
    policy: str
    inputs: tuple[SourceColumn, ...]
    outputs: tuple[SourceColumn, ...]
    rules: tuple[SourceRule, ...]
    report: tuple[Unplaced, ...] = ()
    exported: str = ""
