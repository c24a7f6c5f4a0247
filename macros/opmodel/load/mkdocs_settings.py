"""Reads the settings in ``mkdocs.yml`` that the check depends on. MkDocs validates the rest."""

import os
from collections.abc import Iterator
from pathlib import Path

import yaml

from opmodel.files.reading import MAX_SETTINGS_BYTES, UnreadableFile, exists, is_folder, read_file, walk_files
from opmodel.model.problem import Place, Problem
from opmodel.source.page_macros import HOST_NAMES, PageSyntax

SETTINGS_FILE = "mkdocs.yml"
OWN_MODULE = "opmodel.adapter.macros"
"""The module that registers the macros of this program."""
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SYNTAX = {"variable": ("{{", "}}"), "block": ("{%", "%}"), "comment": ("{#", "#}")}


def read_settings(root: Path) -> yaml.Node | None:
    """Return a site's settings as YAML nodes, or None if they cannot be read."""
    try:
        return compose_settings(root)
    except (OSError, yaml.YAMLError, ValueError):
        return None


def compose_settings(root: Path) -> yaml.Node | None:
    """Return a site's settings as YAML nodes. Raises OSError, ValueError or YAMLError if they cannot be read."""
    try:
        return yaml.compose(read_file(root / SETTINGS_FILE, root, MAX_SETTINGS_BYTES), Loader=_LOADER)
    except UnreadableFile as refused:
        raise OSError(str(refused)) from None
    except RecursionError:
        raise ValueError("they are nested too deeply") from None


def node_at(node: yaml.Node | None, *keys: str) -> yaml.Node | None:
    """Return the node at a path of keys, or None."""
    for key in keys:
        node = dict(_pairs(node)).get(key)
    return node


def page_syntax(root: Path) -> PageSyntax:
    """Return how the pages of a site call macros, and which further names its settings declare."""
    top = read_settings(root)
    if top is None:
        return PageSyntax()
    found, options = _macros_plugin(node_at(top, "plugins"))
    marks = {
        name: (
            _text(node_at(options, f"j2_{name}_start_string")) or opening,
            _text(node_at(options, f"j2_{name}_end_string")) or closing,
        )
        for name, (opening, closing) in _SYNTAX.items()
    }
    return PageSyntax(
        enabled=found,
        by_default=_text(node_at(options, "render_by_default")).lower() not in ("false", "no", "off"),
        names=frozenset(_declared(top)) - HOST_NAMES,
        complete=not _has_own_code(top, options, root),
        variable=marks["variable"],
        statement=marks["block"],
        comment=marks["comment"],
    )


def _macros_plugin(plugins: yaml.Node | None) -> tuple[bool, yaml.Node | None]:
    """Return whether the macros plugin is in use, and its options."""
    if isinstance(plugins, yaml.MappingNode):
        named = dict(_pairs(plugins))
        return "macros" in named, named.get("macros")
    for item in plugins.value if isinstance(plugins, yaml.SequenceNode) else ():
        if _text(item) == "macros":
            return True, None
        if "macros" in dict(_pairs(item)):
            return True, node_at(item, "macros")
    return False, None


def _declared(top: yaml.Node) -> Iterator[str]:
    """Yield every variable that the settings declare themselves."""
    yield "extra"
    yield from (name for name, _ in _pairs(node_at(top, "extra")))


def _has_own_code(top: yaml.Node, options: yaml.Node | None, root: Path) -> bool:
    """Return whether a site has code or included files that may declare more names. The check does not load them."""
    modules = node_at(options, "modules")
    names = {_text(item) for item in modules.value} if isinstance(modules, yaml.SequenceNode) else set()
    main = root / (_text(node_at(options, "module_name")) or "main")
    elsewhere = node_at(options, "include_yaml") or node_at(top, "INHERIT") or node_at(top, "hooks")
    return bool(names - {OWN_MODULE} or elsewhere) or is_folder(main) or exists(main.with_suffix(".py"))


def _pairs(node: yaml.Node | None) -> Iterator[tuple[str, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        yield from ((str(name.value), value) for name, value in node.value)


def _text(node: yaml.Node | None) -> str:
    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""


def theme_folder(root: Path) -> str:
    """Return the setting ``theme.custom_dir``, or an empty text."""
    node = node_at(read_settings(root), "theme", "custom_dir")
    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""


def theme_files(root: Path, named: str) -> Iterator[str]:
    """Yield the path of each file in the folder ``theme.custom_dir`` (``named``), from there."""
    folder = Path(root, os.path.normpath(named))
    if Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(root)):
        yield from (file.relative_to(folder).as_posix() for file, refused in walk_files(folder, root) if not refused)


def theme_problems(root: Path, named: str) -> Iterator[Problem]:
    """Yield a problem for each file in the folder ``theme.custom_dir`` (``named``) that cannot be published."""
    folder = Path(root, os.path.normpath(named))
    if not Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(root)):
        message = f"theme.custom_dir names {named}, which is not in the site's folder; move it there"
        yield Problem(Place(SETTINGS_FILE), "file-unreadable", message)
        return
    for file, refused in walk_files(folder, root, hidden=True):
        if refused:
            path = file.relative_to(root).as_posix()
            yield Problem(Place(path), "file-size" if refused.too_large else "file-unreadable", str(refused))
