"""The result of importing a table as an approval section."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from opmodel.load.records import error_message
from opmodel.model.approval import Approval
from opmodel.worksheets.grid import Unplaced


@dataclass(kw_only=True)
class ImportedApproval:
    """The result of an import.

    Args:
        data: The approval section as plain data; empty if there is no table.
        approval: The section as a record, or None if it is not complete.
        found: One line on each sheet with a table.
        report: What was not read, and what was assumed.
        findings: What the proof finds, in words.
        unread: How many rows have a limit that was not read.
    """

    data: dict[str, Any] = field(default_factory=dict)
    approval: Approval | None = None
    found: list[str] = field(default_factory=list)
    report: list[Unplaced] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    unread: int = 0
    proven: bool = False
    """Whether the proof could be run, be it on a section that is not complete for other reasons."""


def section_errors(invalid: ValidationError) -> Iterator[str]:
    """Yield what is wrong with a section that is no valid record, each with the path of its field."""
    for error in invalid.errors():
        yield f"{'.'.join(map(str, error['loc']))}: {error_message(dict(error))[1]}"
