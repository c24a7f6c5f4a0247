"""Decision tables of Drools on sheets: a RuleSet, and RuleTables with conditions and actions."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from opmodel.approval.conditions import literal
from opmodel.worksheets.decision_source import SourceColumn, SourceRule, SourceTable, SourceText
from opmodel.worksheets.grid import Grid, Unplaced

_KINDS: Mapping[str, str] = {
    **dict.fromkeys(("condition", "c"), "condition"),
    **dict.fromkeys(("action", "a"), "action"),
    **dict.fromkeys(("name", "n", "description", "i"), "remark"),
}
"""Words above the columns. All others are settings of the engine."""
_CONSTRAINT = re.compile(r"""(.*?)\s*(==|!=|>=|<=|>|<)\s*(["']?)\$(?:param|1)\3\s*""", re.DOTALL)
_FIELD = re.compile(r"([\w.$]+)(?:\s+\$(?:param|1))?")
_BETWEEN = re.compile(r"([\w.$]+)\s*(>=|>)\s*\$1\s*(?:&&|,)\s*\1\s*(<=|<)\s*\$2")
_OPERATOR = re.compile(r"(==|!=|>=|<=|>|<)\s*(.*)", re.DOTALL)
ALL = "ALL (Drools)"
"""What stands for a hit policy: every rule that matches is carried out."""


def drools_tables(grid: Grid) -> list[SourceTable]:
    """Return the RuleTables of a sheet; none if it has no RuleSet."""
    places = [(r, c) for r in range(len(grid.rows)) for c in range(grid.width) if (r, c) not in grid.filled]
    if not any(grid.text(row, column).casefold() == "ruleset" for row, column in places):
        return []
    starts = [place for place in places if grid.text(*place).casefold().startswith("ruletable")]
    return [_RuleTable(grid, row, column).table() for row, column in starts]


@dataclass(frozen=True, kw_only=True)
class _Column:
    """A column of a RuleTable: its kind, its pattern and snippet, and its label."""

    column: int
    kind: str
    word: str
    snippet: str
    label: str


class _RuleTable:
    """One RuleTable: five rows of headings, then a rule a row, until a blank one."""

    def __init__(self, grid: Grid, row: int, column: int) -> None:
        self.grid, self.row, self.first = grid, row, column
        self.columns = [self.column(each) for each in range(column, grid.width) if grid.text(row + 1, each)]

    def column(self, column: int) -> _Column:
        word = self.grid.text(self.row + 1, column)
        snippet, label = self.grid.text(self.row + 3, column), self.grid.text(self.row + 4, column)
        return _Column(
            column=column,
            kind=_KINDS.get(word.casefold(), ""),
            word=word,
            snippet=" ".join(snippet.split()),
            label=label or snippet or word,
        )

    def of(self, kind: str) -> list[_Column]:
        return [column for column in self.columns if column.kind == kind]

    def table(self) -> SourceTable:
        """Return the table."""
        rows = list(self.rows())
        return SourceTable(
            sheet=self.grid.title,
            name=self.grid.text(self.row, self.first)[len("RuleTable") :].strip(),
            policy=ALL,
            inputs=tuple(self.source(column) for column in self.of("condition")),
            outputs=tuple(self.source(column) for column in self.of("action")),
            rules=tuple(
                SourceRule(
                    id=str(row + 1),
                    place=f"row {row + 1}",
                    conditions=tuple(self.condition(row, column) for column in self.of("condition")),
                    results=tuple(self.cell(row, column) for column in self.of("action")),
                    remarks=tuple(filter(None, (self.grid.text(row, each.column) for each in self.of("remark")))),
                )
                for row in rows
            ),
            report=tuple(self.report(rows)),
        )

    def rows(self) -> Iterator[int]:
        for row in range(self.row + 5, len(self.grid.rows)):
            texts = [self.grid.text(row, column.column) for column in self.columns]
            if not any(texts) or texts[0].casefold().startswith("ruletable"):
                return
            yield row

    def source(self, column: _Column) -> SourceColumn:
        place = self.grid.cell(self.row + 4, column.column)
        parts = _CONSTRAINT.fullmatch(column.snippet) or _BETWEEN.fullmatch(column.snippet)
        field = parts[1] if parts else column.snippet.replace("$param", "").strip()
        named = bool(re.fullmatch(r"[\w.$]+", field)) or column.kind == "action"
        expression = SourceText(text=field.strip("$") or column.label, place=place, language="cell")
        return SourceColumn(label=column.label, expression=expression, named=named)

    def cell(self, row: int, column: _Column) -> SourceText:
        text = self.grid.text(row, column.column)
        return SourceText(text=text, place=self.grid.cell(row, column.column), language="cell")

    def condition(self, row: int, column: _Column) -> SourceText:
        """Return a condition: the cell, put into the snippet of its column."""
        cell = self.cell(row, column)
        test = _test(column.snippet, cell.text)
        if test is None:
            return SourceText(text=f"{column.snippet}: {cell.text}", place=cell.place, language="Drools")
        return SourceText(text=test, place=cell.place)

    def report(self, rows: list[int]) -> Iterator[Unplaced]:
        """Yield findings about columns without a counterpart and cells outside of the table."""
        grid = self.grid
        yield from grid.notes
        yield from grid.marks()
        for column in self.columns:
            if not column.kind:
                yield grid.unplaced(self.row + 1, column.column, "a setting of the engine, which has no counterpart")
        for column in self.of("action"):
            why = "what the action does is not read; its cells are results"
            yield grid.unplaced(self.row + 3, column.column, why, recognised=True)
        for row in range(self.row):
            for place in ((row, column) for column in range(grid.width) if (row, column) not in grid.filled):
                if grid.text(*place):
                    yield grid.unplaced(*place, "of the RuleSet; not read", recognised=True)
        for row in range(max(rows, default=self.row + 4) + 1, len(grid.rows)):
            for place in ((row, column) for column in range(grid.width) if (row, column) not in grid.filled):
                if grid.text(*place):
                    yield grid.unplaced(*place, "below the table; not read")


def _test(snippet: str, cell: str) -> str | None:
    """Return the condition of a cell in S-FEEL, or None if there is none."""
    if not cell:
        return "-"
    if parts := _CONSTRAINT.fullmatch(snippet):
        return _compared(parts[2], _value(cell, quoted=bool(parts[3])))
    if between := _BETWEEN.fullmatch(snippet):
        low, comma, high = (each.strip() for each in cell.partition(","))
        ends = "[" if between[2] == ">=" else "(", "]" if between[3] == "<=" else ")"
        return f"{ends[0]}{low}..{high}{ends[1]}" if comma else None
    if not _FIELD.fullmatch(snippet):
        return None
    if operator := _OPERATOR.fullmatch(cell):
        return _compared(operator[1], _value(operator[2], quoted=False))
    return _value(cell, quoted=False)


def _compared(operator: str, value: str) -> str:
    return {"==": value, "!=": f"not({value})"}.get(operator, f"{operator} {value}")


def _value(cell: str, *, quoted: bool) -> str:
    """Return a value as a literal. A name stays a name, for which an approval table has no counterpart."""
    text = cell.strip()
    if quoted:
        return literal(text.strip("\"'"))
    return literal(text[1:-1]) if len(text) > 1 and text[0] == text[-1] == "'" else text
