"""Reading of CSV files of any usual encoding and separator, as a grid."""

import csv
import io
import re
from itertools import islice

from opmodel.worksheets.grid import MAX_ROWS, Grid, Unplaced, UnreadableSpreadsheet, cut_off, squared

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
UNTOLD = "merged cells, struck-through text and comments"


def csv_grid(title: str, data: bytes) -> Grid:
    """Return the table of a CSV file. Raises `UnreadableSpreadsheet`."""
    text, notes = decoded(title, data)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    first, _, rest = text.partition("\n")
    named = first.strip().strip('"').lower()
    if named.startswith("sep=") and len(named) == 5:
        separator, text = named[4], rest
    else:
        separator = _separator(text)
    try:
        rows = _rows(text, separator, strict=True)
    except csv.Error:
        rows = _loose_rows(text, separator)
        why = "a quotation mark is left open or stands inside a cell; rows after it may have been joined"
        notes.append(Unplaced(sheet=title, cell="", value="", why=why))
    notes += cut_off(title, len(rows), max(map(len, rows), default=0))
    return Grid(title=title, rows=squared([list(row) for row in rows]), notes=tuple(notes), untold=UNTOLD)


def decoded(title: str, data: bytes) -> tuple[str, list[Unplaced]]:
    """Return the text of a file by its mark, else as UTF-8, else as Windows writes western languages, with findings."""
    mark, encoding = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", "utf-8"))
    data = data.removeprefix(mark)
    if not mark and b"\x00" in data:
        encoding = "utf-16-be" if data.startswith(b"\x00") else "utf-16-le"
        if re.search(r"[\x00-\x08\x0e-\x1f\ufffd]", data[:2000].decode(encoding, "replace")):
            raise UnreadableSpreadsheet("this is neither an .xlsx nor a CSV file")
    try:
        return data.decode(encoding), []
    except UnicodeDecodeError:
        text = data.decode("cp1252" if encoding == "utf-8" else encoding, "replace")
    if "\ufffd" not in text:
        why = "not UTF-8, so it was read as Windows-1252; check accents and other special letters"
        return text, [Unplaced(sheet=title, cell="", value="", why=why, recognised=True)]
    why = "some characters belong to no encoding that is known, and are shown as \ufffd"
    return text, [Unplaced(sheet=title, cell="", value="", why=why)]


def _rows(text: str, separator: str, *, strict: bool) -> list[list[str]]:
    return list(islice(csv.reader(io.StringIO(text), delimiter=separator, strict=strict), MAX_ROWS + 1))


def _loose_rows(text: str, separator: str) -> list[list[str]]:
    try:
        return _rows(text, separator, strict=False)
    except csv.Error:
        longest = f"{csv.field_size_limit():,} characters"
        raise UnreadableSpreadsheet(
            f"this is no CSV file that can be read: a cell is longer than {longest}; is a quotation mark left open?"
        ) from None


def _separator(text: str) -> str:
    """Return the separator with which most rows have the same number of columns, more than one."""

    def fit(separator: str) -> int:
        rows = islice(csv.reader(io.StringIO(text), delimiter=separator), 40)
        try:
            widths = [len(row) for row in rows]
        except csv.Error:
            return 0
        return max((widths.count(width) * min(width, 8) for width in set(widths) if width > 1), default=0)

    return max(";\t,|", key=fit)
