"""Whether a table lies on its side: roles down the first column, responsibilities along the top."""

from collections.abc import Sequence

from opmodel.worksheets.matrix_headings import words_of
from opmodel.worksheets.matrix_layout import MatrixLayout
from opmodel.worksheets.names import RoleNames
from opmodel.worksheets.raci_cells import read_cell
from opmodel.worksheets.sheet_cells import Kind
from opmodel.worksheets.table_words import CORNER_WORDS, NAME_WORDS, ROLE_WORDS


def lies_on_its_side(upright: Sequence[MatrixLayout], turned: Sequence[MatrixLayout], roles: RoleNames) -> bool:
    """Whether the turned reading of a sheet is the better one."""
    if not upright or not turned:
        return any(_size(layout) > 1 or (layout.letters and len(layout.rows) > 1) for layout in turned)
    if any(layout.letters for layout in upright):
        return False
    return _fit(upright[0], roles) < 0 and sum(map(_size, turned)) >= sum(map(_size, upright)) // 2


def _size(layout: MatrixLayout) -> int:
    """Return how many cells of a table hold letters, and no words for them, which a list of definitions has too."""
    places = [(row, column) for row in layout.rows for column in layout.roles]
    letters = [place for place in places if layout.cells.kind(*place) is Kind.LETTERS]
    return sum(len(layout.cells.texts[row][column]) <= 5 for row, column in letters)


def _fit(layout: MatrixLayout, roles: RoleNames) -> float:
    """Return how well headings are roles and names are responsibilities; below 0 if it is the other way round."""
    texts = layout.cells.texts
    headings = list(layout.roles.values())
    names = [texts[row][layout.name] for row in layout.rows if texts[row][layout.name]]
    corner = set(words_of(texts[layout.head[-1]][layout.name]))
    fit = _role_share(headings) - _role_share(names)
    fit += 2 * (_known_share(headings, roles) - _known_share(names, roles))
    fit += 0.3 if _words(names) > _words(headings) else -0.3 if _words(names) < _words(headings) else 0
    fit += _one_owner_share(layout)
    if corner & NAME_WORDS and not corner & CORNER_WORDS:
        fit += 2
    return fit - 2 if corner & CORNER_WORDS and not corner & NAME_WORDS else fit


def _role_share(texts: Sequence[str]) -> float:
    return sum(bool(set(words_of(text)) & ROLE_WORDS) for text in texts) / max(1, len(texts))


def _known_share(texts: Sequence[str], roles: RoleNames) -> float:
    return sum(roles.knows(text) for text in texts) / max(1, len(texts))


def _words(texts: Sequence[str]) -> float:
    return sum(len(text.split()) for text in texts) / max(1, len(texts))


def _one_owner_share(layout: MatrixLayout) -> float:
    """Return the share of rows with one A, less that of columns with one A."""

    def owned(row: int, column: int) -> bool:
        reading = read_cell(layout.cells.texts[row][column])
        return bool(reading and "A" in reading.letters)

    rows = [
        sum(owned(row, column) for column in layout.roles)
        for row in layout.rows
        if layout.cells.texts[row][layout.name]
    ]
    columns = [sum(owned(row, column) for row in layout.rows) for column in layout.roles]
    return rows.count(1) / max(1, len(rows)) - columns.count(1) / max(1, len(columns))
