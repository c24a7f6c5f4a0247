"""What is in an .xlsx file, counted before anything is made of it: a small file can stand for gigabytes of cells."""

import re
import zipfile
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

MAX_PARTS, MAX_UNPACKED, MAX_ELEMENTS, MAX_MERGED = 2_000, 100 * 1024 * 1024, 1_500_000, 20_000
"""Files in the package, their bytes, their XML elements (a filled cell has two or three), and merged areas."""
_CHUNK = 1 << 16
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")


class WorkbookTooLarge(ValueError):
    """A package that would take too much work; the message says what there is too much of."""


@dataclass(frozen=True, slots=True)
class MergedArea:
    """A merged area; rows and columns count from 0, and the last ones do not belong to it."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class SheetSurvey:
    """What one sheet holds beside its cells: merged areas, how far its cells with content reach, and any formulas."""

    merged: list[MergedArea] = field(default_factory=list)
    rows: int = 0
    columns: int = 0
    formulas: bool = False


def survey_package(package: zipfile.ZipFile) -> dict[str, SheetSurvey]:
    """Return each part of a package by its path. Raises `WorkbookTooLarge`, at the first limit that is passed."""
    parts = package.infolist()
    if len(parts) > MAX_PARTS:
        raise WorkbookTooLarge(f"holds more than {MAX_PARTS:,} files")
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise WorkbookTooLarge(f"unpacks to more than {MAX_UNPACKED // 2**20} MiB")
    counter = _Counter()
    return {part.filename: counter.read(package, part) for part in parts}


class _Counter:
    """Counts the elements of all parts together, and notes what concerns the cells of each."""

    def __init__(self) -> None:
        self.elements = 0
        self.sheet = SheetSurvey()
        self.row = self.column = 0

    def read(self, package: zipfile.ZipFile, part: zipfile.ZipInfo) -> SheetSurvey:
        self.sheet, self.row, self.column = SheetSurvey(), 0, 0
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self.start
        parser.StartDoctypeDeclHandler = self.refuse
        try:
            with package.open(part) as file:
                _feed(parser, file)
        except expat.ExpatError:  # a picture, or what the library will refuse
            pass
        return self.sheet

    def refuse(self, *_: object) -> None:
        raise WorkbookTooLarge("holds a document type, which no spreadsheet needs")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        if self.elements > MAX_ELEMENTS:
            raise WorkbookTooLarge(f"holds more than {MAX_ELEMENTS:,} XML elements, some {MAX_ELEMENTS // 3:,} cells")
        match name.rpartition(" ")[2]:
            case "row":
                row = attributes.get("r", "")
                self.row, self.column = (int(row[:9]) if row.isdecimal() else self.row + 1), 0
            case "c":
                place = _AREA.fullmatch(attributes.get("r", ""))
                self.column = column_number(place[1]) if place else self.column + 1
            case "v" | "f" | "is" as kind:
                self.sheet.formulas |= kind == "f"
                self.sheet.rows = max(self.sheet.rows, self.row)
                self.sheet.columns = max(self.sheet.columns, self.column)
            case "mergeCell":
                self.merge(attributes.get("ref", ""))

    def merge(self, ref: str) -> None:
        if len(self.sheet.merged) >= MAX_MERGED:
            raise WorkbookTooLarge(f"has a sheet with more than {MAX_MERGED:,} merged areas")
        if place := _AREA.fullmatch(ref):
            left, top, right, bottom = place[1], int(place[2]), place[3] or place[1], int(place[4] or place[2])
            self.sheet.merged.append(MergedArea(top - 1, column_number(left) - 1, bottom, column_number(right)))


def _feed(parser: expat.XMLParserType, file: IO[bytes]) -> None:
    while chunk := file.read(_CHUNK):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)


def column_number(letters: str) -> int:
    """Return the number of a column, from 1: ``A`` is 1, ``AA`` is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
