"""One file of a site: its bytes, and the record that a whole file holds."""

from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel

from opmodel.load.document import Document, Entry
from opmodel.load.schema import record
from opmodel.model.problem import Place, Problem, Severity
from opmodel.source.fault import Fault
from opmodel.source.reader import decode, parse, read_bytes

Model = TypeVar("Model", bound=BaseModel)


@dataclass(slots=True)
class ReadFile(Generic[Model]):
    """A file that holds one record: the document, the record where it is well formed, and every problem of both."""

    document: Document
    entry: Entry[Model] | None
    problems: list[Problem]


def contents(root: Path, path: str) -> bytes | Fault:
    """Return the bytes of a file of the site, or what stops it from being read."""
    try:
        return read_bytes(root / path, root)
    except Fault as fault:
        return fault


def read_record(kind: type[Model], path: str, data: bytes | Fault) -> ReadFile[Model]:
    """Return the record of ``kind`` that a whole file holds."""
    try:
        if isinstance(data, Fault):
            raise data
        node, faults = parse(decode(data))
    except Fault as fault:
        node, faults = None, [fault]
    document = Document(path, node)
    if node is None:
        return ReadFile(document, None, [problem_of(path, fault) for fault in faults])
    document.data = data if isinstance(data, bytes) else None
    value, problems = record(kind, document, node)
    warnings = [problem_of(path, fault) for fault in faults]
    return ReadFile(document, Entry(value, document) if value else None, warnings + problems)


def problem_of(path: str, fault: Fault) -> Problem:
    """Return a fault in the file at ``path`` as a problem."""
    severity = Severity.WARNING if fault.warning else Severity.ERROR
    return Problem(Place(path, fault.mark.line, fault.mark.column), fault.rule, fault.message, severity)
