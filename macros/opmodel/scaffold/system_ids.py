"""Ids of systems written into packets, in the place of names."""

from collections.abc import Iterable, Iterator

from opmodel.files.writing import write_files
from opmodel.load.operating_model import OperatingModel
from opmodel.model.problem import Place
from opmodel.scaffold.entries import read_text
from opmodel.scaffold.systems import NamedSystem
from opmodel.source.reader import decode, parse
from opmodel.source.tree import ScalarNode, walk


def write_system_ids(model: OperatingModel, named: Iterable[NamedSystem]) -> list[Place]:
    """Write the id of each system into the packets that have its name. Every other byte stays.

    Returns the places where the form of the file does not allow it, such as a text of several lines.
    """
    by_file: dict[str, list[tuple[Place, NamedSystem]]] = {}
    for each in named:
        for place in each.places:
            by_file.setdefault(place.path, []).append((place, each))
    written: dict[str, bytes] = {}
    left: list[Place] = []
    for path, changes in by_file.items():
        old = read_text(model.root / path, model.root)
        new = old
        for place, each in sorted(changes, key=lambda change: change[0], reverse=True):  # later columns stay
            changed = _replaced(new, place, each)
            new = changed or new
            left += [] if changed else [place]
        if new != old:
            written[path] = new.encode()
    write_files({model.root / path: data for path, data in written.items()}, model.root)
    return sorted(left)


def _replaced(text: str, place: Place, named: NamedSystem) -> str | None:
    """Return a file's text with the id at one place, or None if a reader of YAML would not find it there alone."""
    lines = text.split("\n")
    line, start = lines[place.line - 1], place.column - 1
    for form in _forms(named.text):
        if line[start:].startswith(form):
            lines[place.line - 1] = line[:start] + named.id + line[start + len(form) :]
            new = "\n".join(lines)
            expected = [named.id if at == (place.line, place.column) else value for at, value in _scalars(text)]
            return new if [value for _, value in _scalars(new)] == expected else None
    return None


def _forms(text: str) -> tuple[str, ...]:
    return text, f'"{text}"', f"'{text}'"


def _scalars(text: str) -> Iterator[tuple[tuple[int, int], object]]:
    """Yield the place and value of each single value."""
    top, _ = parse(decode(text.encode()))
    for _, node in walk(top) if top else ():
        if isinstance(node, ScalarNode):
            yield (node.mark.line, node.mark.column), node.value
