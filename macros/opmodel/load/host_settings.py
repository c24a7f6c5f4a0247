"""The settings in ``mkdocs.yml`` on links and navigation, and faults in it that stop a build."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import yaml

from opmodel.environment import ON_ERROR
from opmodel.files.reading import SETTINGS_FILE, exists
from opmodel.load.brand import Brand, read_brand
from opmodel.load.mkdocs_settings import OWN_MODULE, InheritedFault, compose_settings
from opmodel.load.named_files import named_file_problems
from opmodel.load.own_templates import theme_languages
from opmodel.load.setting_nodes import (
    RULE,
    is_no,
    is_unknown,
    items_of,
    named_plugins,
    node_at,
    place_of,
    setting_problem,
    text_of,
)
from opmodel.model.problem import Place, Problem
from opmodel.text.lookalikes import in_quotes
from opmodel.text.nearest import did_you_mean

MEANINGS = {
    RULE: (
        "The settings in mkdocs.yml can be read and name what a build needs: the plugins opmodel and macros, the "
        "module opmodel.adapter.macros, the theme material, and docs as the folder of pages. Logo, icon, colours, "
        "fonts and style sheets that they name work on every page, and colours have the contrast of WCAG 2.2 AA."
    )
}
_LEVELS = {"not_found": "warn", "absolute_links": "info", "unrecognized_links": "info", "anchors": "info"}
_NAV_LEVELS = {"omitted_files": "info", "not_found": "warn", "absolute_links": "info"}
_FIXED = {("docs_dir",): "docs", ("theme", "name"): "material"}
_OPTIONS = ("previews", "fast_build", "short_way", "on_error", "require_history")
_YES_OR_NO = ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:null", "!ENV")
_DIRECTORY_URLS = "use_directory_urls"
_WORDS = {"on_error": ON_ERROR}
"""The options of the plugin that take one of a few words."""
_LISTS = {
    "extra_css": "assets/brand.css",
    "extra_javascript": "assets/own.js",
    "hooks": "hooks.py",
    "watch": "notes",
}
"""The host's settings that are lists and that are read here too, each with an example."""
_HIDING = ("exclude_docs", "draft_docs", "not_in_nav", "hooks")

MAX_NAV, MAX_NAV_DEPTH = 20_000, 60
"""The most lists, titles and pages in the navigation, and how deep they nest."""


@dataclass(frozen=True, slots=True)
class NavEntry:
    """A page or link of the navigation: its target as it is written, and where it stands in the settings."""

    target: str
    place: Place


@dataclass(frozen=True, kw_only=True)
class HostSettings:
    """What a strict build refuses of links and navigation.

    Args:
        refused_links: The kinds of links that it refuses: ``not_found``, ``absolute_links``, ``unrecognized_links``
            and ``anchors``.
        refused_nav: What it refuses of the navigation: ``omitted_files``, ``not_found`` and ``absolute_links``.
        nav: The navigation; None where the host makes it of all pages.
        complete: Whether no other setting leaves pages out or adds some.
        brand: The site's own colours.
        directory_urls: Whether the address of a page is its folder, not its file.
        offline: Whether this is a copy for a disk, which no server gives to browsers. No file says so.
    """

    refused_links: frozenset[str] = frozenset({"not_found"})
    refused_nav: frozenset[str] = frozenset({"not_found"})
    nav: tuple[NavEntry, ...] | None = None
    complete: bool = True
    brand: Brand = field(default_factory=Brand)
    directory_urls: bool = True
    offline: bool = False

    @property
    def links_to_files(self) -> bool:
        """Whether links between pages name their files. In a copy, canonical addresses may be folders all the same."""
        return self.offline or not self.directory_urls


def host_settings(root: Path, name: str = SETTINGS_FILE) -> tuple[HostSettings, yaml.Node | None, list[Problem]]:
    """Return what the settings in the file ``name`` say, the settings themselves, and what is wrong with them."""
    top, problems = _settings(root, name)
    if problems or not isinstance(top, yaml.MappingNode):
        return HostSettings(), None, problems
    nav = _read_nav(node_at(top, "nav"))
    brand, unsuitable = read_brand(root, top)
    included = named_file_problems(root, top)
    problems = [*_faults(top), *included, *unsuitable, *nav.problems]
    validation = node_at(top, "validation")
    directory_urls = not is_no(node_at(top, _DIRECTORY_URLS))
    return (
        HostSettings(
            refused_links=_refused(validation, "links", _LEVELS),
            refused_nav=_refused(validation, "nav", _NAV_LEVELS),
            nav=tuple(nav.entries) if node_at(top, "nav") else None,
            complete=not any(node_at(top, key) for key in _HIDING) and not is_unknown(node_at(top, "INHERIT")),
            brand=brand,
            directory_urls=directory_urls,
        ),
        top,
        problems,
    )


def _settings(root: Path, name: str) -> tuple[yaml.Node | None, list[Problem]]:
    """Return the settings in a file, or why they cannot be read."""
    if not exists(root / name):
        return None, [Problem(Place(name), RULE, f"the file {name} is missing")]
    try:
        top = compose_settings(root, name)
    except yaml.MarkedYAMLError as error:
        at = error.problem_mark or error.context_mark
        place = Place(at.name, at.line + 1, at.column + 1) if at else Place(name)
        return None, [Problem(place, RULE, f"this is not valid YAML: {error.problem or error.context}")]
    except InheritedFault as error:
        return None, [Problem(place_of(error.node), "file-unreadable" if error.unreadable else RULE, str(error))]
    except OSError as error:
        return None, [Problem(Place(name), "file-unreadable", str(error))]
    except (ValueError, yaml.YAMLError) as error:
        return None, [Problem(Place(name), RULE, f"the settings cannot be read: {error}")]
    if not isinstance(top, yaml.MappingNode):
        return None, [setting_problem(top, "expected a mapping, such as site_name: Operating model")]
    return top, []


def _refused(validation: yaml.Node | None, part: str, defaults: dict[str, str]) -> frozenset[str]:
    """Return the names whose level is ``warn``: said for one part, for both parts, or by default."""
    found = set()
    for name, default in defaults.items():
        node = node_at(validation, part, name) or node_at(validation, name)
        if (text_of(node) or default) == "warn":
            found.add(name)
    return frozenset(found)


class _Nav(NamedTuple):
    """The entries of a navigation, and what is wrong with it."""

    entries: list[NavEntry]
    problems: list[Problem]


def _read_nav(top: yaml.Node | None) -> _Nav:
    """Return what stands in a navigation. Aliases can make it endless, so it has limits."""
    nav = _Nav([], [])
    todo, taken = [(top, 0)] if top else [], 0
    while todo:
        node, level = todo.pop()
        taken += 1
        if taken > MAX_NAV or level > MAX_NAV_DEPTH:
            message = f"the navigation has more than {MAX_NAV:,} entries or more than {MAX_NAV_DEPTH} levels"
            nav.problems.append(setting_problem(node, message))
            break
        todo += [(each, level + 1) for each in reversed(_read_nav_node(node, nav))]
    return nav


def _read_nav_node(node: yaml.Node, nav: _Nav) -> list[yaml.Node]:
    """Add the page that a node names, or what is wrong with it, and return the nodes below it."""
    match node:
        case yaml.SequenceNode():
            lists = [item for item in node.value if isinstance(item, yaml.SequenceNode)]
            message = "expected a page or a title with its page, found a list"
            nav.problems.extend(setting_problem(item, message) for item in lists)
            return [item for item in node.value if not isinstance(item, yaml.SequenceNode)]
        case yaml.MappingNode():
            return [value for _, value in node.value]
        case yaml.ScalarNode() if node.tag == "tag:yaml.org,2002:str":
            nav.entries.append(NavEntry(str(node.value), place_of(node)))
        case _:
            message = f"expected a page such as guide/index.md, found {in_quotes(str(node.value)[:60])}"
            nav.problems.append(setting_problem(node, message))
    return []


def _faults(top: yaml.MappingNode) -> Iterator[Problem]:
    if is_unknown(node_at(top, "INHERIT")):  # the rest may stand in the file that it names
        return
    if not text_of(node_at(top, "site_name")).strip():
        yield setting_problem(node_at(top, "site_name"), "expected site_name: the name of the site")
    for path, expected in _FIXED.items():
        node = node_at(top, *path)
        name = ".".join(path)
        if isinstance(node, yaml.ScalarNode) and node.tag != "!ENV" and posixpath.normpath(node.value) != expected:
            yield setting_problem(node, f"expected {name}: {expected}, found {in_quotes(str(node.value))}")
    yield from _value_faults(top)
    yield from _plugin_faults(top)


def _value_faults(top: yaml.Node) -> Iterator[Problem]:
    """Yield a problem for a value that the host or the theme refuses."""
    for name, example in _LISTS.items():
        node = node_at(top, name)
        if isinstance(node, yaml.MappingNode) or (text_of(node) and not is_unknown(node)):
            yield setting_problem(node, f"expected a list under {name}, such as {name}: [{example}]")
    form = node_at(top, _DIRECTORY_URLS)
    if form and form.tag not in _YES_OR_NO:
        yield setting_problem(form, f"expected use_directory_urls: true or false, found {in_quotes(text_of(form))}")
    language = node_at(top, "theme", "language")
    name, known = text_of(language), theme_languages()
    if name and not is_unknown(language) and name not in known:
        yield setting_problem(language, f"the theme has no language {in_quotes(name)}{did_you_mean(name, known)}")


def _plugin_faults(top: yaml.Node) -> Iterator[Problem]:
    plugins, named = node_at(top, "plugins"), named_plugins(top)
    for name in ("opmodel", "macros"):
        if name not in named:
            yield setting_problem(plugins or top, f"expected the plugin {name} in the list plugins")
    options = named.get("opmodel")
    for key, value in options.value if isinstance(options, yaml.MappingNode) else ():
        if key.value not in _OPTIONS:
            yield setting_problem(
                key, f"unknown option {in_quotes(str(key.value))}; expected one of {', '.join(_OPTIONS)}"
            )
        elif (words := _WORDS.get(key.value)) and value.tag != "!ENV":
            if value.value not in words:
                yield setting_problem(value, f"expected {' or '.join(words)}, found {in_quotes(str(value.value))}")
        elif value.tag not in _YES_OR_NO:
            yield setting_problem(value, f"expected true or false, found {in_quotes(str(value.value))}")
    modules = node_at(named.get("macros"), "modules")
    if "macros" in named and OWN_MODULE not in map(text_of, items_of(modules)):
        yield setting_problem(
            modules or named["macros"] or plugins, f"expected the module {OWN_MODULE} in macros.modules"
        )
