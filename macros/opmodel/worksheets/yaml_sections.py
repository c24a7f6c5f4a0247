"""One section of a YAML file in place of another; every other line stays as it is."""

from collections.abc import Mapping
from typing import Any

from opmodel.source.reader import parse
from opmodel.source.tree import MapNode, child, mark_at
from opmodel.worksheets.yaml_comments import with_comments
from opmodel.worksheets.yaml_writer import yaml_document


def with_section(text: str, path: tuple[str, ...], data: Mapping[str, Any]) -> tuple[str, tuple[int, ...]] | None:
    """Return ``text`` with ``data`` under the key at ``path``, and the lines of comments that have no place any more.

    None if the section is not written in lines of its own, so that it cannot be replaced alone.
    """
    node, faults = parse(text)
    parent = node
    for step in path[:-1]:
        parent = child(parent, step) if parent else None
    if faults or not isinstance(node, MapNode) or not isinstance(parent, MapNode) or path[-1] not in parent.keys:
        return None
    lines = text.splitlines(keepends=True)
    start = mark_at(node, path, key=True).line - 1
    end = _end(lines, start)
    indent = lines[start][: len(lines[start]) - len(lines[start].lstrip())]
    old = "".join(line.removeprefix(indent) for line in lines[start:end])
    new, lost = with_comments(old, yaml_document({path[-1]: data}))
    written = "".join(f"{indent}{line}" if line.strip() else line for line in new.splitlines(keepends=True))
    whole = "".join([*lines[:start], written, *lines[end:]])
    return (whole, tuple(start + line for line in lost)) if _is_meant(text, whole, path, new) else None


def _end(lines: list[str], start: int) -> int:
    """Return the line behind a block: the next that is not deeper, without comments and blank lines before it."""
    depth = len(lines[start]) - len(lines[start].lstrip())
    end = start + 1
    for number in range(start + 1, len(lines)):
        bare = lines[number].lstrip()
        if not bare or bare.startswith("#"):
            continue
        if len(lines[number]) - len(bare) <= depth:
            break
        end = number + 1
    return end


def _is_meant(old: str, new: str, path: tuple[str, ...], section: str) -> bool:
    """Whether ``new`` says what ``old`` does in all but the section, and there what ``section`` does."""
    before, wanted = _plain(old), _plain(section)
    at: Any = before
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = wanted[path[-1]]
    return bool(_plain(new) == before)


def _plain(text: str) -> Any:
    node, _ = parse(text)
    return node.plain if node else None
