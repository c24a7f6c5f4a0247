"""Where the table starts on a sheet: its heading row, the column of names, the columns of roles or letters."""

from collections.abc import Mapping
from dataclasses import dataclass

from opmodel.model.organisation import Role
from opmodel.worksheets.grid import Grid
from opmodel.worksheets.names import folded
from opmodel.worksheets.raci_cells import MARKS, headed, letters
from opmodel.worksheets.roles import RoleNames

_DEPTH = 60
"""Rows in which a heading is looked for."""
_NAMES = frozenset(
    "responsibility responsibilities task tasks activity activities deliverable deliverables step what action process "
    "item duty work function".split()
)
_FIELDS = {
    "meaning": frozenset("meaning description details definition explanation".split()),
    "layer": frozenset("layer side".split()),
    "phase": frozenset("phase stage".split()),
    "evidence": frozenset("evidence section".split()),
    "id": frozenset("id no nr number ref reference key".split()),
}


@dataclass(frozen=True, kw_only=True)
class Header:
    """The layout of one table. ``roles`` has the heading of each column of letters (or, ``by_letter``, its letter).

    ``known`` is the share of headings that the site knows, which tells an upright table from one on its side.
    """

    row: int
    name: int
    roles: Mapping[int, str]
    by_letter: bool
    fields: Mapping[str, int]
    others: Mapping[int, str]
    known: float

    @property
    def id(self) -> int | None:
        """The column of ids, if there is one."""
        return self.fields.get("id")


def find_header(grid: Grid, known: Mapping[str, Role], renamed: Mapping[str, str]) -> Header | None:
    """Return the layout of the table on a sheet, or None when it has none."""
    return _of_names(grid) or _of_letters(grid, RoleNames(known, renamed))


def _of_names(grid: Grid) -> Header | None:
    """A row that is headed by letters (Responsible, Accountable, …), with names below."""
    for row in range(min(len(grid.rows), _DEPTH)):
        found = {c: letter for c in range(len(grid.rows[row])) if (letter := headed(grid.text(row, c)))}
        below = [t for r in range(row + 1, len(grid.rows)) for c in found if (t := grid.text(r, c))]
        named = sum(letters(text) is None for text in below)
        if len(found) >= 2 and len(set(found.values())) == len(found) and named * 2 > len(below):
            return _header(grid, row, found, by_letter=True, known=1)
    return None


def _of_letters(grid: Grid, roles: RoleNames) -> Header | None:
    """A row of headings with letters below most of them."""
    candidates = []
    for row in range(min(len(grid.rows), _DEPTH)):
        found = {c: grid.text(row, c) for c in range(1, len(grid.rows[row])) if _is_column(grid, row, c)}
        if found:  # a title that is merged over the columns says the same in all of them
            score = sum(_filled(grid, row, column) for column in found)
            candidates.append((score, len(set(found.values())), row, found))
    if not candidates:
        return None
    *_, row, found = max(candidates, key=lambda candidate: candidate[:3])
    found |= {c: grid.text(row, c) for c in _more(grid, row, min(found), roles) if c not in found}
    known = len({roles.find(text)[0] for text in found.values() if roles.knows(text)}) / len(found)
    return _header(grid, row, found, by_letter=False, known=known)


def _more(grid: Grid, row: int, first: int, roles: RoleNames) -> list[int]:
    """Return the columns right of the first that belong to the table although few of their cells hold letters."""
    headings = {c: grid.text(row, c) for c in range(first, len(grid.rows[row])) if grid.text(row, c)}
    return [c for c, text in headings.items() if letters(text) is None and (roles.knows(text) or _filled(grid, row, c))]


def _is_column(grid: Grid, row: int, column: int) -> bool:
    """Whether a heading stands at the top of mostly letters (or marks, which are reported later)."""
    text = grid.text(row, column)
    if not text or letters(text) is not None:
        return False
    below = [t for r in range(row + 1, len(grid.rows)) if (t := grid.text(r, column))]
    good = sum(letters(t) is not None or t.casefold() in MARKS for t in below)
    return bool(below) and good * 2 > len(below) and any(letters(t) or t.casefold() in MARKS for t in below)


def _filled(grid: Grid, row: int, column: int) -> int:
    return sum(bool(letters(grid.text(r, column))) for r in range(row + 1, len(grid.rows)))


def _header(grid: Grid, row: int, found: dict[int, str], *, by_letter: bool, known: float) -> Header:
    rest = [c for c in range(len(grid.rows[row])) if c not in found]
    fields: dict[str, int] = {}
    for column in rest:
        words = set(folded(grid.text(row, column).replace("#", "id").replace("№", "id")).split())
        for name, each in _FIELDS.items():
            if words & each and name not in fields and not words & _NAMES:
                fields[name] = column
    names = _name_column(grid, row, [c for c in rest if c not in fields.values()] or rest or [0])
    others = {c: grid.text(row, c) for c in rest if c != names and c not in fields.values()}
    return Header(
        row=row,
        name=names,
        roles=dict(sorted(found.items())),
        by_letter=by_letter,
        fields=fields,
        others=others,
        known=known,
    )


def _name_column(grid: Grid, row: int, columns: list[int]) -> int:
    """Return the column headed like a name, else the one with the most different texts, the first of them."""
    for column in columns:
        if set(folded(grid.text(row, column)).split()) & _NAMES:
            return column
    texts = {
        c: {t for r in range(row + 1, len(grid.rows)) if (t := grid.text(r, c)) and not t.isdigit()} for c in columns
    }
    return max(columns, key=lambda column: (len(texts[column]), -column))
