"""A tree of YAML values, each with its line and column."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

Scalar = str | int | Decimal | bool | None
Path = tuple[str | int, ...]
"""Keys and list positions from the top of a file to a value."""


@dataclass(slots=True)
class Mark:
    """A position in a file; line and column count from 1."""

    line: int = 1
    column: int = 1


@dataclass(slots=True)
class ScalarNode:
    """A single value."""

    mark: Mark
    value: Scalar

    @property
    def plain(self) -> Scalar:
        """The value itself."""
        return self.value


@dataclass(slots=True)
class ListNode:
    """A list of values."""

    mark: Mark
    items: list["Node"] = field(default_factory=list)

    @property
    def plain(self) -> tuple[object, ...]:
        """The list as a tuple of ordinary values."""
        return tuple(item.plain for item in self.items)


@dataclass(slots=True)
class MapNode:
    """A mapping; ``keys`` holds where each key stands."""

    mark: Mark
    values: dict[str, "Node"] = field(default_factory=dict)
    keys: dict[str, Mark] = field(default_factory=dict)

    @property
    def plain(self) -> dict[str, object]:
        """The mapping as a dictionary of ordinary values."""
        return {key: value.plain for key, value in self.values.items()}


Node = ScalarNode | ListNode | MapNode


def child(node: Node, step: str | int) -> Node | None:
    """Return the value under a key or at a list position, or None where there is none."""
    if isinstance(node, MapNode) and isinstance(step, str):
        return node.values.get(step)
    if isinstance(node, ListNode) and isinstance(step, int) and 0 <= step < len(node.items):
        return node.items[step]
    return None


def mark_at(node: Node, path: Path, *, key: bool = False) -> Mark:
    """Return where ``path`` stands below ``node``.

    Steps that are not in the file are passed over, so a missing key is placed at its mapping.
    With ``key``, the position of the last key itself is returned instead of its value's.
    """
    last: Node = node
    mark = node.mark
    for step in path:
        below = child(last, step)
        if below is None:
            continue
        mark = last.keys[step] if key and isinstance(last, MapNode) and isinstance(step, str) else below.mark
        last = below
    return mark


def walk(node: Node, path: Path = ()) -> Iterator[tuple[Path, Node]]:
    """Yield every value below ``node`` with its path, ``node`` itself first."""
    yield path, node
    if isinstance(node, MapNode):
        for key, value in node.values.items():
            yield from walk(value, (*path, key))
    elif isinstance(node, ListNode):
        for position, value in enumerate(node.items):
            yield from walk(value, (*path, position))
