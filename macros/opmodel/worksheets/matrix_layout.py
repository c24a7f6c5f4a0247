"""Where the responsibility tables of a sheet stand: their headings, their columns and their extent."""

from collections.abc import Mapping
from dataclasses import dataclass

from opmodel.worksheets.grid import Grid
from opmodel.worksheets.matrix_headings import HeadingFinder, is_name_heading, words_of
from opmodel.worksheets.names import RoleNames
from opmodel.worksheets.raci_cells import read_cell
from opmodel.worksheets.sheet_cells import Kind, SheetCells
from opmodel.worksheets.table_words import BESIDE_NAMES, CORNER_WORDS, FIELDS, NAME_WORDS, NO_ROLES


@dataclass(frozen=True, kw_only=True)
class MatrixLayout:
    """The layout of one table: rows of its heading, the first and last row below it, and its columns.

    ``roles`` has the heading of each column of letters; ``letters`` has the letters of each column of names instead.
    """

    grid: Grid
    cells: SheetCells
    head: tuple[int, ...]
    end: int
    columns: range
    name: int
    roles: Mapping[int, str]
    letters: Mapping[int, frozenset[str]]
    fields: Mapping[str, int]
    party: int | None = None
    """The column of roles, in a list with a role and its letter a row."""

    @property
    def rows(self) -> range:
        """The rows below the heading."""
        return range(self.head[-1] + 1, self.end)


def find_layouts(cells: SheetCells, roles: RoleNames) -> list[MatrixLayout]:
    """Return the tables of a sheet: stacked, side by side, or one."""
    finder = _LayoutFinder(cells, roles)
    every = list(cells.bands())
    bands = [found for band in every if (found := finder.stacked(band))]
    if every == [range(cells.width)]:
        return [layout for found in bands for layout in found]
    whole = finder.stacked(range(cells.width))
    if len(bands) > 1 or not whole or (bands and [each.roles for each in bands[0]] == [each.roles for each in whole]):
        return [layout for found in bands for layout in found]
    return whole


class _LayoutFinder:
    """Finds tables within ranges of columns."""

    def __init__(self, cells: SheetCells, roles: RoleNames) -> None:
        self.cells, self.known = cells, roles
        self.headings = HeadingFinder(cells)

    def stacked(self, columns: range) -> list[MatrixLayout]:
        """Return the tables under each other in some columns."""
        heads = self.headings.heads(columns)
        found: list[MatrixLayout] = []
        for number, head in enumerate(heads):
            end = heads[number + 1][0] if number + 1 < len(heads) else self.cells.height
            found += self.layouts(head, end, columns)
        return found

    def layouts(self, head: tuple[int, ...], end: int, columns: range) -> list[MatrixLayout]:
        """Return the table below a heading, or several that stand side by side."""
        letters = self.headings.named_letters(head[-1], columns) if len(head) == 1 else {}
        roles = {} if letters else self.role_columns(head, end, columns)
        found: list[MatrixLayout] = []
        for part in self.side_by_side(head, end, columns, [*letters, *roles]):
            ours = {c: text for c, text in roles.items() if c in part}
            names = {c: each for c, each in letters.items() if c in part}
            if ours or names:
                found.append(self.layout(head, end, part, ours, names))
        return [layout for layout in found if self.is_filled(layout)]

    def is_filled(self, layout: MatrixLayout) -> bool:
        """Whether at least one row has a name and letters, or names in the columns of letters."""
        for row in (row for row in layout.rows if self.cells.texts[row][layout.name]):
            readings = [read_cell(self.cells.texts[row][c]) for c in layout.roles]
            named = any(self.cells.kind(row, c) is not Kind.EMPTY for c in layout.letters)
            if named or any(each and each.letters and not each.loose for each in readings):
                return True
        return False

    def side_by_side(self, head: tuple[int, ...], end: int, columns: range, used: list[int]) -> list[range]:
        """Return the ranges of columns of tables with a common heading: each begins with a column of names."""
        starts = [columns.start]
        for column in columns:
            follows = any(starts[-1] <= c < column for c in used) and any(c > column for c in used)
            again = follows and column not in used and is_name_heading(self.heading(head, column))
            if again and sum(self.cells.kind(r, column) is Kind.TEXT for r in range(head[-1] + 1, end)) > 1:
                starts.append(column)
        return [range(a, b) for a, b in zip(starts, [*starts[1:], columns.stop], strict=True)]

    def heading(self, head: tuple[int, ...], column: int) -> str:
        """Return the lowest text of a heading in a column."""
        return next((text for row in reversed(head) if (text := self.cells.texts[row][column])), "")

    def role_columns(self, head: tuple[int, ...], end: int, columns: range) -> dict[int, str]:
        """Return the heading of each column of letters."""
        found = {}
        for column in columns:
            text = self.heading(head, column)
            apart = self.cells.grid.filled | self.cells.legend
            below = [r for r in range(head[-1] + 1, end) if (r, column) not in apart]
            kinds = [(self.cells.kind(r, column), self.cells.texts[r][column]) for r in below]
            lettered = sum(kind is Kind.LETTERS for kind, _ in kinds)
            odd = sum(kind is Kind.TEXT and len(each) > 3 for kind, each in kinds)
            known = self.known.knows(text)
            if not text or set(words_of(text)) <= NO_ROLES or is_name_heading(text):
                continue
            coded = sum(kind is Kind.MARK and each.isupper() for kind, each in kinds)
            if (lettered and lettered >= odd) or (known and not odd) or (coded > 1 and not odd):
                found[column] = text
        return combined_headings(self.cells, head, found)

    def layout(
        self,
        head: tuple[int, ...],
        end: int,
        columns: range,
        roles: Mapping[int, str],
        letters: Mapping[int, frozenset[str]],
    ) -> MatrixLayout:
        used = [*roles, *letters]
        rest = [c for c in columns if c not in used]
        rows = [r for r in range(head[-1] + 1, end) if any(self.cells.kind(r, c) is not Kind.EMPTY for c in used)]
        name = self.name_column(head, rows, rest or [columns.start])
        fields = self.fields(head, [c for c in rest if c != name])
        party = self.party_column(head, [c for c in rest if c != name]) if len(roles) == 1 else None
        before = [c for c in rest if c < name and c != party and c not in fields.values()]
        groups = [c for c in before if len({self.cells.texts[r][c] for r in rows}) * 1.5 <= len(rows)]
        if groups and "group" not in fields and self.heading(head, groups[0]):
            fields["group"] = groups[0]
        return MatrixLayout(
            grid=self.cells.grid,
            cells=self.cells,
            head=head,
            end=end,
            columns=columns,
            name=name,
            roles=roles,
            letters=letters,
            fields=fields,
            party=party,
        )

    def fields(self, head: tuple[int, ...], columns: list[int]) -> dict[str, int]:
        """Return the columns that say something else of a responsibility, by what they say."""
        found: dict[str, int] = {}
        for column in columns:
            words = set(words_of(self.heading(head, column).replace("#", "id").replace("№", "id")))
            for kind, each in FIELDS.items():
                fits = words <= each | NAME_WORDS | BESIDE_NAMES if kind == "id" else len(words) <= 4
                if words & each and fits and kind not in found:
                    found[kind] = column
                    break
        return found

    def party_column(self, head: tuple[int, ...], columns: list[int]) -> int | None:
        """Return the column of roles in a list with a letter a row."""
        return next((c for c in columns if set(words_of(self.heading(head, c))) & CORNER_WORDS), None)

    def name_column(self, head: tuple[int, ...], rows: list[int], columns: list[int]) -> int:
        """Return the column of names: by its heading, and by how many of the rows it tells apart."""

        def fit(column: int) -> tuple[float, int]:
            words = set(words_of(self.heading(head, column)))
            own = [row for row in rows if (row, column) not in self.cells.legend]
            texts = [self.cells.texts[row][column] for row in own if self.cells.kind(row, column) is Kind.TEXT]
            told = [text for text in texts if not text.replace(".", "").isdigit()]
            score = 3.0 * bool(words & NAME_WORDS) + 2.0 * ("name" in words)
            score -= 3.0 * bool(words & (FIELDS["id"] | FIELDS["phase"] | FIELDS["group"]))
            score -= 1.0 * bool(words & CORNER_WORDS)
            score -= 2.0 * bool(words & FIELDS["meaning"] and not words & NAME_WORDS)
            score -= 4.0 * bool(words and words <= NO_ROLES)
            score += (3.0 * len(set(told)) + 3.0 * len(told)) / max(1, len(rows))
            return score, -column

        return max(columns, key=fit)


def combined_headings(cells: SheetCells, head: tuple[int, ...], found: dict[int, str]) -> dict[int, str]:
    """Return headings of which those that occur more than once are told apart by the part above or below them."""
    if len(head) == 1 or not found:
        return found
    parts = {row: _carried(cells, row, list(found)) for row in head}
    upper, lower = parts[head[0]], parts[head[-1]]

    def repeated(texts: Mapping[int, str]) -> bool:
        given = [text for text in texts.values() if text]
        return len(set(given)) < len(given)

    if not repeated(lower) and (repeated(upper) or len(head) > 2):
        return {c: lower[c] or upper[c] for c in found}
    if not repeated(upper) and not repeated(lower):
        named_below = any(cells.texts[head[-1]][: min(found)])
        return {c: (lower[c] or upper[c]) if named_below else (upper[c] or lower[c]) for c in found}
    return {c: " ".join(dict.fromkeys(text for row in head if (text := parts[row][c]))) for c in found}


def _carried(cells: SheetCells, row: int, columns: list[int]) -> dict[int, str]:
    """Return the texts of a row of a heading, each carried on over the blank cells to its right."""
    found: dict[int, str] = {}
    last = ""
    blank = any(not cells.texts[row][c] for c in columns)
    for column in columns:
        last = cells.texts[row][column] or (last if blank else "")
        found[column] = last
    return found
