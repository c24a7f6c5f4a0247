"""Reads the files of ``data/`` into documents and records, and collects all problems."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import TypeVar

from pydantic import BaseModel

from opmodel.files.portable_names import why_not_portable
from opmodel.files.reading import UnreadableFile, exists, is_folder, list_folder, walk_files, why_unreadable
from opmodel.load.document import Document, Entry
from opmodel.load.records import fault_problem, validate_record
from opmodel.model.faq import Question
from opmodel.model.organisation import Team
from opmodel.model.problem import Problem
from opmodel.model.systems import AiModel, System
from opmodel.source.fault import SourceFault
from opmodel.source.reader import read_tree, unreadable_fault
from opmodel.source.tree import ListNode, MapNode, Mark, Node, ScalarNode, child
from opmodel.text.lookalikes import in_quotes
from opmodel.text.nearest import did_you_mean

Model = TypeVar("Model", bound=BaseModel)
DATA_FILES = tuple(
    "data/site.yml data/roles.yml data/teams.yml data/responsibilities.yml data/faq.yml data/candidates.yml "
    "data/systems.yml data/models.yml data/redirects.yml data/workflows data/signoffs".split()
)
"""Every file and folder in ``data/`` that is read as YAML."""
PERMALINKS_FILE = "data/permalinks.txt"
SCHEMAS_FOLDER = "data/schemas"
"""The generated JSON Schemas, which editors read."""
RESERVED_ID = "index"
"""An id that no record can have: its page would replace the list of all."""
_RESERVED = f'the id "{RESERVED_ID}" is taken by the page that lists them all'
_ID = re.compile(r"(?=.{1,80}$)[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(slots=True)
class DataFiles:
    """The data files of the site in ``root``: what was read of them, and all problems."""

    root: Path
    problems: list[Problem] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    names: dict[str, frozenset[str] | None] = field(default_factory=dict)
    """The ids of all records by kind, as in `OperatingModel`."""
    unlisted: set[str] = field(default_factory=set)
    """Folders that cannot be listed."""
    _listings: dict[str, list[str]] = field(default_factory=dict)

    def exists(self, path: str) -> bool:
        """Return whether there is anything at a path relative to the site's folder."""
        return exists(self.root / path)

    def add_fault(self, path: str, fault: SourceFault) -> None:
        """Add a fault in a file to the problems."""
        self.problems.append(fault_problem(path, fault))

    def add_missing(self, path: str, message: str) -> None:
        """Add the problem of a missing file, with the nearest file that nothing reads."""
        near = did_you_mean(path, self.unread_paths())
        self.add_fault(path, SourceFault("file-missing", f"{message}{near}", Mark()))

    def document(self, path: str) -> Document:
        """Read one file."""
        if not self.exists(path):
            self.add_missing(path, f"the file {path} is missing")
            return Document(path, None)
        node, faults = read_tree(self.root / path, self.root)
        for fault in faults:
            self.add_fault(path, fault)
        document = Document(path, node)
        self.documents.append(document)
        return document

    def record(self, kind: type[Model], document: Document) -> Entry[Model] | None:
        """Return the record that a whole file holds, or None if it is invalid."""
        if document.node is None:
            return None
        value, problems = validate_record(kind, document, document.node)
        self.problems += problems
        return Entry(value, document) if value else None

    def records(self, kind: type[Model], document: Document, key: str) -> Iterator[tuple[Node, Entry[Model] | None]]:
        """Yield each node of the list under ``key`` with its record, or None if it is invalid."""
        for position, node in enumerate(self.list_items(document, key) or ()):
            value, problems = validate_record(kind, document, node, (key, position))
            self.problems += problems
            yield node, Entry(value, document, (key, position)) if value else None

    def records_by_id(self, kind: type[Model], name: str, path: str, key: str) -> dict[str, Entry[Model]]:
        """Return the records of a file that holds one list, by id. ``name`` is the kind in `names`."""
        document = self.document(path)
        found: dict[str, Entry[Model]] = {}
        nodes: list[Node] = []
        for position, (node, entry) in enumerate(self.records(kind, document, key)):
            nodes.append(node)
            if (ident := node_id(node)) in found:
                message = f'the id "{ident}" stands twice; first on line {found[ident].place("id").line}'
                self._report(document, (key, position, "id"), "duplicate-id", message)
            if ident == RESERVED_ID and kind in (Team, Question, System, AiModel):
                self._report(document, (key, position, "id"), "bad-value", _RESERVED)
            if entry:
                found.setdefault(ident, entry)
        self.names[name] = ids(nodes) if nodes else None
        return found

    def list_items(self, document: Document, key: str) -> list[Node] | None:
        """Return the list under the only key of a file; report a file of another shape."""
        node = document.node
        if node is None:
            return None
        if not isinstance(node, MapNode):
            self._report(document, (), "wrong-type", f'expected a mapping with the key "{key}"')
            return None
        for other in node.keys:
            if other != key:
                near = did_you_mean(other, [key]) or f"; expected {key}"
                place = document.place((other,), key=True)
                self.problems.append(Problem(place, "unknown-key", f"unknown key {in_quotes(other)}{near}"))
        below = node.values.get(key)
        if isinstance(below, ListNode) and below.items:
            return below.items
        if below is None:
            self._report(document, (key,), "missing-key", f'the key "{key}" is missing')
        else:
            self._report(document, (key,), "wrong-type", f'the key "{key}" holds no list')
        return None

    def _report(self, document: Document, path: tuple[str | int, ...], rule: str, message: str) -> None:
        self.problems.append(Problem(document.place(path), rule, message))

    def record_files(self, name: str, folder: str) -> dict[str, str]:
        """Return the paths of the files in a folder of one record each, by id; report other files."""
        found = {}
        for file in self._listed(folder):
            stem, ident = PurePath(file).stem, file.removesuffix(".yml")
            why = _RESERVED if stem == RESERVED_ID else why_not_portable(ident)
            if ident != file and _ID.fullmatch(ident) and not why:
                found[ident] = f"{folder}/{file}"
                continue
            reason = why if stem == RESERVED_ID else why and f"{ident} {why}"
            taken = f"; {reason}" if reason and _ID.fullmatch(stem) else ""
            message = f"expected a file named <id>.yml with an id such as invoice-triage{taken}"
            self.add_fault(f"{folder}/{file}", SourceFault("file-stray", message, Mark()))
        self.names[name] = None if folder in self.unlisted else frozenset(found)
        return found

    def _listed(self, folder: str) -> list[str]:
        """Return the names in a folder, sorted, without hidden files that are not YAML."""
        if folder not in self._listings:
            try:
                self._listings[folder] = list_folder(self.root / folder, self.root)
            except UnreadableFile as refused:
                self._listings[folder] = []
                self.unlisted.add(folder)
                self.add_fault(folder, unreadable_fault(refused))
        return [name for name in self._listings[folder] if not name.startswith(".") or name.endswith((".yml", ".yaml"))]

    def check_schemas(self) -> None:
        """Report each generated schema that editors cannot read."""
        for file, refused in walk_files(self.root / SCHEMAS_FOLDER, self.root):
            if refused:
                self.add_fault(file.relative_to(self.root).as_posix(), unreadable_fault(refused))

    def check_unread(self) -> None:
        """Report each pipe, device and link out of the site in ``data/`` under a name that nothing reads."""
        self._listed("data")
        known = {*DATA_FILES, PERMALINKS_FILE, SCHEMAS_FOLDER, *self.unread_paths()}
        for path in [f"data/{name}" for name in self._listings["data"]]:
            if path not in known and (refused := why_unreadable(self.root / path, self.root)):
                self.add_fault(path, unreadable_fault(refused))

    def unread_paths(self) -> list[str]:
        """Return the folders and YAML files in ``data/`` that nothing reads."""
        return [
            path
            for file in self._listed("data")
            if (path := f"data/{file}") not in (*DATA_FILES, SCHEMAS_FOLDER)
            and (is_folder(self.root / path) or PurePath(file).suffix in (".yml", ".yaml"))
        ]


def ids(nodes: Collection[Node]) -> frozenset[str]:
    """Return the ids of records, invalid ones included."""
    return frozenset(filter(None, map(node_id, nodes)))


def node_id(node: Node) -> str:
    """Return the id of a record's tree, or an empty text."""
    below = child(node, "id")
    return below.value if isinstance(below, ScalarNode) and isinstance(below.value, str) else ""
