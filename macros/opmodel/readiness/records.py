"""The record files as version control has seen them: records are appended, never altered or removed."""

from collections.abc import Iterator
from dataclasses import dataclass

from opmodel.load.document import Document
from opmodel.load.operating_model import OperatingModel
from opmodel.readiness.history import History, Version
from opmodel.source.reader import parse
from opmodel.source.tree import ListNode, Node, child

FOLDER = "data/signoffs"


@dataclass(frozen=True, slots=True)
class Change:
    """A committed record that is no longer what it was: the file, the line to look at, and what is wrong."""

    path: str
    line: int
    message: str


def altered(model: OperatingModel, history: History) -> Iterator[Change]:
    """Yield the first changed record of each file whose committed records are not all still there, in order."""
    now = {document.path: document for document in model.documents if document.path.startswith(FOLDER)}
    moved = {_file(old): _file(name) for name, cover in model.covers.items() for old in cover.formerly}
    for path, versions in sorted(history.versions(FOLDER).items()):
        present = path if path in now else moved.get(path, path)  # the records of a renamed packet go with it
        change = _change(versions, present, now.get(present)) if path.endswith(".yml") else None
        if change:
            yield change


def _file(packet: str) -> str:
    return f"{FOLDER}/{packet}.yml"


def _change(versions: list[Version], path: str, document: Document | None) -> Change | None:
    present = _records(document.node if document else None)
    for version in versions:
        committed = _records(parse(version.text)[0]) if version.text else []
        for position, record in enumerate(committed):
            number, commit = position + 1, version.commit[:12]
            if position >= len(present):
                return Change(path, 1, f"record {number} was removed; it stands in commit {commit} of {version.day}")
            if present[position].plain != record.plain:
                line = present[position].mark.line
                return Change(path, line, f"record {number} was altered since commit {commit} of {version.day}")
    return None


def _records(node: Node | None) -> list[Node]:
    below = child(node, "records") if node else None
    return below.items if isinstance(below, ListNode) else []
