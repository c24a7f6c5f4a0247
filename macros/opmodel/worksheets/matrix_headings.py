"""Which rows of a sheet are headings of responsibility tables.

A row is a heading by what stands below it: letters in most of its columns (one column a role), or names below headings
such as Responsible (one column a letter).
"""

from functools import lru_cache

from opmodel.worksheets.names import folded_name
from opmodel.worksheets.raci_cells import heading_letters, read_cell
from opmodel.worksheets.sheet_cells import Kind, SheetCells
from opmodel.worksheets.table_words import BESIDE_NAMES, NAME_WORDS


def words_of(text: str) -> list[str]:
    """Return the words of a heading, folded."""
    return folded_name(text).split()


@lru_cache(maxsize=1 << 12)  # asked of each cell of a sheet
def is_name_heading(text: str) -> bool:
    """Whether a text is what the column of names is called, such as Activity or Task name."""
    words = set(words_of(text))
    return bool(words & NAME_WORDS) and len(words) <= 4 and words <= NAME_WORDS | BESIDE_NAMES


class HeadingFinder:
    """Finds the headings within ranges of columns."""

    def __init__(self, cells: SheetCells) -> None:
        self.cells = cells

    def heads(self, columns: range) -> list[tuple[int, ...]]:
        """Return the rows of each heading, from the top."""
        found: list[tuple[int, ...]] = []
        row = 0
        while row < self.cells.height:
            if self.named_letters(row, columns):
                found.append((row,))
            elif block := self.block(row, columns, first=not found):
                if found and self.repeats(found[-1], block, columns):
                    row = block[-1] + 1
                    continue
                found.append(block)
                row = block[-1]
            row += 1
        return found

    def named_letters(self, row: int, columns: range) -> dict[int, frozenset[str]]:
        """Return the columns whose headings are letters, if names stand below them."""
        texts = self.cells.texts
        found = {
            c: letters for c in columns if (letters := heading_letters(texts[row][c])) and not self.is_legend(row, c)
        }
        if len(found) < 2 or len(set(found.values())) < len(found) or not set().union(*found.values()) & set("RAD"):
            return {}
        spelled = any(len(word) > 3 for c in found for word in words_of(texts[row][c]))
        if not spelled and not any(is_name_heading(texts[row][c]) for c in columns):
            return {}
        below = [
            texts[r][c] for r in self.next_rows(row, 200) for c in found if self.cells.kind(r, c) is not Kind.EMPTY
        ]
        names = [text for text in below if read_cell(text) is None and len(text) > 2]
        short = sum(map(len, names)) <= 60 * len(names)
        return found if short and len(names) * 2 > len(below) else {}

    def is_legend(self, row: int, column: int) -> bool:
        """Whether a cell belongs to a legend."""
        return (row, column) in self.cells.legend

    def next_rows(self, row: int, most: int) -> range:
        """Return the rows below a row, at most so many."""
        return range(row + 1, min(self.cells.height, row + 1 + most))

    def block(self, row: int, columns: range, *, first: bool) -> tuple[int, ...]:
        """Return the rows of the heading that begins in a row, or nothing."""
        headed = self.headed(row, columns, 8)
        plain = [c for c in headed if self.is_plain_letter(row, c)]
        if not headed or (plain and not first):
            return ()
        names = [c for c in columns if is_name_heading(self.cells.texts[row][c])]
        if len(plain) * 2 > len(headed) and not names:
            return ()
        distinct = len({self.cells.texts[row][c] for c in headed})
        apart = first or row == 0 or self.is_break(row - 1, columns)
        if not (names or (apart and (distinct > 1 or len(headed) == 1))):
            return ()
        if not names and not any(c < min(headed) and self.has_names(row, c) for c in columns):
            return ()
        if first and not names and (better := self.better_below(row, columns, headed)):
            return () if len(better) > len(headed) else self.with_parts(row, columns, headed)
        return self.with_parts(row, columns, headed)

    def better_below(self, row: int, columns: range, headed: list[int]) -> list[int]:
        """Return the columns of a heading with names of tasks that follows before any letters."""
        for below in self.next_rows(row, 6):
            if any(self.cells.kind(below, c) is Kind.LETTERS for c in headed):
                return []
            if any(is_name_heading(self.cells.texts[below][c]) for c in columns):
                return self.headed(below, columns, 8)
        return []

    def with_parts(self, row: int, columns: range, headed: list[int]) -> tuple[int, ...]:
        """Return a heading with the rows above and below it that are parts of it."""
        texts, rows = self.cells.texts, [row]
        for above in (row - 1,) if row else ():
            over = [texts[above][c] for c in headed if texts[above][c]]
            if len(set(over)) > 1 and not any(self.cells.kind(above, c) is Kind.LETTERS for c in headed):
                rows.insert(0, above)
        first = min(columns.start, min(headed))
        for below in self.next_rows(row, 1):
            under = [c for c in headed if texts[below][c]]
            named = any(
                texts[below][c] and texts[below][c] != texts[row][c]
                for c in range(first, min(headed))
                if c not in headed
            )
            letters = any(self.cells.kind(below, c) is Kind.LETTERS and self.is_plain_letter(below, c) for c in headed)
            same = [texts[below][c] for c in headed] == [texts[row][c] for c in headed]
            if same or (len(under) * 2 >= len(headed) and not named and not letters):
                rows.append(below)
        return tuple(rows)

    def headed(self, row: int, columns: range, depth: int) -> list[int]:
        """Return the columns with a text in a row and letters within the rows below."""
        return [
            column
            for column in columns
            if self.cells.kind(row, column) is not Kind.EMPTY
            and not self.is_legend(row, column)
            and self.cells.next_letters(row + 1, column) <= row + depth
        ]

    def is_plain_letter(self, row: int, column: int) -> bool:
        """Whether a cell holds letters, and no word or heading that only begins like one."""
        text = self.cells.texts[row][column]
        return self.cells.kind(row, column) is Kind.LETTERS and len(text) <= 12

    def is_break(self, row: int, columns: range) -> bool:
        """Whether a row separates tables: it is blank, or has one text alone, such as a title."""
        texts = {self.cells.texts[row][c] for c in columns} - {""}
        return len(texts) <= 1

    def repeats(self, head: tuple[int, ...], block: tuple[int, ...], columns: range) -> bool:
        """Whether a heading says the same as the one before it."""
        return [self.cells.texts[head[-1]][c] for c in columns] == [self.cells.texts[block[-1]][c] for c in columns]

    def has_names(self, row: int, column: int) -> bool:
        """Whether most rows with letters below have a text in a column."""
        rows = [r for r in self.next_rows(row, 40) if self.cells.last_letters[r] > column]
        named = [r for r in rows if self.cells.kind(r, column) is Kind.TEXT]
        return bool(rows) and len(named) * 2 >= len(rows)
