"""What the parts of a workbook (.xlsx) hold, counted before they are read: a small file can unpack to gigabytes."""

import io
import posixpath
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from opmodel.worksheets.grid import MergedArea, Place, column_number

MAX_PARTS, MAX_UNPACKED, MAX_ELEMENTS, MAX_MERGED = 2_000, 100 * 1024 * 1024, 1_500_000, 20_000
"""Files in the package, their bytes, their XML elements (a filled cell has two or three), and merged areas."""
MAX_COMMENTS = 5_000
_CHUNK = 1 << 16
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")
_STRICT = (
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (b"http://purl.oclc.org/ooxml/drawingml", b"http://schemas.openxmlformats.org/drawingml/2006"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
"""Names of the strict variant of the format, and those of the usual one."""


class WorkbookTooLarge(ValueError):
    """Raised for a package that exceeds a limit; the message names the limit."""


@dataclass(slots=True)
class SheetSurvey:
    """Merged areas, hidden rows and columns and comments of a sheet, the extent of its filled cells, its formulas."""

    merged: list[MergedArea] = field(default_factory=list)
    rows: int = 0
    columns: int = 0
    formulas: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    comments: dict[Place, str] = field(default_factory=dict)
    strict: bool = False
    targets: list[str] = field(default_factory=list)
    """Parts that a part of relations names."""


def survey_package(package: zipfile.ZipFile) -> dict[str, SheetSurvey]:
    """Return a survey of each part of a package, by its path. Raises `WorkbookTooLarge`."""
    parts = package.infolist()
    if len(parts) > MAX_PARTS:
        raise WorkbookTooLarge(f"holds more than {MAX_PARTS:,} files")
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise WorkbookTooLarge(f"unpacks to more than {MAX_UNPACKED // 2**20} MiB")
    counter = _Counter()
    surveyed = {part.filename: counter.read(package, part) for part in parts}
    for path, relations in surveyed.items():
        folder, _, name = path.rpartition("/_rels/")
        sheet = surveyed.get(f"{folder}/{name.removesuffix('.rels')}") if name else None
        for target in relations.targets if sheet else ():
            part = surveyed.get(posixpath.normpath(posixpath.join(folder, target)).lstrip("/"))
            if sheet and part:
                sheet.comments |= part.comments
    return surveyed


def usual_package(data: bytes) -> bytes:
    """Return a package of the strict variant with the names of the usual one."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename.endswith((".xml", ".rels")):
                for strict, usual in _STRICT:
                    content = content.replace(strict, usual)
            new.writestr(part.filename, content)
    return target.getvalue()


def feed(file: IO[bytes], start: Callable[[str, dict[str, str]], None], **handlers: Callable[..., None]) -> None:
    """Parse XML with a handler of starting elements and others. Raises `WorkbookTooLarge` for a document type."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = _refuse
    parser.EndElementHandler = handlers.get("end")
    parser.CharacterDataHandler = handlers.get("text")
    while chunk := file.read(_CHUNK):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)


def _refuse(*_: object) -> None:
    raise WorkbookTooLarge("holds a document type, which no spreadsheet needs")


class _Counter:
    """Counts the elements of all parts of a package, and surveys each part."""

    def __init__(self) -> None:
        self.elements = 0
        self.sheet = SheetSurvey()
        self.row = self.column = 0
        self.comment: Place | None = None

    def read(self, package: zipfile.ZipFile, part: zipfile.ZipInfo) -> SheetSurvey:
        self.sheet, self.row, self.column, self.comment = SheetSurvey(), 0, 0, None
        try:
            with package.open(part) as file:
                feed(file, self.start, text=self.text)
        except expat.ExpatError:  # a picture, or what the library will refuse
            pass
        return self.sheet

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        if self.elements > MAX_ELEMENTS:
            raise WorkbookTooLarge(f"holds more than {MAX_ELEMENTS:,} XML elements, some {MAX_ELEMENTS // 3:,} cells")
        space, _, local = name.rpartition(" ")
        match local:
            case "row":
                row = attributes.get("r", "")
                self.row, self.column = (int(row[:9]) if row.isdecimal() else self.row + 1), 0
                if attributes.get("hidden") in ("1", "true"):
                    self.sheet.hidden_rows.add(self.row - 1)
            case "c":
                place = _AREA.fullmatch(attributes.get("r", ""))
                self.column = column_number(place[1]) if place else self.column + 1
            case "v" | "f" | "is" as kind:
                self.sheet.formulas |= kind == "f"
                self.sheet.rows = max(self.sheet.rows, self.row)
                self.sheet.columns = max(self.sheet.columns, self.column)
            case "mergeCell":
                self.merge(attributes.get("ref", ""))
            case "col" if attributes.get("hidden") in ("1", "true"):
                self.hide(attributes.get("min", ""), attributes.get("max", ""))
            case "comment" | "threadedComment":
                place = _AREA.fullmatch(attributes.get("ref", ""))
                few = len(self.sheet.comments) < MAX_COMMENTS
                self.comment = (int(place[2]) - 1, column_number(place[1]) - 1) if place and few else None
            case "Relationship" if attributes.get("Type", "").endswith(("/comments", "/threadedComment")):
                self.sheet.targets.append(attributes.get("Target", ""))
            case "workbook":
                self.sheet.strict = space.startswith("http://purl.oclc.org/ooxml/")

    def text(self, text: str) -> None:
        if self.comment:
            before = self.sheet.comments.get(self.comment, "")
            self.sheet.comments[self.comment] = f"{before}{text}"[:1_000]

    def hide(self, first: str, last: str) -> None:
        if first.isdecimal() and last.isdecimal():
            self.sheet.hidden_columns.update(range(int(first[:9]) - 1, min(int(last[:9]), 1 << 14)))

    def merge(self, ref: str) -> None:
        if len(self.sheet.merged) >= MAX_MERGED:
            raise WorkbookTooLarge(f"has a sheet with more than {MAX_MERGED:,} merged areas")
        if place := _AREA.fullmatch(ref):
            left, top, right, bottom = place[1], int(place[2]), place[3] or place[1], int(place[4] or place[2])
            self.sheet.merged.append(MergedArea(top - 1, column_number(left) - 1, bottom, column_number(right)))
