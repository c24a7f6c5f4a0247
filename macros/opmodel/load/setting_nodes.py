"""Nodes of the settings in ``mkdocs.yml``: their values, their places and the problems at them."""

from collections.abc import Iterator

import yaml

from opmodel.files.reading import SETTINGS_FILE
from opmodel.model.problem import Place, Problem
from opmodel.source.tree import mark_in

RULE = "site-settings"
_MERGE = "tag:yaml.org,2002:merge"
_NO = ("false", "no", "off")


def setting_problem(node: yaml.Node | None, message: str) -> Problem:
    """Return the problem of a setting; it stands at the beginning of ``mkdocs.yml`` for None."""
    return Problem(place_of(node), RULE, message)


def place_of(node: yaml.Node | None) -> Place:
    """Return where a setting stands; the beginning of ``mkdocs.yml`` for None."""
    if node is None:
        return Place(SETTINGS_FILE)
    mark = node.start_mark
    return Place(mark.name, mark.line + 1, mark.column + 1)


def place_in(path: str, text: str, offset: int) -> Place:
    """Return the place of a character in the text of a file."""
    mark = mark_in(text, offset)
    return Place(path, mark.line, mark.column)


def node_at(node: yaml.Node | None, *keys: str) -> yaml.Node | None:
    """Return the node at a path of keys, or None."""
    for key in keys:
        node = dict(pairs_of(node)).get(key)
    return node


def setting(top: yaml.Node | None, *keys: str) -> yaml.Node | None:
    """Return the node at a path of keys, or None if nothing is set there."""
    node = node_at(top, *keys)
    return None if node is None or node.tag == "tag:yaml.org,2002:null" else node


def text_of(node: yaml.Node | None) -> str:
    """Return the text of a scalar; an empty one for any other node."""
    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""


def is_no(node: yaml.Node | None) -> bool:
    """Return whether a setting says false, in any of the words of YAML 1.1."""
    return text_of(node).lower() in _NO


def is_unknown(node: yaml.Node | None) -> bool:
    """Return whether a setting depends on the environment, so that a check does not know it."""
    return node is not None and node.tag == "!ENV"


def items_of(node: yaml.Node | None) -> list[yaml.Node]:
    """Return the entries of a list; none for any other node."""
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def one_or_more(node: yaml.Node | None) -> list[yaml.Node]:
    """Return the entries of a setting that is a list or a single value."""
    return items_of(node) if isinstance(node, yaml.SequenceNode) or node is None else [node]


def named_plugins(top: yaml.Node | None) -> dict[str, yaml.Node | None]:
    """Return the options of each plugin, by its name."""
    return named_options(node_at(top, "plugins"))


def named_options(listed: yaml.Node | None) -> dict[str, yaml.Node | None]:
    """Return the options of each entry of a list of plugins or Markdown extensions, by its name."""
    found: dict[str, yaml.Node | None] = {}
    for item in one_or_more(listed):
        if name := text_of(item):
            found[name] = None
        found.update(pairs_of(item))
    return found


def pairs_of(node: yaml.Node | None) -> Iterator[tuple[str, yaml.Node]]:
    """Yield the name and value of each setting in a mapping, with what a merge key (``<<``) adds."""
    yield from ((name, value) for name, (_, value) in keys_and_values(node))


def keys_and_values(node: yaml.Node | None) -> Iterator[tuple[str, tuple[yaml.Node, yaml.Node]]]:
    """Yield the name of each setting in a mapping, with the nodes of its key and value."""
    found: dict[str, tuple[yaml.Node, yaml.Node]] = {}
    mappings, seen = [node], set[int]()
    while mappings:
        mapping = mappings.pop(0)
        if not isinstance(mapping, yaml.MappingNode) or id(mapping) in seen:
            continue
        seen.add(id(mapping))
        for key, value in mapping.value:
            if key.tag == _MERGE:
                mappings += value.value if isinstance(value, yaml.SequenceNode) else [value]
            else:
                found.setdefault(str(key.value), (key, value))
    yield from found.items()
