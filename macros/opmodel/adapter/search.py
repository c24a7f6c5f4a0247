"""The theme's search, asked better questions.

The theme searches in a worker of its own. That worker is published under another name, and ours takes its place: it
rewrites the question (see ``theme/workers/search.js``) and hands it over. Two inner names of the theme are relied on:
the worker's path, and ``search_index.entries`` of its search plugin, a list of dictionaries.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

WORKER = Path(__file__).parents[1] / "theme" / "workers" / "search.js"
_THEME_WORKER = re.compile(r"assets/javascripts/workers/search\.[^/]+\.js")
_MOVED = "assets/javascripts/workers/theme-search.js"

Entries = list[dict[str, Any]]


def replace_worker(files: Files, config: MkDocsConfig) -> None:
    """Put our worker in the place of the theme's, and the theme's beside it."""
    for theirs in [file for file in files if _THEME_WORKER.fullmatch(file.src_uri)]:
        files.remove(theirs)
        files.append(File.generated(config, _MOVED, abs_src_path=str(theirs.abs_src_path)))
        files.append(File.generated(config, theirs.src_uri, abs_src_path=str(WORKER)))


def improve_index(config: MkDocsConfig, improved: Callable[[Entries], Entries]) -> None:
    """Improve the entries before the search plugin writes them."""
    plugin: Any = config.plugins.get("material/search") or config.plugins.get("search")
    if plugin:
        plugin.search_index.entries = improved(plugin.search_index.entries)
