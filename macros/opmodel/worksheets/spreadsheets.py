"""Reading of spreadsheets of any kind, as grids: workbooks, CSV files, and tables of HTML and Markdown documents."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

from opmodel.files.reading import UnreadableFile, read_named_file
from opmodel.worksheets.csv_table import csv_grid, decoded
from opmodel.worksheets.grid import Grid, UnreadableSpreadsheet
from opmodel.worksheets.html_tables import html_grids, is_markdown, markdown_grids

MAX_BYTES, MAX_TEXT = 20 * 1024 * 1024, 5 * 1024 * 1024
"""The largest spreadsheet, and the largest of them that is text."""
_REFUSED = (
    (b"%PDF", "a PDF file; export the table as .xlsx or .csv, and import that"),
    (b"\x89PNG", "a picture; type the table into a spreadsheet"),
    (b"\xff\xd8\xff", "a picture; type the table into a spreadsheet"),
    (b"{\\rtf", "a text document (RTF); copy its table into a spreadsheet"),
)


def read_grids(path: Path) -> tuple[Grid, ...]:
    """Return the sheets of a file. Raises `UnreadableSpreadsheet`."""
    try:
        data = read_named_file(path, MAX_BYTES)
    except UnreadableFile as refused:
        raise UnreadableSpreadsheet(f"{path.name}: {refused}") from None
    if not data.strip():
        raise UnreadableSpreadsheet(f"{path.name} is empty")
    if refusal := next((why for mark, why in _REFUSED if data.startswith(mark)), ""):
        raise UnreadableSpreadsheet(f"{path.name} is {refusal}")
    if data[:4] == b"PK\x03\x04":
        return _package(path.name, data)
    if data[:4] == b"\xd0\xcf\x11\xe0":
        from opmodel.worksheets.xls import read_old_workbook

        return read_old_workbook(path.name, data)
    return _document(path, data)


def _package(name: str, data: bytes) -> tuple[Grid, ...]:
    """Read a file that is a package of files. Its readers are slow to import, and a CSV file needs none of them."""
    kind = _kind_of_package(data)
    if kind == "ods":
        from opmodel.worksheets.ods import read_open_document

        return read_open_document(name, data)
    if kind not in ("xlsx", ""):
        raise UnreadableSpreadsheet(f"{name} is {kind}; save the table as .xlsx or .csv, and import that")
    from opmodel.worksheets.xlsx import read_workbook

    return read_workbook(name, data)


def _kind_of_package(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return ""
    if "xl/workbook.bin" in names:
        return "a binary workbook (.xlsb)"
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "content.xml" in names:
        return "ods"
    if "word/document.xml" in names:
        return "a text document (.docx)"
    if any(name.startswith("Index/") for name in names):
        return "a Numbers document"
    if any(name.lower().endswith((".html", ".csv", ".xlsx")) for name in names):
        return "a packed folder (.zip), which holds the table as a file of its own"
    return ""


def _document(path: Path, data: bytes) -> tuple[Grid, ...]:
    """Read a file of text: the tables of an HTML or Markdown document, or one CSV table."""
    if len(data) > MAX_TEXT:
        raise UnreadableSpreadsheet(f"{path.name} is text of more than {MAX_TEXT // 2**20} MiB")
    text, notes = decoded(path.stem, data)
    if "urn:schemas-microsoft-com:office:spreadsheet" in text[:2000]:
        raise UnreadableSpreadsheet(f"{path.name} is an XML spreadsheet of 2003; save it as .xlsx, and import that")
    if text.lstrip()[:1] == "<" and "<table" in text.lower():
        grids = html_grids(path.stem, text)
    elif path.suffix.lower() in (".md", ".markdown") or is_markdown(text):
        grids = markdown_grids(path.stem, text)
    else:
        return (csv_grid(path.stem, data),)
    if not grids:
        raise UnreadableSpreadsheet(f"{path.name} holds no table")
    return (replace(grids[0], notes=(*notes, *grids[0].notes)), *grids[1:])
