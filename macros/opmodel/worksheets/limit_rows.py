"""The rows of an authority table, each read with its limit, approvers and choices, and notes on what was not read."""

from dataclasses import dataclass, replace

from opmodel.approval.limit_amounts import LimitNotRead
from opmodel.approval.limit_text import Limit, joined_limit, read_limit
from opmodel.model.values import MAX_LINE
from opmodel.worksheets.limit_approvers import (
    Approvers,
    ApproverStep,
    has_function,
    is_nothing,
    read_approvers,
    whole_meaning,
)
from opmodel.worksheets.limit_columns import ColumnKind, LimitLayout, has_amount, signature_orders, try_limit

KIND, SECTION = "Kind", "Section"
"""The inputs that a table has without a heading for them."""


@dataclass(frozen=True, kw_only=True)
class LimitNote:
    """What was not read, or how something was read; ``recognised`` needs nobody. Rows and columns count from 0."""

    why: str
    row: int = -1
    column: int = -1
    recognised: bool = False


@dataclass(frozen=True, kw_only=True)
class LimitRow:
    """A rule of the source: its place, the words of its limit, and what they mean.

    ``limit`` is None if the words were not read. ``single`` says that its row has no other rule.
    """

    row: int
    column: int
    words: str
    limit: Limit | None
    approvers: Approvers
    choices: dict[str, str]
    reason: str
    single: bool = True


def read_rows(layout: LimitLayout) -> tuple[list[LimitRow], list[LimitNote]]:
    """Return the rules of a table, and notes on what was not read."""
    reader = _RowReader(layout)
    reader.read()
    return reader.found, reader.notes


class _RowReader:
    """Reads the rows below the heading, from top to bottom."""

    def __init__(self, layout: LimitLayout) -> None:
        self.layout = layout
        self.rows = layout.rows
        self.found: list[LimitRow] = []
        self.notes: list[LimitNote] = []
        self.limits = layout.of(ColumnKind.LIMIT)
        self.matrix = bool(layout.across) or (len(self.limits) > 1 and not layout.is_pair)
        self.approvers = layout.of(ColumnKind.APPROVER)
        self.section = layout.first_section
        self.last = max((n for n in range(layout.head + 1, len(self.rows)) if self._has_limit(n)), default=-1)
        self.above: dict[int, str] = {}

    def _has_limit(self, row: int) -> bool:
        """Whether a row has words in a column of limits, and is not one text over all columns."""
        texts = {text for text in self.rows[row] if text}
        return any(self.rows[row][c] and (len(texts) > 1 or self._is_limit(row, c)) for c in self.limits)

    def note(self, why: str, row: int = -1, column: int = -1, *, recognised: bool = False) -> None:
        self.notes.append(LimitNote(why=why, row=row, column=column, recognised=recognised))

    def read(self) -> None:
        for number in range(self.layout.head):
            row = self.rows[number]
            for column, text in enumerate(row):
                if text and text not in row[:column]:  # a merged cell is said once
                    limit = column in self.limits and has_amount(text)
                    why = "read as a section" if text == self.section else "above the table; not read"
                    self.note(why, number, column, recognised=not limit)
        self._columns()
        for number in range(self.layout.head + 1, len(self.rows)):
            self._row(number)

    def _columns(self) -> None:
        """Note what single columns are read as, where somebody may expect something else."""
        for column in self.layout.of(ColumnKind.OTHER):
            why = f"“{self.layout.heading(column)}” is no approval; it stands in the reasons only"
            self.note(why, self.layout.head, column)
        for column in self.limits:
            if not self.layout.across and has_amount(self.layout.heading(column)):
                self.note("read as a heading", self.layout.head, column)
            scale = self.layout.contexts[column].scale
            if scale and not self.layout.across:
                why = f"the numbers below it are read times {10**scale:,}"
                self.note(why, self.layout.head, column, recognised=True)

    def _row(self, number: int) -> None:
        row = self.rows[number]
        filled = [column for column, text in enumerate(row) if text]
        texts = list(dict.fromkeys(row[column] for column in filled))
        if not filled:
            return
        if self.layout.head >= 0 and list(row) == list(self.rows[self.layout.head]):
            self.note("the heading once more; not read", number, filled[0], recognised=True)
        elif number > self.last:
            for column in filled:
                self.note("below the table; not read", number, column)
        elif len(texts) == 1 and not self._has_limit(number) and not self._names_approver(filled):
            self.section = texts[0]
            self.note("read as a section", number, filled[0], recognised=True)
        elif not self._has_limit(number):
            self.note("a row without a limit; not read", number, filled[0])
        elif self.matrix:
            self._matrix_row(number)
        else:
            self._rule(number, self.limits, self._approvers(number), {})

    def _names_approver(self, filled: list[int]) -> bool:
        """Whether only an approver stands in a row, behind an empty limit."""
        return len(filled) == 1 and filled[0] in self.approvers and filled[0] > self.limits[0]

    def _is_limit(self, number: int, column: int) -> bool:
        return try_limit(self.rows[number][column], self.layout.contexts[column]) is not None

    def _matrix_row(self, number: int) -> None:
        """Read a rule for each filled cell of a row; the heading holds the limit, the approver or a kind of case."""
        for column in self.limits:
            text, heading = self.rows[number][column], self.layout.heading(column)
            if not text or (self.layout.across and "nothing" in whole_meaning(text)):
                continue
            if self.layout.across:
                self._rule(number, [column], self._read_approvers(number, column, text), {}, words=heading)
            elif has_function(heading):
                self._rule(number, [column], read_approvers(heading), {})
            else:
                self._rule(number, [column], self._approvers(number), {KIND: heading})

    def _rule(
        self, number: int, limits: list[int], approvers: Approvers, choices: dict[str, str], words: str = ""
    ) -> None:
        """Add the rule of a row."""
        cells = [(column, self.rows[number][column]) for column in limits]
        shown = words or " to ".join(text for _, text in cells if text)
        choices = {**self._choices(number), **choices, **({SECTION: self.section} if self.section else {})}
        try:
            limit = read_limit(words, self.layout.contexts[limits[0]]) if words else self._limit(cells)
        except LimitNotRead as refused:
            self.note(f"{refused}; no rule is written", number, limits[0])
            limit = None
        if limit:
            for text in limit.aside:
                self.note(f"read as {limit.test}; “{text}” stands in the reason only", number, limits[0])
            if limit.kind == "nothing":
                self.note("read as no authority, so no rule is written", number, limits[0], recognised=True)
        self.found.append(
            LimitRow(
                row=number,
                column=limits[0],
                words=" ".join(shown.split()),
                limit=limit,
                approvers=approvers,
                choices=choices,
                reason=self._reason(number, limits),
                single=not self.matrix,
            )
        )

    def _limit(self, cells: list[tuple[int, str]]) -> Limit:
        """Return the limit of one cell, or of the two cells of its lower and its upper end."""
        if len(cells) == 1:
            return read_limit(cells[0][1], self.layout.contexts[cells[0][0]])
        ends = [read_limit(text, self.layout.contexts[column]) for column, text in cells if text]
        bands = [end for end in ends if end.kind == "band"]
        if len(bands) < 2:
            return (bands or ends)[0]
        low, high = bands
        if not low.low or low.high or high.low or not high.high:
            raise LimitNotRead("the two cells are not the lower and the upper end of one limit")
        return joined_limit(low, high)

    def _choices(self, number: int) -> dict[str, str]:
        """Return the values of the further columns, empty for any."""
        choices: dict[str, str] = {}
        for column in self.layout.of(ColumnKind.INPUT):
            heading = self.layout.heading(column) or KIND
            heading = f"{heading} {column + 1}" if heading in choices else heading
            text = " ".join(self.rows[number][column].split())
            if not text and self.above.get(column):
                text = self.above[column]
                self.note(f"empty; read as “{text}”, which stands above it", number, column)
            self.above[column] = text
            choices[heading] = "" if {"any", "dashes"} & set(whole_meaning(text)) else text
        return choices

    def _approvers(self, number: int) -> Approvers:
        """Return who approves the case of a row, from all columns that say it."""
        row = self.rows[number]
        named = [(c, row[c]) for c in self.approvers if row[c] and not is_nothing(row[c])]
        named += [
            (c, self.layout.heading(c)) for c in self.layout.of(ColumnKind.MARKS) if "marks" in whole_meaning(row[c])
        ]
        read = [(c, self._read_approvers(number, c, text)) for c, text in named]
        if not read:
            self.note("says nobody who approves", number, self.limits[0])
            return Approvers()
        approvers = self._together(number, read)
        told = [row[c] for c in self.layout.of(ColumnKind.ADVISED) if row[c] and not is_nothing(row[c])]
        titles = [title for text in told for step in read_approvers(text).steps for title in step.titles]
        return replace(approvers, advised=(*approvers.advised, *titles))

    def _read_approvers(self, number: int, column: int, text: str) -> Approvers:
        approvers = read_approvers(text)
        if approvers.doubt:
            self.note(f"{approvers.doubt}; the words stand as one title", number, column)
        return approvers

    def _together(self, number: int, read: list[tuple[int, Approvers]]) -> Approvers:
        """Return the approvers of several columns: in the order that their headings name, or else all of them."""
        orders = signature_orders([self.layout.heading(column) for column, _ in read])
        read = [each for _, each in sorted(zip(orders, read, strict=True), key=lambda pair: pair[0])]
        first = read[0][1]
        steps = tuple(step for _, each in read for step in each.steps)
        if len(set(orders)) < len(orders):
            self.note("several columns name approvers; read as all of them approve", number, read[1][0])
            steps = (ApproverStep(mode="all", titles=tuple(dict.fromkeys(t for step in steps for t in step.titles))),)
        return replace(
            first,
            steps=steps,
            advised=tuple(title for _, each in read for title in each.advised),
            lower_tiers=any(each.lower_tiers for _, each in read),
        )

    def _reason(self, number: int, limits: list[int]) -> str:
        """Return the words of the source: the filled cells of the row, each with its heading."""
        others = [c for c in self.layout.of(ColumnKind.LIMIT) if c not in limits]
        texts = [
            f"{self.layout.heading(c)}: {text}" if self.layout.heading(c) else text
            for c, text in enumerate(self.rows[number])
            if text and c not in others
        ]
        reason = " ".join("; ".join([self.section, *texts] if self.section else texts).split())
        if len(reason) > MAX_LINE:
            self.note(f"the words of the row are longer than the {MAX_LINE} characters of a reason; cut", number)
        return reason if len(reason) <= MAX_LINE else f"{reason[: MAX_LINE - 1]}…"
