"""What the check has to know of ``mkdocs.yml``, the settings of the host; the host itself judges the rest."""

from collections.abc import Iterator
from pathlib import Path

import yaml

from opmodel.files.reading import MAX_SETTINGS_BYTES, UnreadableFile, exists, is_folder, read_file
from opmodel.source.page_macros import HOST_NAMES, PageSyntax

SETTINGS = "mkdocs.yml"
OWN_MODULE = "opmodel.adapter.macros"
"""The module that registers the macros of this program."""
_SYNTAX = {"variable": ("{{", "}}"), "block": ("{%", "%}"), "comment": ("{#", "#}")}


def settings(root: Path) -> yaml.Node | None:
    """Return a site's settings as YAML nodes, or None where they cannot be read: the host says what is wrong."""
    try:
        return yaml.compose(read_file(root / SETTINGS, root, MAX_SETTINGS_BYTES), Loader=yaml.SafeLoader)
    except (UnreadableFile, yaml.YAMLError, ValueError, RecursionError):
        return None


def below(node: yaml.Node | None, *keys: str) -> yaml.Node | None:
    """Return what stands under keys, one in the other; None where there is nothing."""
    for key in keys:
        node = dict(_pairs(node)).get(key)
    return node


def page_syntax(root: Path) -> PageSyntax:
    """Return how the pages of a site call macros, and what its settings declare beside those of this program."""
    top = settings(root)
    if top is None:
        return PageSyntax()
    found, options = _macros_plugin(below(top, "plugins"))
    marks = {
        name: (
            _text(below(options, f"j2_{name}_start_string")) or opening,
            _text(below(options, f"j2_{name}_end_string")) or closing,
        )
        for name, (opening, closing) in _SYNTAX.items()
    }
    return PageSyntax(
        enabled=found,
        by_default=_text(below(options, "render_by_default")).lower() not in ("false", "no", "off"),
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
            return True, below(item, "macros")
    return False, None


def _declared(top: yaml.Node) -> Iterator[str]:
    """Yield every variable that the settings declare themselves."""
    yield "extra"
    yield from (name for name, _ in _pairs(below(top, "extra")))


def _has_own_code(top: yaml.Node, options: yaml.Node | None, root: Path) -> bool:
    """Return whether a site brings code or files that may declare more: a check does not run or read them."""
    modules = below(options, "modules")
    names = {_text(item) for item in modules.value} if isinstance(modules, yaml.SequenceNode) else set()
    main = root / (_text(below(options, "module_name")) or "main")
    elsewhere = below(options, "include_yaml") or below(top, "INHERIT") or below(top, "hooks")
    return bool(names - {OWN_MODULE} or elsewhere) or is_folder(main) or exists(main.with_suffix(".py"))


def _pairs(node: yaml.Node | None) -> Iterator[tuple[str, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        yield from ((str(name.value), value) for name, value in node.value)


def _text(node: yaml.Node | None) -> str:
    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""
