"""The headings of inventories of use cases: which columns a sheet has, and in which row they begin.

The names are those of the inventories that US federal agencies publish, of the years 2023 to 2025, and plain ones.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from opmodel.worksheets.grid import HEADING_ROWS, Grid

FIELDS: Mapping[str, tuple[str, ...]] = {
    "title": (
        "use case name",
        "ai use case name",
        "ai use case",
        "use case title",
        "use case",
        "use case id name",
        "tool application name",
        "title",
        "name",
    ),
    "reference": ("use case id", "use case identifier", "ai use case id", "use case number", "id", "identifier"),
    "agency": ("agency name", "agency", "department", "organisation", "organization"),
    "bureau": (
        "bureau component",
        "agency bureau",
        "bureau component office",
        "bureau department",
        "bureau",
        "component",
        "sponsoring office",
        "office",
        "business unit",
        "owner organisation",
    ),
    "purpose": (
        "what problem is the ai intended to solve",
        "problem solved",
        "problem description",
        "what is the intended purpose and expected benefits of the ai",
        "intended purpose and expected benefits of use case",
        "intended purpose and expected benefits",
        "purpose benefits",
        "purpose",
        "summary of use case",
        "summary",
        "description",
    ),
    "output": (
        "describe the ai system s outputs",
        "system outputs",
        "description of ai system s outputs",
        "output description",
        "outputs",
        "output",
    ),
    "stage": (
        "stage of development",
        "current stage of development",
        "development stage",
        "dev stage",
        "stage of system development life cycle",
        "deployment phase",
        "stage",
        "status",
    ),
    "impact": (
        "is the ai use case high impact",
        "is high impact",
        "high impact indicator",
        "high impact",
        "is the ai use case rights impacting safety impacting both or neither",
        "rights impacting or safety impacting",
        "impact type",
        "impact classification",
        "risk classification",
        "impact level",
        "impact",
    ),
}
"""The headings of each field, the best first."""
TARGETS = ("title", "reference", "organisation", "purpose", "output", "stage", "impact")
"""The fields of a candidate that a column can hold."""
_SURE = FIELDS["title"][:3]
"""Headings that no other table has."""
_STARTS = (
    "use case id",
    "what is the intended purpose",
    "is the ai use case rights impacting",
    "describe the ai system",
)
"""Starts of headings that go on in several ways."""


@dataclass(frozen=True, kw_only=True)
class InventoryLayout:
    """Where an inventory stands on a sheet: the row of its headings, and the columns of each field."""

    head: int
    columns: Mapping[str, tuple[int, ...]]


def find_inventory(grid: Grid, named: Mapping[str, str]) -> InventoryLayout | None:
    """Return the inventory on a sheet, or None. ``named`` says which field a heading means."""
    layouts = [_layout(grid, row, named) for row in range(min(len(grid.rows), HEADING_ROWS))]
    found = [layout for layout in layouts if layout and "title" in layout.columns]
    return max(found, key=lambda layout: len(layout.columns), default=None)


def folded_heading(text: str) -> str:
    """Return a heading in lower case without signs, as headings are compared; a number in front goes."""
    words = re.findall(r"[a-z0-9]+", text.casefold().replace("’", "'"))
    return " ".join(words[1:] if len(words) > 1 and words[0].isdecimal() else words)


def _layout(grid: Grid, row: int, named: Mapping[str, str]) -> InventoryLayout | None:
    headings = {
        column: folded_heading(grid.text(row, column))
        for column in range(grid.width)
        if grid.text(row, column) and len(grid.text(row, column)) < 400 and (row, column) not in grid.filled
    }
    columns = _named_columns(headings, named)
    taken = {column for each in columns.values() for column in each}
    fields: dict[str, int | None] = {}
    for field, names in FIELDS.items():
        if field not in columns:
            found = fields[field] = _column(headings, names, taken)
            taken |= set() if found is None else {found}
    if "organisation" not in columns:
        owner = tuple(column for column in (fields.get("agency"), fields.get("bureau")) if column is not None)
        columns |= {"organisation": owner} if owner else {}
    columns |= {field: (column,) for field, column in fields.items() if column is not None and field in TARGETS}
    title = columns.get("title", ())
    sure = bool(title) and (headings[title[0]] in _SURE or bool(named))
    return InventoryLayout(head=row, columns=columns) if sure or len(columns) > 2 else None


def _named_columns(headings: Mapping[int, str], named: Mapping[str, str]) -> dict[str, tuple[int, ...]]:
    wanted = {folded_heading(heading): field for heading, field in named.items()}
    columns: dict[str, tuple[int, ...]] = {}
    for column, heading in headings.items():
        if heading in wanted:
            columns[wanted[heading]] = (*columns.get(wanted[heading], ()), column)
    return columns


def _column(headings: Mapping[int, str], names: tuple[str, ...], taken: set[int]) -> int | None:
    """Return the first column with the best of ``names``, or one whose heading goes on after it."""
    free = {column: heading for column, heading in headings.items() if column not in taken}
    for name in names:
        if exact := [column for column, heading in free.items() if heading == name]:
            return exact[0]
    starts = tuple(start for start in _STARTS if any(name.startswith(start) for name in names))
    return next((column for column, heading in free.items() if starts and heading.startswith(starts)), None)
