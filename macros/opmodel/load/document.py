"""Documents, which are data files that were read, and entries, which are records with their places in documents."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from opmodel.model.problem import Place
from opmodel.source.fault import SourceFault
from opmodel.source.reader import decode, parse
from opmodel.source.tree import Mark, Node, Path, mark_at

Value = TypeVar("Value")


class Document:
    """A data file: its path relative to the site's folder, and its tree, or None if it cannot be read.

    The document of a cached record has only its bytes and parses them when a position is needed.
    """

    __slots__ = ("_node", "_unread", "data", "path")

    def __init__(self, path: str, node: Node | None) -> None:
        self.path = path
        self.data: bytes | None = None
        """The bytes of the file; None if they were not kept."""
        self._node = node
        self._unread = False

    @property
    def node(self) -> Node | None:
        """The tree of the file."""
        if self._unread and self.data is not None:
            self._unread = False
            try:
                self._node = parse(decode(self.data))[0]
            except SourceFault:  # reported when the file was first read
                return None
        return self._node

    def set_data(self, data: bytes | SourceFault) -> None:
        """Replace the tree by the bytes of the file, from which it is parsed again on demand."""
        if isinstance(data, bytes):
            self.data, self._node, self._unread = data, None, True

    def __getstate__(self) -> str:
        """Pickle only the path; the cache sets the bytes again with `set_data`."""
        return self.path

    def __setstate__(self, path: str) -> None:
        """Restore a document without a tree."""
        self.path, self.data, self._node, self._unread = path, None, None, False

    def place(self, path: Path = (), *, key: bool = False) -> Place:
        """Return the place of the value at ``path``, or with ``key`` that of its key."""
        mark = mark_at(self.node, path, key=key) if self.node else Mark()
        return Place(self.path, mark.line, mark.column)


@dataclass(frozen=True, eq=False, slots=True)
class Entry(Generic[Value]):
    """A record with its document and its path there."""

    value: Value
    document: Document
    path: Path = ()

    def place(self, *path: str | int, key: bool = False) -> Place:
        """Return the place of the value at ``path`` within this record."""
        return self.document.place((*self.path, *path), key=key)
