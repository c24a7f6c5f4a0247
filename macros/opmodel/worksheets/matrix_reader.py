"""Reads the rows of one responsibility table, and reports each of its cells that has no place."""

import re
from collections.abc import Mapping
from typing import Any

from opmodel.text.slugs import slug
from opmodel.worksheets.letter_schemes import RACI, LetterScheme
from opmodel.worksheets.matrix_layout import MatrixLayout
from opmodel.worksheets.matrix_report import ResponsibilityTable
from opmodel.worksheets.name_lists import NameSplitter
from opmodel.worksheets.names import RoleNames, folded_name
from opmodel.worksheets.phases import says_phase
from opmodel.worksheets.raci_cells import EMPTY_MARKS, PARTICIPATION_MARKS, heading_letters, raci_entry, read_cell
from opmodel.worksheets.row_values import CellLetters, RowValues
from opmodel.worksheets.sheet_cells import Kind

MAX_NAME = 400
_TOTALS = frozenset("total totals sum count subtotal summe gesamt somme check".split())


class MatrixReader(RowValues):
    """Reads the rows of one table into a `ResponsibilityTable`."""

    def __init__(
        self, layout: MatrixLayout, scheme: LetterScheme, roles: RoleNames, table: ResponsibilityTable
    ) -> None:
        super().__init__(layout, roles, table)
        self.scheme = scheme
        self.columns: dict[int, str] = {}
        self.placed: list[int] = []
        self.listed: dict[str, tuple[int, str, dict[str, list[CellLetters]]]] = {}
        texts = (self.text(row, c) for row in layout.rows for c in layout.letters)
        self.splitter = NameSplitter((name for pair in roles.names.values() for name in pair), texts)

    def read(self) -> None:
        """Read all rows below the heading."""
        row = self.layout.head[-1]
        if self.layout.party is None:
            self.columns = {c: self.role(row, c, text) for c, text in self.layout.roles.items()}
        else:
            self.columns = dict.fromkeys(self.layout.roles, "")
        last = max((r for r in self.layout.rows if self.has_entries(r)), default=row)
        for row in self.layout.rows:
            self.row(row, below=row > last)
        for first, name, found in self.listed.values():
            self.table.rows.append(self.responsibility(first, name, found))
        self.other_columns()
        for why, count in self.assumed.items():
            rows = f"check {count} row{'s' if count != 1 else ''}"
            self.note(f"{why}; {rows}")

    def has_entries(self, row: int) -> bool:
        """Whether a row has letters, marks or names in the columns of the table."""
        if self.layout.letters:
            return any(self.text(row, c).casefold() not in EMPTY_MARKS for c in self.layout.letters)
        return any(self.cells.kind(row, c) in (Kind.LETTERS, Kind.MARK) for c in self.columns)

    def row(self, row: int, *, below: bool) -> None:
        """Read one row: a responsibility, the heading of a phase, or a finding."""
        place = (row, self.layout.name)
        name = " ".join(self.text(*place).split())
        if self.is_legend(row) or self.is_total(row, name) or self.is_heading_again(row):
            return
        if not self.has_entries(row) or self.is_banner(row):
            self.heading(row, name, below=below)
        elif not name:
            for column in [*self.columns, *self.layout.letters]:
                if self.text(row, column).casefold() not in EMPTY_MARKS:
                    self.odd((row, column), "letters in a row without a name")
        else:
            self.taken.add(place)
            self.placed.append(row)
            if self.layout.party is None:
                self.table.rows.append(self.responsibility(row, name, self.entries(row)))
            else:
                self.collect(row, name)

    def collect(self, row: int, name: str) -> None:
        """Add a row of a list, which gives one letter of one role, to what is known of its name."""
        _, _, found = self.listed.setdefault(folded_name(name), (row, name, {}))
        for role, letters in self.entries(row).items():
            found.setdefault(role, []).extend(letters)

    def is_legend(self, row: int) -> bool:
        """Whether a row is one of a legend, such as ``R`` and ``Responsible``, which its table happens to hold."""
        filled = [c for c in self.layout.columns if self.text(row, c)]
        name = self.text(row, self.layout.name)
        known = (
            len(name) == 1
            and name.isupper()
            and len(filled) == 2
            and heading_letters(self.text(row, filled[1])) == {name}
        )
        if known:
            for column in filled:
                self.odd((row, column), "a legend", recognised=True)
        return known

    def is_total(self, row: int, name: str) -> bool:
        """Whether a row counts what stands above it."""
        cells = [c for c in self.columns if self.text(row, c)]
        found = bool(set(folded_name(name).split()[:1]) & _TOTALS) and all(_is_number(self.text(row, c)) for c in cells)
        for column in (self.layout.name, *cells) if found else ():
            self.odd((row, column), "a total", recognised=True)
        return found

    def is_heading_again(self, row: int) -> bool:
        """Whether a row repeats the heading."""
        head = self.layout.head[-1]
        texts = [self.text(row, c) for c in self.layout.columns]
        found = any(texts) and texts == [self.text(head, c) for c in self.layout.columns]
        if found:
            self.odd((row, self.layout.name), "the heading once more", recognised=True)
            self.taken |= {(row, c) for c in self.layout.columns}
        return found

    def is_banner(self, row: int) -> bool:
        """Whether a row is one merged text over its columns."""
        texts = {self.text(row, c) for c in [self.layout.name, *self.columns, *self.layout.letters]}
        return len(texts) == 1 and any((row, c) in self.grid.filled for c in self.layout.columns)

    def heading(self, row: int, name: str, *, below: bool) -> None:
        """Read a row without letters: the heading of a phase or group, or a note."""
        apart = self.taken | self.cells.legend | {(row, self.layout.fields.get("id", -1))}
        filled = [c for c in self.layout.columns if self.text(row, c) and (row, c) not in apart]
        texts = {self.text(row, c) for c in filled} - EMPTY_MARKS
        if not texts or (row, self.layout.name) in self.cells.legend:
            return
        banner = self.is_banner(row)
        single = len(texts) == 1
        text = " ".join(next(iter(texts)).split()) if single else name
        told = banner or says_phase(text) or self.is_numbered_group(row)
        if single and not below and len(text) <= 120 and (told or name):
            self.begin_group(text, "merged rows" if banner else "rows of their own")
            if not told:
                self.odd((row, filled[0]), "a row without letters; taken for the heading of the rows below it")
            self.taken |= {(row, c) for c in [*filled, self.layout.fields.get("id", self.layout.name)]}
            return
        phases = [c for c in filled if says_phase(self.text(row, c))]
        if len(phases) == 1 and not below:
            self.begin_group(self.text(row, phases[0]), "rows of their own")
            self.taken.add((row, phases[0]))
        for column in filled:
            if (
                (row, column) not in self.taken
                and (row, column) not in self.grid.filled
                and self.text(row, column).casefold() not in EMPTY_MARKS
            ):
                why = (
                    "a note below the table; not read"
                    if below
                    else "a row without letters; not read as a responsibility"
                )
                legend = (
                    bool(re.match(r"\W*[A-Z]\W{1,4}\w{4,}|(legend|key|legende)\b", self.text(row, column), re.I))
                    and single
                )
                self.odd((row, column), "a legend" if legend and below else why, recognised=legend and below)

    def is_numbered_group(self, row: int) -> bool:
        """Whether the number of a row begins those of the next: 1 before 1.1."""
        column = self.layout.fields.get("id")
        if column is None or row + 1 >= len(self.grid.rows):
            return False
        here, after = self.text(row, column).rstrip("."), self.text(row + 1, column)
        return bool(here) and after.startswith(f"{here}.")

    def entries(self, row: int) -> dict[str, list[CellLetters]]:
        """Return the letters of each role in a row, by their cells."""
        found: dict[str, list[CellLetters]] = {}
        for column, role in self.columns.items():
            self.taken.add((row, column))
            reading = read_cell(self.text(row, column))
            if reading is None or not reading.letters <= frozenset(self.scheme.becomes):
                self.odd((row, column), _why(self.text(row, column), self.scheme))
            elif reading.letters:
                letters = frozenset(self.scheme.becomes[letter] for letter in reading.letters)
                role = role or self.listed_role(row)
                found.setdefault(role, []).append(CellLetters(letters, (row, column)))
                if reading.beside:
                    self.odd((row, column), f"read as {'/'.join(sorted(letters))}; “{reading.beside}” has no place")
                if reading.loose:
                    self.assume(f"“{self.text(row, column)}” is read as {'/'.join(sorted(letters))}")
        for column, letters in self.layout.letters.items():
            self.taken.add((row, column))
            if self.text(row, column).casefold() in EMPTY_MARKS:
                continue
            ours = frozenset(self.scheme.becomes[letter] for letter in letters if letter in self.scheme.becomes)
            if not ours:
                self.odd((row, column), f"{'/'.join(sorted(letters))} is no letter of {self.scheme.name}")
                continue
            for name in self.splitter.names(self.text(row, column)):
                if name.casefold() in ("tbd", "tbc", "?", "tba", "...") or name in ("R", "A", "C", "I"):
                    self.odd((row, column), "expected the name of a role")
                    continue
                found.setdefault(self.role(row, column, name), []).append(CellLetters(ours, (row, column)))
        return found

    def listed_role(self, row: int) -> str:
        """Return the role that a row of a list names."""
        column = self.layout.name if self.layout.party is None else self.layout.party
        self.taken.add((row, column))
        return self.role(row, column, self.text(row, column) or "nobody")

    def letters_of(self, role: str, cells: list[CellLetters]) -> frozenset[str]:
        """Return the letters of one role. Different ones under the same heading are a conflict, and none is taken."""
        spread = self.grid.is_merged([(self.layout.head[-1], each.place[1]) for each in cells])
        if (
            not self.layout.letters
            and self.layout.party is None
            and not spread
            and len({each.letters for each in cells}) > 1
        ):
            others = ", ".join(self.grid.cell(*each.place) for each in cells)
            for each in cells:
                self.odd(each.place, f"{others} give {role} different letters; none was taken")
            return frozenset()
        return frozenset().union(*(each.letters for each in cells))

    def responsibility(self, row: int, name: str, found: Mapping[str, list[CellLetters]]) -> dict[str, Any]:
        """Return a row as plain data."""
        entries: dict[str, str] = {}
        for role, cells in found.items():
            entry, left = raci_entry(self.letters_of(role, cells))
            if entry:
                entries[role] = entry.value
            if left:
                why = f"{role} has {entry}, so {left} beside it was left out"
                self.odd((row, self.layout.name), why)
        if len(name) > MAX_NAME:
            self.odd(
                (row, self.layout.name), f"a name of more than {MAX_NAME} characters; cut, and whole in the meaning"
            )
        phase, words = self.phase(row)
        meaning = self.field(row, "meaning") or name
        return {
            "id": self.ids.take(self.given_id(row) or slug(folded_name(name)) or "row"),
            "name": name[:MAX_NAME].strip(),
            "meaning": " ".join([meaning, *(f"({word})" for word in words)]),
            "layer": self.layer(row, entries, found),
            "phase": phase.value,
            "raci": entries,
            "evidence": self.section(row, name).value,
        }

    def other_columns(self) -> None:
        """Report the cells of columns that a responsibility has no place for."""
        used = {self.layout.name, self.layout.party, *self.columns, *self.layout.letters, *self.layout.fields.values()}
        for column in (c for c in self.layout.columns if c not in used):
            for row in self.layout.rows:
                place = (row, column)
                if self.text(*place) and place not in self.taken | self.cells.legend and row in self.placed:
                    heading, nothing = self.layout_heading(column), self.text(*place).casefold() in EMPTY_MARKS
                    why = f"in the column “{heading}”, which has no place in a responsibility"
                    self.odd(place, why, recognised=nothing)


def _why(text: str, scheme: LetterScheme) -> str:
    expected = ", ".join(scheme.becomes)
    if text.strip().casefold() in PARTICIPATION_MARKS:
        return f"a mark says that the role takes part but not how; expected {expected}".replace(
            "R, A, C, I", "R, A, C or I"
        )
    return (
        "expected R, A, C or I, or several of them"
        if scheme is RACI
        else f"expected letters of {scheme.name}: {expected}"
    )


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[\d.,% ]+", text))
