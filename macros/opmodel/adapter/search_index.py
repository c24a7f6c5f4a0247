"""The search: a worker of our own in the place of the theme's, and the index that it reads.

Three inner names of the theme are relied on: the worker's path, the messages between worker and page (see
``theme/workers/search.js``), and ``search_index.entries`` of its search plugin, a list of dictionaries.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from markupsafe import Markup

from opmodel.adapter.host import File, Files, MkDocsConfig, search_plugin, write_file
from opmodel.adapter.search_capture import PluginEntry
from opmodel.adapter.theme_files import ADDRESS
from opmodel.load.operating_model import OperatingModel
from opmodel.views import search_parts
from opmodel.views.render import render
from opmodel.views.search_entries import SearchEntry, weighted_entries

WORKERS = Path(__file__).parents[1] / "theme" / "workers"
THEME_WORKER = re.compile(r"assets/javascripts/workers/search\.[^/]+\.js")


def replace_worker(files: Files, config: MkDocsConfig) -> None:
    """Put our search worker in the place of the theme's."""
    for theirs in [file for file in files if THEME_WORKER.fullmatch(file.src_uri)]:
        files.remove(theirs)
        files.append(File.generated(config, theirs.src_uri, abs_src_path=str(WORKERS / "theme.js")))
        for name in ("search.js", "search-parts.js"):
            files.append(File.generated(config, f"{ADDRESS}{name}", abs_src_path=str(WORKERS / name)))


def put_on_pages(files: Files, config: MkDocsConfig) -> None:
    """Let pages run our search themselves, and leave out the theme's worker: none starts from a disk."""
    for theirs in [file for file in files if THEME_WORKER.match(file.src_uri)]:
        files.remove(theirs)
    search = (WORKERS / "search.js").read_text(encoding="utf-8")
    script = render("offline_search.js.jinja", "", search=Markup(search))  # noqa: S704 a script of our own
    files.append(File.generated(config, f"{ADDRESS}search.js", content=str(script)))


def index_as_script(config: MkDocsConfig) -> None:
    """Replace the search index by a script that holds it; the theme loads that one from a disk."""
    index = Path(config.site_dir) / "search" / "search_index.json"
    if index.is_file():
        content = index.read_bytes()
        write_file(b"var __index = " + content + b";\n", str(index.with_suffix(".js")))
        index.unlink()


def _entry(found: PluginEntry) -> SearchEntry:
    title, text = Markup(found["title"]), Markup(found["text"])  # noqa: S704 escaped by the plugin
    return {"location": found["location"], "title": title, "text": text}


def complete_index(config: MkDocsConfig, model: OperatingModel, made: Iterable[SearchEntry], *, preview: bool) -> None:
    """Hand the entries of Markdown pages and the ``made`` ones to the search plugin, which writes them afterwards.

    The lists of words of an index in parts are written here. A preview publishes no sections, so it needs no lists.
    """
    plugin = search_plugin(config)
    if not plugin:
        return
    entries = [*weighted_entries(map(_entry, plugin.search_index.entries), model), *made]
    if preview:
        plugin.search_index.entries = search_parts.without_words(entries)
        return
    plugin.search_index.entries, lists = search_parts.with_word_lists(entries)
    for address, text in lists:
        write_file(text.encode(), str(Path(config.site_dir) / address))
