"""Tree of YAML values with their positions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

Scalar = str | int | Decimal | bool | None
Path = tuple[str | int, ...]
"""Keys and list positions from the top of a file to a value."""


class ParserMark(Protocol):
    """Start of a value as the YAML parser reports it; line and column count from 0."""

    line: int
    column: int


@dataclass(slots=True)
class Mark:
    """A position in a file; line and column count from 1."""

    line: int = 1
    column: int = 1


def mark_of(start: ParserMark) -> Mark:
    """Convert a parser mark, which counts from 0. Done on demand, because few positions are ever used."""
    return Mark(start.line + 1, start.column + 1)


def mark_in(text: str, offset: int) -> Mark:
    """Return the position of a character in a text."""
    return Mark(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


@dataclass(slots=True)
class ScalarNode:
    """A single value."""

    start: ParserMark
    value: Scalar

    @property
    def mark(self) -> Mark:
        """Where the value stands."""
        return mark_of(self.start)

    @property
    def plain(self) -> Scalar:
        """The value itself."""
        return self.value


@dataclass(slots=True)
class ListNode:
    """A list of values."""

    start: ParserMark
    items: list["Node"] = field(default_factory=list)

    @property
    def mark(self) -> Mark:
        """Where the list stands."""
        return mark_of(self.start)

    @property
    def plain(self) -> tuple[object, ...]:
        """The list as a tuple of ordinary values."""
        return tuple([item.value if type(item) is ScalarNode else item.plain for item in self.items])


@dataclass(slots=True)
class MapNode:
    """A mapping; ``keys`` holds where each key stands."""

    start: ParserMark
    values: dict[str, "Node"] = field(default_factory=dict)
    keys: dict[str, ParserMark] = field(default_factory=dict)

    @property
    def mark(self) -> Mark:
        """Where the mapping stands."""
        return mark_of(self.start)

    @property
    def plain(self) -> dict[str, object]:
        """The mapping as a dictionary of ordinary values."""
        items = self.values.items()
        return {key: value.value if type(value) is ScalarNode else value.plain for key, value in items}


Node = ScalarNode | ListNode | MapNode


def child(node: Node, step: str | int) -> Node | None:
    """Return the value under a key or at a list position, or None where there is none."""
    if isinstance(node, MapNode) and isinstance(step, str):
        return node.values.get(step)
    if isinstance(node, ListNode) and isinstance(step, int) and 0 <= step < len(node.items):
        return node.items[step]
    return None


def mark_at(node: Node, path: Path, *, key: bool = False) -> Mark:
    """Return the position of the value at ``path`` below ``node``, or with ``key`` that of its key.

    Steps that are not in the file are skipped, so a missing key is placed at its mapping.
    """
    last: Node = node
    start = node.start
    for step in path:
        below = child(last, step)
        if below is None:
            continue
        start = last.keys[step] if key and isinstance(last, MapNode) and isinstance(step, str) else below.start
        last = below
    return mark_of(start)


def walk(node: Node, path: Path = ()) -> Iterator[tuple[Path, Node]]:
    """Yield every value below ``node`` with its path, ``node`` itself first."""
    left: list[tuple[Path, Node]] = [(path, node)]
    while left:
        path, node = left.pop()
        yield path, node
        if isinstance(node, MapNode):
            left += [((*path, key), value) for key, value in reversed(node.values.items())]
        elif isinstance(node, ListNode):
            left += [((*path, position), value) for position, value in reversed([*enumerate(node.items)])]


def lists_below(node: Node, path: Path = ()) -> Iterator[tuple[Path, ListNode]]:
    """Yield every list at or below ``node`` with its path. It is quicker than `walk`, since most values are scalars."""
    if isinstance(node, ListNode):
        yield path, node
        steps: Iterable[tuple[str | int, Node]] = enumerate(node.items)
    else:
        steps = node.values.items() if isinstance(node, MapNode) else ()
    for step, item in steps:
        if not isinstance(item, ScalarNode):
            yield from lists_below(item, (*path, step))


def size_and_depth(node: Node) -> tuple[int, int]:
    """Return the number of values in a tree, its root included, and its levels of lists and mappings."""
    if isinstance(node, ScalarNode):
        return 1, 0
    below = node.items if isinstance(node, ListNode) else node.values.values()
    extents = [size_and_depth(item) for item in below]
    return 1 + sum(size for size, _ in extents), 1 + max((height for _, height in extents), default=0)
