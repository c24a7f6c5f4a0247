"""What the host's own work on a Markdown page depends on, apart from the page: as digests, or None where nobody knows.

A site may bring plugins, hooks, Markdown extensions and templates of its own, which may look at anything. Pages of such
a site are made anew in every build.
"""

import importlib.util
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from opmodel.adapter.prose import ProseTables
from opmodel.memory import Key, digest, engine

_PLUGINS = {"opmodel", "macros", "search", "material/search"}
_EXTENSIONS = {
    "abbr", "admonition", "attr_list", "def_list", "fenced_code", "footnotes", "md_in_html", "sane_lists", "smarty",
    "tables", "toc", "pymdownx.betterem", "pymdownx.caret", "pymdownx.details", "pymdownx.highlight",
    "pymdownx.inlinehilite", "pymdownx.keys", "pymdownx.mark", "pymdownx.smartsymbols", "pymdownx.superfences",
    "pymdownx.tabbed", "pymdownx.tasklist", "pymdownx.tilde",
}  # fmt: skip
"""Extensions that look at a page's own text and at nothing else."""
_MACROS = {"j2_comment_start_string", "j2_comment_end_string", "on_undefined", "on_error_fail", "verbose", "modules"}
"""Settings of the macros plugin that may differ from its defaults."""
_APART = {"plugins", "hooks", "theme", "markdown_extensions", "site_dir", "watch", "strict", "dev_addr"}
"""Settings that are looked at apart, or that no page shows."""


def conversion(config: MkDocsConfig, files: Files) -> Key | None:
    """Return what the HTML of a page's Markdown depends on, with the addresses that its links may lead to."""
    settings = _settings(config)
    if settings is None or not _plain_macros(config):
        return None
    book = (f"{file.src_uri} {file.url} {file.inclusion}" for file in files)
    heard = logging.getLogger("mkdocs").getEffectiveLevel()  # a quiet build does not know what it would warn of
    return digest(settings, str(heard), *book)


def frame(config: MkDocsConfig, nav: Navigation) -> Key | None:
    """Return what the theme prints around every page, as far as it is the same for all of them."""
    settings = _settings(config)
    if settings is None or config.theme.custom_dir:
        return None
    return digest(settings, *(each for item in nav.items for each in _listed(item)), repr(nav.homepage))


def _settings(config: MkDocsConfig) -> Key | None:
    extensions = [_extension(each) for each in config.markdown_extensions]
    if not set(config.plugins) <= _PLUGINS or config.hooks or None in extensions:
        return None
    found = {key: value for key, value in config.items() if key not in _APART}
    theme = sorted(config.theme.items()), config.theme.dirs
    own = [(name, sorted(plugin.config.items())) for name, plugin in config.plugins.items()]
    said = repr((found, theme, own, extensions))
    return None if " at 0x" in said else digest(engine(), *_libraries(config), said)


def _extension(extension: Any) -> str | None:
    if isinstance(extension, ProseTables):
        return "opmodel"
    return extension if extension in _EXTENSIONS else None


def _plain_macros(config: MkDocsConfig) -> bool:
    """Return whether pages can call our macros and no others that print something."""
    plugin: Any = config.plugins.get("macros")
    if plugin is None or plugin.config["modules"] != ["opmodel.adapter.macros"]:
        return False
    defaults = {key: option.default for key, option in plugin.config_scheme}
    changed = {key for key, value in plugin.config.items() if value != defaults[key]}
    main = Path(plugin.project_dir) / plugin.config["module_name"]
    return changed <= _MACROS and not main.exists() and not main.with_suffix(".py").exists()


def _libraries(config: MkDocsConfig) -> Iterator[str]:
    """Yield what is installed beside the host, its theme and what reads Markdown: by name, version and time."""
    places = {Path(folder).parents[1] for folder in config.theme.dirs}
    for name in ("mkdocs", "markdown", "pymdownx", "mkdocs_macros", "jinja2"):
        spec = importlib.util.find_spec(name)
        if spec and spec.origin:
            places.add(Path(spec.origin).parents[1])
    for place in sorted(places):
        for installed in sorted(place.glob("*.dist-info")):
            yield f"{installed} {installed.stat().st_mtime_ns}"


def _listed(item: StructureItem) -> Iterator[str]:
    """Yield all that the theme may print of an entry of the navigation and of those below it."""
    yield f"{type(item).__name__} {item.title} {getattr(item, 'url', '')}"
    if isinstance(item, Page):
        yield f"{item.canonical_url} {item.is_index} {item.meta}"
    for child in getattr(item, "children", None) or ():
        yield from _listed(child)
    yield "end"
