"""Reading of spreadsheets, workbooks and CSV files, as grids."""

import csv
import io
from itertools import islice
from pathlib import Path

from opmodel.files.reading import UnreadableFile, read_named_file
from opmodel.worksheets.grid import MAX_COLUMNS, MAX_ROWS, Grid, UnreadableSpreadsheet, cut_off

MAX_BYTES, MAX_TEXT = 20 * 1024 * 1024, 5 * 1024 * 1024
"""The largest spreadsheet, and the largest of them that is text."""


def read_grids(path: Path) -> tuple[Grid, ...]:
    """Return the sheets of a file. Raises `UnreadableSpreadsheet`."""
    try:
        data = read_named_file(path, MAX_BYTES)
    except UnreadableFile as refused:
        raise UnreadableSpreadsheet(f"{path.name}: {refused}") from None
    if not data.strip():
        raise UnreadableSpreadsheet(f"{path.name} is empty")
    if data[:4] == b"PK\x03\x04":
        from opmodel.worksheets.xlsx import read_workbook  # slow to import, and a CSV file needs none of it

        return read_workbook(path.name, data)
    if data[:4] == b"\xd0\xcf\x11\xe0":
        raise UnreadableSpreadsheet(
            f"{path.name} is an old .xls file or protected by a password; save it as .xlsx without one"
        )
    if len(data) > MAX_TEXT:
        raise UnreadableSpreadsheet(f"{path.name} is text of more than {MAX_TEXT // 2**20} MiB")
    return (_csv(path.stem, data),)


def _csv(title: str, data: bytes) -> Grid:
    try:
        return _table(title, _decoded(data).replace("\r\n", "\n").replace("\r", "\n"))
    except csv.Error:
        longest = f"{csv.field_size_limit():,} characters"
        raise UnreadableSpreadsheet(
            f"this is no CSV file that can be read: a cell is longer than {longest}; is a quotation mark left open?"
        ) from None


def _table(title: str, text: str) -> Grid:
    first, _, rest = text.partition("\n")
    named = first.strip().strip('"').lower()
    if named.startswith("sep=") and len(named) == 5:
        separator, text = named[4], rest
    else:
        separator = _separator(text)
    rows = list(islice(csv.reader(io.StringIO(text), delimiter=separator), MAX_ROWS + 1))
    found = max(map(len, rows), default=0)
    width = min(found, MAX_COLUMNS)
    padded = (tuple((cell or None) for cell in [*row[:width], *[""] * (width - len(row))]) for row in rows[:MAX_ROWS])
    return Grid(title=title, rows=tuple(padded), notes=tuple(cut_off(title, len(rows), found)))


def _decoded(data: bytes) -> str:
    """Return the text of a CSV file: by its mark, else UTF-8, else as Windows writes western languages."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if b"\x00" in data:
        raise UnreadableSpreadsheet("this is neither an .xlsx nor a CSV file")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _separator(text: str) -> str:
    """Return the separator with which most rows have the same number of columns, more than one."""

    def fit(separator: str) -> int:
        widths = [len(row) for row in islice(csv.reader(io.StringIO(text), delimiter=separator), 40)]
        return max((widths.count(width) * min(width, 8) for width in set(widths) if width > 1), default=0)

    return max(";\t,|", key=fit)
