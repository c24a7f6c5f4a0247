"""The host's files without those that may not be read and those that editors and systems left behind.

The host follows links to folders wherever they lead: in a build before any plugin gets its list, and in a preview twice
a second. A build with such a link ends at the check; a preview reads nothing of ``docs/`` until the link is gone.

Where the host's server lacks an inner name that this relies on, the host watches as it does by itself.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from opmodel.adapter.host import WATCHING_NAMES, Files, InclusionLevel, MkDocsConfig, has_names
from opmodel.files.leftovers import is_leftover
from opmodel.files.reading import UnreadableFile, why_unreadable
from opmodel.files.watching import polling_observer
from opmodel.model.problem import Place, Problem
from opmodel.permalinks import addresses
from opmodel.permalinks.page_form import page_file

_POLLED = 0.5
"""Seconds between two polls of the watched folders, as in the host."""


def docs_unreadable(problems: Iterable[Problem]) -> bool:
    """Return whether something in ``docs/`` may not be read."""
    paths = (problem.place.path for problem in problems if problem.rule == "file-unreadable")
    return any(path == "docs" or path.startswith("docs/") for path in paths)


def readable_files(files: Files, config: MkDocsConfig, root: Path) -> tuple[Files, list[Problem]]:
    """Return the files without those of the site that may not be read, with a problem for each of them."""
    folders = [folder for folder in (config.docs_dir, config.theme.custom_dir) if folder]
    kept, problems = [], []
    for file in files:
        own = file.generated_by is None and file.src_dir in folders and file.inclusion is not InclusionLevel.EXCLUDED
        path = Path(str(file.abs_src_path))
        if not own:
            kept.append(file)
        elif is_leftover(path.name):
            continue
        elif refused := why_unreadable(path, root):
            problems.append(_problem(path, root, refused))
        else:
            kept.append(file)
    return Files(kept), problems


def use_page_folders(files: Files) -> None:
    """Let every page be a file in a folder of its own, also where the host would name the file after the page.

    So a site keeps its published addresses when it changes ``use_directory_urls``.
    """
    for file in files:
        if file.is_documentation_page() and not file.use_directory_urls:
            file.dest_uri = page_file(addresses.page(file.src_uri.removesuffix(".md")))


def _problem(path: Path, root: Path, refused: UnreadableFile) -> Problem:
    place = os.path.relpath(path, root).replace(os.sep, "/")
    return Problem(Place(place), "file-size" if refused.too_large else "file-unreadable", str(refused))


def watch_without_links(server: Any, root: Path) -> None:
    """Let the host's server watch folders without following links to other folders."""
    if not has_names(server, WATCHING_NAMES):
        return
    watched = list(server._watched_paths)
    server.observer = polling_observer(root, _POLLED)
    server._watched_paths.clear()
    server._watch_refs.clear()
    for path in watched:
        server.watch(path)
