"""The record files as version control has seen them: records are appended, never altered or removed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from opmodel.load.document import Document
from opmodel.load.operating_model import OperatingModel
from opmodel.readiness.history import FileVersion, History, is_blob
from opmodel.source.reader import parse
from opmodel.source.tree import ListNode, Node, child

SIGNOFFS_FOLDER = "data/signoffs"


@dataclass(frozen=True, slots=True)
class AlteredRecord:
    """A committed record that is no longer what it was: the file, the line to look at, and what is wrong."""

    path: str
    line: int
    message: str


def altered_records(model: OperatingModel, history: History) -> Iterator[AlteredRecord]:
    """Yield the first changed record of each file whose committed records are not all still there, in order."""
    now = {document.path: document for document in model.documents if document.path.startswith(SIGNOFFS_FOLDER)}
    moved = {_file(old): _file(name) for name, summary in model.summaries.items() for old in summary.formerly}
    data = {path: _readable(model, document) for path, document in now.items()}
    others: dict[str, tuple[str, list[FileVersion]]] = {}
    for path, kept in sorted(history.kept(SIGNOFFS_FOLDER).items()):
        present = path if path in now else moved.get(path, path)  # the records of a renamed packet go with it
        same = data.get(present)
        versions = [each for each in reversed(kept) if each.blob and not (same and is_blob(same, each.blob))]
        if versions and path.endswith(".yml"):
            others[path] = present, versions
    texts = history.texts(each.blob for _, versions in others.values() for each in versions if each.blob)
    for present, versions in others.values():
        if change := _change(versions, texts, present, now.get(present)):
            yield change


def _readable(model: OperatingModel, document: Document) -> bytes | None:
    """Return a file's content where its records could be read: a version with the same content has the same."""
    return document.data if PurePosixPath(document.path).stem in model.signoffs else None


def _file(packet: str) -> str:
    return f"{SIGNOFFS_FOLDER}/{packet}.yml"


def _change(
    versions: list[FileVersion], texts: Mapping[str, str], path: str, document: Document | None
) -> AlteredRecord | None:
    present = _records(document.node if document else None)
    for version in versions:
        text = texts.get(version.blob or "")
        committed = _records(parse(text)[0]) if text else []
        for position, record in enumerate(committed):
            number, commit = position + 1, version.commit[:12]
            if position >= len(present):
                return AlteredRecord(
                    path, 1, f"record {number} was removed; it stands in commit {commit} of {version.day}"
                )
            if present[position].plain != record.plain:
                line = present[position].mark.line
                return AlteredRecord(path, line, f"record {number} was altered since commit {commit} of {version.day}")
    return None


def _records(node: Node | None) -> list[Node]:
    below = child(node, "records") if node else None
    return below.items if isinstance(below, ListNode) else []
