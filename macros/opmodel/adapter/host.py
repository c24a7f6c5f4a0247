"""Everything that is used of the host, MkDocs or ProperDocs. No other module imports either of them.

Plugins and themes import the host as ``mkdocs``; ProperDocs answers to that name once its ``replacement`` is loaded. So
the names below belong to whichever host runs: the one that was started, or, where no host was started, the one that
`opmodel.environment.host` names.

Most of these names are published. The others are inner names, which a release may change: ``get_context``, which gives
a template its values, and what the tuples below list. A test looks for each of them in the host that is installed.
"""

import importlib
import logging
import sys
from typing import Any

from opmodel.environment import host

if "mkdocs" not in sys.modules and host() == "properdocs":
    importlib.import_module("properdocs.replacement")

import mkdocs  # which host this is has been settled above
from mkdocs.commands.build import get_context
from mkdocs.config import config_options, load_config
from mkdocs.config.base import Config
from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import write_file
from mkdocs.utils.templates import TemplateContext

__all__ = [
    "Abort",
    "AnchorLink",
    "BasePlugin",
    "CombinedEvent",
    "Config",
    "ExtraScriptValue",
    "File",
    "Files",
    "InclusionLevel",
    "LiveReloadServer",
    "MkDocsConfig",
    "MkDocsException",
    "Navigation",
    "Page",
    "PluginError",
    "TableOfContents",
    "TemplateContext",
    "config_options",
    "event_priority",
    "get_context",
    "load_config",
    "write_file",
]

NAME: str = mkdocs.__name__
"""The host that runs, ``mkdocs`` or ``properdocs``. A strict build counts the warnings of loggers below this name."""
VERSION: str = mkdocs.__version__

PREVIEW_NAMES = ("builder", "root", "_epoch_cond", "_wanted_epoch", "_visible_epoch", "_rebuild_cond", "_want_rebuild")
"""What showing a saved packet first needs of the host's server."""
WATCHING_NAMES = ("observer", "watch", "_watched_paths", "_watch_refs")
"""What watching without following links needs of the host's server."""
MACROS_NAMES = ("variables", "macros", "filters", "_env", "has_j2")
"""What rendering macros in a sandbox needs of the macros plugin."""
SEARCH_PLUGINS = ("material/search", "search")
"""The search plugins whose index we know: ``search_index.entries`` is a list of dictionaries."""

log = logging.getLogger(f"{NAME}.plugins.opmodel")
macros_log = logging.getLogger("mkdocs.plugins.mkdocs_macros")
"""The log of the macros plugin, which has this name on both hosts."""


def has_names(server: Any, names: tuple[str, ...]) -> bool:
    """Return whether a server of the host has all inner names that something needs."""
    return all(hasattr(server, name) for name in names)


def search_plugin(config: MkDocsConfig) -> Any:
    """Return the search plugin, or None where there is none whose index we know.

    Its ``search_index.entries`` is a list of dictionaries, to which it adds.
    """
    found = next((config.plugins[name] for name in SEARCH_PLUGINS if name in config.plugins), None)
    entries = getattr(getattr(found, "search_index", None), "entries", None)
    return found if isinstance(entries, list) else None
