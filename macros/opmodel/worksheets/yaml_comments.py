"""The comments of a YAML file, carried over to a new text of the same file."""

import re
from collections.abc import Hashable, Iterator, Sequence
from typing import Any

from opmodel.source.reader import parse
from opmodel.source.tree import MapNode, Node, child, mark_at, walk

_BEHIND = re.compile(r"[ \t]+#[^\n]*$")
Anchor = tuple[Hashable, ...]


def lost_comments(lines: Sequence[int]) -> str:
    """Return a sentence on the comments of a file that have no place in its new text."""
    return f"Comments that have no place any more, on lines {', '.join(map(str, lines))}."


def with_comments(old: str, new: str) -> tuple[str, tuple[int, ...]]:
    """Return ``new`` with the comments of ``old``, each at the key it stood at, and the lines of those without a place.

    A comment on a line of its own belongs to the next key, one behind a value to that value. Entries of a list are
    found by their id.
    """
    lines = new.splitlines()
    places = {anchor: line for line, anchor in _anchors(new).items()}
    before: dict[int, list[str]] = {}
    lost = []
    for number, anchor, comment in _comments(old):
        line = places.get(anchor) if anchor is not None else None
        if line is None:
            lost.append(number + 1)
        elif comment.startswith("#"):
            indent = len(lines[line]) - len(lines[line].lstrip())
            before.setdefault(line, []).append(" " * indent + comment)
        else:
            lines[line] += comment
    text = "".join(f"{each}\n" for n, line in enumerate(lines) for each in (*before.get(n, ()), line))
    if _data(text) != _data(new):  # a comment would become a part of a value
        return new, tuple(number + 1 for number, _, _ in _comments(old))
    return text, tuple(lost)


def _comments(text: str) -> Iterator[tuple[int, Anchor | None, str]]:
    """Yield the number of the line (from 0), the anchor and the text of each comment but that for the editor."""
    lines, data, anchors = text.splitlines(), _data(text), _anchors(text)
    for number, line in enumerate(lines):
        found = _BEHIND.search(line)
        whole = line.lstrip().startswith("#")
        if "yaml-language-server" in line or not (whole or found):
            continue
        rest = "" if whole or not found else line[: found.start()]
        if _data("\n".join([*lines[:number], rest, *lines[number + 1 :]])) != data:
            continue  # it is a part of a value
        at = next((n for n in sorted(anchors) if n >= number), None) if whole else number
        anchor = anchors.get(at) if at is not None else None
        yield number, anchor, line.strip() if whole or not found else f" {found[0].strip()}"


def _anchors(text: str) -> dict[int, Anchor]:
    """Return the outermost key or entry that begins on each line, by the number of the line."""
    node, _ = parse(text)
    found: dict[int, Anchor] = {}
    for path, _ in walk(node) if node else ():
        if path and node:
            found.setdefault(mark_at(node, path, key=True).line - 1, _anchor(node, path))
    return found


def _anchor(node: Node, path: tuple[str | int, ...]) -> Anchor:
    """Return a path in which entries of lists are named by their id."""
    steps: list[Hashable] = []
    here: Node | None = node
    for step in path:
        here = child(here, step) if here is not None else None
        plain = here.plain if isinstance(step, int) and isinstance(here, MapNode) else {}
        steps.append(("id", str(plain["id"])) if "id" in plain else step)
    return tuple(steps)


def _data(text: str) -> Any:
    node, faults = parse(text)
    return node.plain if node and not faults else None
