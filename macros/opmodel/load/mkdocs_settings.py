"""Reads the settings in ``mkdocs.yml`` that the check depends on. MkDocs validates the rest.

Settings may inherit those of another file of the site (``INHERIT``): mappings are merged, as in MkDocs, and everything
else is replaced. Each value knows the file that it stands in.
"""

import os
from io import BytesIO
from pathlib import Path

import yaml

from opmodel.files.reading import (
    MAX_SETTINGS_BYTES,
    SETTINGS_FILE,
    UnreadableFile,
    exists,
    is_folder,
    read_file,
)
from opmodel.load.setting_nodes import (
    is_no,
    is_unknown,
    items_of,
    keys_and_values,
    named_plugins,
    node_at,
    pairs_of,
    text_of,
)
from opmodel.source.page_macros import HOST_NAMES, PageSyntax
from opmodel.text.lookalikes import in_quotes

OWN_MODULE = "opmodel.adapter.macros"
"""The module that registers the macros of this program."""
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SYNTAX = {"variable": ("{{", "}}"), "block": ("{%", "%}"), "comment": ("{#", "#}")}
_MOST_INHERITED = 20
"""The most files of settings that inherit from each other in a row; more are a circle."""


class InheritedFault(Exception):
    """A file of settings that cannot be inherited.

    Args:
        node: Where it is named.
        reason: What is wrong with it.
        unreadable: Whether it is a file that is not read, by `UnreadableFile`.
    """

    def __init__(self, node: yaml.Node, reason: str, *, unreadable: bool = True) -> None:
        super().__init__(reason)
        self.node, self.unreadable = node, unreadable


class _Stream(BytesIO):
    """The bytes of a file with its name, which becomes that of the marks of all nodes."""

    def __init__(self, data: bytes, name: str) -> None:
        super().__init__(data)
        self.name = name


def compose_settings(root: Path, name: str = SETTINGS_FILE) -> yaml.Node | None:
    """Return the settings in the file ``name`` of a site, with what they inherit, as YAML nodes.

    Raises OSError, ValueError, YAMLError or InheritedFault if they cannot be read.
    """
    try:
        top = _composed(root, name)
        found, chain = top, [name]
        while (inherited := node_at(top, "INHERIT")) and not is_unknown(inherited):
            path = _inherited_path(root, chain[-1], inherited)
            chain.append(path)
            if len(chain) > _MOST_INHERITED:
                raise InheritedFault(
                    inherited, f"INHERIT leads in a circle: {' → '.join(chain[:4])} …", unreadable=False
                )
            top = _inherited(root, path, inherited)
            found = _merged(top, found)
    except UnreadableFile as refused:
        raise OSError(str(refused)) from None
    except RecursionError:
        raise ValueError("they are nested too deeply") from None
    return found


def _composed(root: Path, name: str) -> yaml.Node | None:
    return yaml.compose(_Stream(read_file(root / name, root, MAX_SETTINGS_BYTES), name), Loader=_LOADER)


def _inherited_path(root: Path, name: str, named: yaml.Node) -> str:
    """Return the path from ``root`` of the file that ``named`` stands for in the settings file ``name``."""
    if not isinstance(named, yaml.ScalarNode):
        raise InheritedFault(named, "expected a file of the site after INHERIT, such as base.yml", unreadable=False)
    path = os.path.normpath(root / Path(name).parent / str(named.value))
    if not Path(path).is_relative_to(root):
        message = f"INHERIT names {in_quotes(named.value)}, which is not in the site's folder; move it there"
        raise InheritedFault(named, message)
    return Path(path).relative_to(root).as_posix()


def _inherited(root: Path, path: str, named: yaml.Node) -> yaml.MappingNode:
    try:
        top = _composed(root, path)
    except UnreadableFile as refused:
        raise InheritedFault(named, f"INHERIT names {in_quotes(path)}: {refused}") from None
    if not isinstance(top, yaml.MappingNode):
        message = f"INHERIT names {in_quotes(path)}, which holds no settings: expected a mapping"
        raise InheritedFault(named, message, unreadable=False)
    return top


def _merged(inherited: yaml.Node | None, own: yaml.Node | None) -> yaml.Node | None:
    """Return settings with what they inherit and do not say themselves."""
    if not isinstance(inherited, yaml.MappingNode) or not isinstance(own, yaml.MappingNode):
        return own
    above, values = dict(keys_and_values(inherited)), dict(keys_and_values(own))
    pairs = [
        (values.get(name, pair)[0], _merged(pair[1], values[name][1]) if name in values else pair[1])
        for name, pair in above.items()
    ]
    pairs += [pair for name, pair in values.items() if name not in above]
    return yaml.MappingNode(own.tag, pairs, own.start_mark, own.end_mark)


def page_syntax(root: Path, top: yaml.Node | None) -> PageSyntax:
    """Return how the pages of a site call macros, and which further names its settings ``top`` declare."""
    if top is None:
        return PageSyntax()
    plugins = named_plugins(top)
    options = plugins.get("macros")
    marks = {
        name: (
            text_of(node_at(options, f"j2_{name}_start_string")) or opening,
            text_of(node_at(options, f"j2_{name}_end_string")) or closing,
        )
        for name, (opening, closing) in _SYNTAX.items()
    }
    return PageSyntax(
        enabled="macros" in plugins,
        by_default=not is_no(node_at(options, "render_by_default")),
        names=frozenset({"extra", *(name for name, _ in pairs_of(node_at(top, "extra")))}) - HOST_NAMES,
        complete=not _has_own_code(top, options, root),
        variable=marks["variable"],
        statement=marks["block"],
        comment=marks["comment"],
    )


def _has_own_code(top: yaml.Node, options: yaml.Node | None, root: Path) -> bool:
    """Return whether a site has code or included files that may declare more names. The check does not load them."""
    modules = node_at(options, "modules")
    names = set(map(text_of, items_of(modules)))
    main = root / (text_of(node_at(options, "module_name")) or "main")
    elsewhere = node_at(options, "include_yaml") or node_at(top, "hooks") or is_unknown(node_at(top, "INHERIT"))
    return bool(names - {OWN_MODULE} or elsewhere) or is_folder(main) or exists(main.with_suffix(".py"))


def theme_folder(top: yaml.Node | None) -> yaml.ScalarNode | None:
    """Return the setting ``theme.custom_dir`` of the settings ``top``, or None."""
    node = node_at(top, "theme", "custom_dir")
    return node if isinstance(node, yaml.ScalarNode) and node.value else None
