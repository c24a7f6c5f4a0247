"""A data file as the rest of the program knows it, and a record with the place it came from."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from opmodel.model.problem import Place
from opmodel.source.fault import Fault
from opmodel.source.reader import decode, parse
from opmodel.source.tree import Mark, Node, Path, mark_at

Value = TypeVar("Value")


class Document:
    """A file that was read: its path relative to the site's folder and its tree (None when it cannot be read).

    A document whose records were remembered has only its bytes, and reads the tree when somebody asks for a place.
    """

    __slots__ = ("_node", "_unread", "data", "path")

    def __init__(self, path: str, node: Node | None) -> None:
        self.path = path
        self.data: bytes | None = None
        """The bytes of the file, where they are at hand."""
        self._node = node
        self._unread = False

    @property
    def node(self) -> Node | None:
        """The tree of the file."""
        if self._unread and self.data is not None:
            self._unread = False
            try:
                self._node = parse(decode(self.data))[0]
            except Fault:  # it was reported when the file was read
                return None
        return self._node

    def remember(self, data: bytes | Fault) -> None:
        """Take the bytes of the file in place of its tree, which is large and can be read from them again."""
        if isinstance(data, bytes):
            self.data, self._node, self._unread = data, None, True

    def __getstate__(self) -> str:
        """Keep the path alone: whoever remembers a document has its bytes at hand."""
        return self.path

    def __setstate__(self, path: str) -> None:
        """Begin without a tree."""
        self.path, self.data, self._node, self._unread = path, None, None, False

    def place(self, path: Path = (), *, key: bool = False) -> Place:
        """Return where the value at ``path`` stands, or with ``key`` where its key stands."""
        mark = mark_at(self.node, path, key=key) if self.node else Mark()
        return Place(self.path, mark.line, mark.column)


@dataclass(frozen=True, eq=False, slots=True)
class Entry(Generic[Value]):
    """A record, with the document it stands in and its path there."""

    value: Value
    document: Document
    path: Path = ()

    def place(self, *path: str | int, key: bool = False) -> Place:
        """Return where the value at ``path`` within this record stands."""
        return self.document.place((*self.path, *path), key=key)
