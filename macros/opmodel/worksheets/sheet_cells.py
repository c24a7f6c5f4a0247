"""What each cell of a sheet is for a responsibility table: letters, a mark, nothing, text, or a part of a legend."""

import re
from collections.abc import Iterator
from enum import Enum

from opmodel.worksheets.grid import Grid, Place
from opmodel.worksheets.letter_schemes import legend_entries
from opmodel.worksheets.names import folded_name
from opmodel.worksheets.raci_cells import PARTICIPATION_MARKS, heading_letters, read_cell

_LEGEND_WORDS = frozenset(
    "legend legende key raci code codes letter letters abbreviation symbol role rasci daci".split()
)

_ENTRY = re.compile(r"\W*([RACISDPV])\s*(?:=|:|–|—|-)\s*(\w.*)", re.S)
_CODES = re.compile(r"[A-Z](?:\s*[,/;&+ ]\s*[A-Z])*")
"""Letters of some set, known or not."""


class Kind(Enum):
    """What a cell holds."""

    EMPTY = "nothing, or a mark for nothing"
    LETTERS = "letters"
    MARK = "a cross, or letters of another set"
    TEXT = "anything else"


class SheetCells:
    """The kinds of the cells of a grid, its legends, and its blank rows and columns."""

    texts: list[list[str]]
    kinds: list[list[Kind]]
    meanings: dict[str, str]
    """What legends say of each letter."""

    def __init__(self, grid: Grid, upright: "SheetCells | None" = None) -> None:
        """Look at a grid; legends of one that was turned are those of the upright one."""
        self.grid = grid
        self.height, self.width = len(grid.rows), grid.width
        self.texts = (
            [list(row) for row in zip(*upright.texts, strict=True)]
            if upright
            else [[grid.text(row, column) for column in range(self.width)] for row in range(self.height)]
        )
        self.kinds = (
            [list(row) for row in zip(*upright.kinds, strict=True)]
            if upright
            else [[_kind(text) for text in row] for row in self.texts]
        )
        self.legend: set[Place] = {(column, row) for row, column in upright.legend} if upright else set()
        said = upright.meanings if upright else legend_entries(text for row in self.texts for text in row)
        self.meanings = dict(said)
        if not upright:
            self._find_legends()
        self.last_letters = [
            max((c for c in range(self.width) if self.kind(row, c) is Kind.LETTERS), default=-1)
            for row in range(self.height)
        ]
        self._next_letters: dict[int, list[int]] = {}

    def kind(self, row: int, column: int) -> Kind:
        """Return the kind of a cell; what belongs to a legend is text."""
        return Kind.TEXT if (row, column) in self.legend else self.kinds[row][column]

    def next_letters(self, row: int, column: int) -> int:
        """Return the first row from ``row`` on that has letters in a column; beyond the last one if there is none."""
        found = self._next_letters.get(column)
        if found is None:
            found = [1 << 30] * (self.height + 1)
            for each in range(self.height - 1, -1, -1):
                found[each] = each if self.kind(each, column) is Kind.LETTERS else found[each + 1]
            self._next_letters[column] = found
        return found[min(row, self.height)]

    def is_blank(self, row: int) -> bool:
        """Whether a row has no text at all."""
        return not any(self.texts[row])

    def bands(self) -> Iterator[range]:
        """Yield the ranges of columns between columns without a cell of their own."""
        start = 0
        for column in range(self.width + 1):
            own = column < self.width and any(
                self.texts[row][column] and (row, column) not in self.grid.filled for row in range(self.height)
            )
            if not own:
                if column > start:
                    yield range(start, column)
                start = column + 1

    def _find_legends(self) -> None:
        every = ((row, column) for row in range(self.height) for column in range(self.width))
        self.legend |= {(row, column) for row, column in every if _is_legend_entry(self.texts[row][column])}
        for row, column in self._legends():
            self.legend |= {(row, column), (row, column + 1)}
            self.meanings.setdefault(self.texts[row][column], folded_name(self.texts[row][column + 1]))

    def _legends(self) -> Iterator[Place]:
        """Yield the cells of legends: letters under each other, each with its meaning to the right."""
        for column in range(self.width - 1):
            run: list[int] = []
            for row in range(self.height + 1):
                text = self.texts[row][column] if row < self.height else ""
                single = len(text) == 1 and text in "RACISDPVNO"
                if single and text not in [self.texts[each][column] for each in run] and self.texts[row][column + 1]:
                    run.append(row)
                    continue
                if self._is_legend(run, column):
                    yield from ((each, column) for each in run)
                run = []

    def _is_legend(self, run: list[int], column: int) -> bool:
        beside = [self.texts[row][column + 1] for row in run]
        if len(run) < 2 or any(len(text) == 1 for text in beside):
            return False
        if all(heading_letters(text) == {self.texts[row][column]} for row, text in zip(run, beside, strict=True)):
            return True
        above = next((self.texts[row][column] for row in range(run[0] - 1, -1, -1) if self.texts[row][column]), "")
        headed = len(above) > 1 and not set(folded_name(above).split()) & _LEGEND_WORDS
        apart = column == 0 or not any(self.texts[row][column - 1] for row in run)
        alone = all(not any(self.texts[row][:column]) for row in run) or (apart and not headed)
        return alone and any(self.kinds[row][column + 1] is Kind.TEXT for row in run)


def _is_legend_entry(text: str) -> bool:
    """Whether a text says what a letter means: ``R = Responsible``."""
    found = _ENTRY.match(text)
    return bool(found and heading_letters(found[2].split()[0]) == {found[1]})


def _kind(text: str) -> Kind:
    reading = read_cell(text) if len(text) <= 60 else None
    if reading is None:
        return Kind.MARK if text.casefold() in PARTICIPATION_MARKS or _CODES.fullmatch(text) else Kind.TEXT
    return Kind.LETTERS if reading.letters else Kind.EMPTY
