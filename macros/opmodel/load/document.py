"""A data file as the rest of the program knows it, and a record with the place it came from."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from opmodel.problem import Place
from opmodel.source.tree import Mark, Node, Path, mark_at

Value = TypeVar("Value")


@dataclass(frozen=True, eq=False, slots=True)
class Document:
    """A file that was read: its path relative to the site's folder and its tree (None when it cannot be read)."""

    path: str
    node: Node | None

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
