"""Decision tables on sheets: headings of inputs and outputs, as in Camunda's converter and in tables of if and then."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from opmodel.worksheets.decision_source import TYPES, WHOLE_TYPES, SourceColumn, SourceRule, SourceTable, SourceText
from opmodel.worksheets.drools_sheets import drools_tables
from opmodel.worksheets.grid import HEADING_ROWS, Grid, Unplaced


class Part(Enum):
    """What a column of a decision table is."""

    INPUT = "input"
    OUTPUT = "output"
    REMARK = "remark"


_GROUPS: Mapping[str, Part] = {
    **dict.fromkeys(("input", "inputs", "if", "when", "condition", "conditions"), Part.INPUT),
    **dict.fromkeys(("output", "outputs", "then", "action", "actions", "conclusion", "conclusions"), Part.OUTPUT),
    **dict.fromkeys(("annotation", "annotations", "comment", "comments", "remarks"), Part.REMARK),
}
"""Headings above several columns."""
_STARTS = {
    Part.INPUT: re.compile(r"(input|if|when)\b[\s:]*|input(?=\d)", re.IGNORECASE),
    Part.OUTPUT: re.compile(r"(output|then)\b[\s:]*|output(?=\d)", re.IGNORECASE),
    Part.REMARK: re.compile(r"(annotation|comment|remark)s?\b", re.IGNORECASE),
}
_POLICIES: Mapping[str, str] = {
    "u": "UNIQUE",
    "f": "FIRST",
    "a": "ANY",
    "p": "PRIORITY",
    "c": "COLLECT",
    "c+": "COLLECT SUM",
    "c#": "COLLECT COUNT",
    "c<": "COLLECT MIN",
    "c>": "COLLECT MAX",
    "r": "RULE ORDER",
    "o": "OUTPUT ORDER",
}
_WORDS = {policy.casefold(): policy for policy in _POLICIES.values()}
_LANGUAGES = {"expression", "feel", "juel", "javascript", "groovy", "python", "ruby", ""}
_NUMBERS = ("#", "No", "No.", "Rule")
"""Headings of a column that numbers the rules."""


@dataclass(frozen=True, kw_only=True)
class _Layout:
    """Where a table stands: its last heading row, the part of each column, and what further rows say of columns."""

    head: int
    labels: int
    parts: Mapping[int, Part]
    policy: str = "UNIQUE"
    languages: int = -1
    types: int = -1


def decision_tables(grids: Sequence[Grid]) -> list[SourceTable]:
    """Return the decision tables on visible sheets; sheets with anything else have none."""
    visible = [grid for grid in grids if not grid.hidden]
    return [table for grid in visible for table in (drools_tables(grid) or _tables(grid))]


def _tables(grid: Grid) -> list[SourceTable]:
    for row in range(min(len(grid.rows), HEADING_ROWS)):
        layout = _grouped(grid, row) or _headed(grid, row)
        if layout:
            return [_table(grid, layout)]
    return []


def _texts(grid: Grid, row: int) -> list[str]:
    return [grid.text(row, column) for column in range(grid.width)] if row < len(grid.rows) else []


def _grouped(grid: Grid, row: int) -> _Layout | None:
    """Return the layout with the words Input and Output above the headings of several columns."""
    texts = [text.casefold() for text in _texts(grid, row)]
    parts = {column: _GROUPS[text] for column, text in enumerate(texts) if text in _GROUPS}
    if not {Part.INPUT, Part.OUTPUT} <= set(parts.values()) or any(text and text not in _GROUPS for text in texts):
        return None
    last = None
    labels = _texts(grid, row + 1)
    for column, label in enumerate(labels):  # a heading that was not merged stands above the first of its columns
        last = parts.get(column, last)
        if last and label and column not in parts and not texts[column]:
            parts[column] = last
    languages = [text.casefold() for column, text in enumerate(_texts(grid, row + 2)) if column in parts]
    if languages and any(languages) and set(languages) <= _LANGUAGES:
        policy = _policy(grid.text(row + 4, 0)) or "UNIQUE"
        return _Layout(
            head=row + 4, labels=row + 1, parts=_with_remarks(grid, row + 4, parts), policy=policy, languages=row + 2,
            types=row + 4,
        )  # fmt: skip
    return _Layout(head=row + 1, labels=row + 1, parts=parts)


def _with_remarks(grid: Grid, head: int, parts: Mapping[int, Part]) -> dict[int, Part]:
    """Return the parts with the column behind the last, if it holds remarks."""
    behind = max(parts) + 1
    filled = any(grid.text(row, behind) for row in range(head + 1, len(grid.rows)))
    return {**parts, behind: Part.REMARK} if filled else dict(parts)


def _headed(grid: Grid, row: int) -> _Layout | None:
    """Return the layout with headings that say whether they are inputs or outputs, or with a hit policy before them."""
    texts = _texts(grid, row)
    parts = {column: part for column, text in enumerate(texts) for part, start in _STARTS.items() if start.match(text)}
    if {Part.INPUT, Part.OUTPUT} <= set(parts.values()) and all(
        column in parts or not text or _policy(text) or text in _NUMBERS for column, text in enumerate(texts)
    ):
        return _Layout(head=row, labels=row, parts=parts, policy=_policy(texts[0]) or "UNIQUE")
    policy = _policy(texts[0]) if texts else ""
    columns = [column for column, text in enumerate(texts) if text and column and column not in parts]
    numbered = grid.text(row + 1, 0).isdecimal()
    if policy and numbered and len(columns) > 1:
        inputs = dict.fromkeys(columns[:-1], Part.INPUT)
        return _Layout(head=row, labels=row, parts={**parts, **inputs, columns[-1]: Part.OUTPUT}, policy=policy)
    return None


def _policy(text: str) -> str:
    return _WORDS.get(text.casefold()) or _POLICIES.get(text.replace(" ", "").casefold(), "")


def _table(grid: Grid, layout: _Layout) -> SourceTable:
    rows = list(_rows(grid, layout))
    inputs = [column for column, part in sorted(layout.parts.items()) if part is Part.INPUT]
    outputs = [column for column, part in sorted(layout.parts.items()) if part is Part.OUTPUT]
    remarks = [column for column, part in sorted(layout.parts.items()) if part is Part.REMARK]
    columns = {column: _column(grid, layout, column) for column in (*inputs, *outputs)}
    return SourceTable(
        sheet=grid.title,
        name="",
        policy=layout.policy,
        inputs=tuple(columns[column] for column in inputs),
        outputs=tuple(columns[column] for column in outputs),
        rules=tuple(
            SourceRule(
                id=str(row + 1),
                place=f"row {row + 1}",
                conditions=tuple(_cell(grid, row, column, columns[column].type) for column in inputs),
                results=tuple(_cell(grid, row, column, columns[column].type) for column in outputs),
                remarks=tuple(filter(None, (grid.text(row, column) for column in remarks))),
            )
            for row in rows
        ),
        report=tuple(_report(grid, layout, rows)),
    )


def _rows(grid: Grid, layout: _Layout) -> Iterator[int]:
    """Yield the rows of the table, which end at a blank one."""
    for row in range(layout.head + 1, len(grid.rows)):
        if not any(grid.text(row, column) for column in layout.parts):
            return
        yield row


def _column(grid: Grid, layout: _Layout, column: int) -> SourceColumn:
    label = grid.text(layout.labels, column)
    part = layout.parts[column]
    rest = "" if layout.types >= 0 else _STARTS[part].sub("", label, count=1).strip()
    bare = label if not rest or rest.isdecimal() else rest
    named = f"{grid.cell(layout.labels, column)}"
    language = grid.text(layout.languages, column).casefold() if layout.languages >= 0 else ""
    expression = grid.text(layout.languages + 1, column) if layout.languages >= 0 else bare
    plain = language in ("", "expression", "feel")
    return SourceColumn(
        label=bare,
        expression=SourceText(text=expression or bare, place=named, language="cell" if plain else language),
        type=TYPES.get(grid.text(layout.types, column).casefold(), "") if layout.types >= 0 else "",
        whole=layout.types >= 0 and grid.text(layout.types, column).casefold() in WHOLE_TYPES,
        named=layout.languages < 0,
    )


def _cell(grid: Grid, row: int, column: int, type: str) -> SourceText:
    text = grid.text(row, column)
    if type == "text" and re.fullmatch(r"-?\d+(\.\d+)?", text):
        text = f'"{text}"'
    return SourceText(text=text, place=grid.cell(row, column), language="cell")


def _report(grid: Grid, layout: _Layout, rows: Sequence[int]) -> Iterator[Unplaced]:
    """Yield findings about all of the sheet that is not in the table."""
    yield from grid.notes
    yield from grid.marks()
    inside = {*range(layout.head + 1), *rows}
    for row in range(len(grid.rows)):
        for column in range(grid.width):
            if not grid.text(row, column) or (row, column) in grid.filled or (row in inside and column in layout.parts):
                continue
            above = row <= layout.head
            number = column == 0 and (row in rows or bool(_policy(grid.text(row, 0)))) and 0 not in layout.parts
            if not number:
                why = "above the table; not read" if above else "outside of the table; not read"
                yield grid.unplaced(row, column, why, recognised=above)
