"""The files and folders that settings of the host name: none of them is read from outside the site's folder."""

import os
from collections.abc import Iterator
from pathlib import Path

import yaml

from opmodel.files.output import why_not_output
from opmodel.files.reading import exists, walk_files, why_unreadable
from opmodel.load.setting_nodes import (
    RULE,
    is_unknown,
    items_of,
    named_options,
    named_plugins,
    node_at,
    one_or_more,
    place_of,
    setting_problem,
    text_of,
)
from opmodel.model.problem import Place, Problem

_SNIPPETS = "pymdownx.snippets"


def named_file_problems(root: Path, top: yaml.Node) -> Iterator[Problem]:
    """Yield a problem for each file or folder that hooks, the macros plugin or snippets name and may not be read.

    The output folder may not be one with anything else in it, since a build empties it.
    """
    yield from _hook_problems(root, node_at(top, "hooks"))
    yield from _included_problems(root, named_plugins(top).get("macros"))
    output = node_at(top, "site_dir")
    if (named := text_of(output)) and not is_unknown(output) and (refused := why_not_output(root / named, root)):
        yield setting_problem(output, refused.replace(f"{root}{os.sep}", ""))
    extensions = node_at(top, "markdown_extensions")
    if _SNIPPETS in (options := named_options(extensions)):
        given = options[_SNIPPETS] or node_at(top, "mdx_configs", _SNIPPETS)
        yield from _snippet_problems(root, given, extensions)


def theme_files(root: Path, named: str) -> Iterator[str]:
    """Yield the path of each file in the folder ``theme.custom_dir`` (``named``), from there."""
    folder = Path(root, os.path.normpath(named))
    if _is_inside(folder, root):
        yield from (file.relative_to(folder).as_posix() for file, refused in walk_files(folder, root) if not refused)


def folder_problems(root: Path, setting: str, named: str, place: Place) -> Iterator[Problem]:
    """Yield a problem for each file that cannot be read in the folder ``named`` by a ``setting`` at ``place``."""
    folder = Path(root, os.path.normpath(named))
    if not _is_inside(folder, root):
        message = f"{setting} names {named}, which is not in the site's folder; move it there"
        yield Problem(place, "file-unreadable", message)
        return
    if not exists(folder):
        yield Problem(place, RULE, f"{setting} names {named}, and there is no such folder; make it, or leave this out")
    for file, refused in walk_files(folder, root, hidden=True):
        if refused:
            path = file.relative_to(root).as_posix()
            yield Problem(Place(path), "file-size" if refused.too_large else "file-unreadable", str(refused))


def _hook_problems(root: Path, hooks: yaml.Node | None) -> Iterator[Problem]:
    """Yield a problem for each file under ``hooks`` that would be run and may not be read."""
    for node in items_of(hooks):
        yield from _file_problem(root, "hooks", node)


def _file_problem(root: Path, setting: str, node: yaml.Node) -> Iterator[Problem]:
    """Yield a problem if the file that a setting names lies outside the site or cannot be read."""
    named = text_of(node)
    file = Path(root, os.path.normpath(named))
    if not _is_inside(file, root):
        message = f"{setting} names {named}, which is not in the site's folder; move it there"
        yield Problem(place_of(node), "file-unreadable", message)
    elif exists(file) and (refused := why_unreadable(file, root)):
        yield Problem(place_of(node), "file-unreadable", f"{setting} names {named}: {refused}")


def _included_problems(root: Path, options: yaml.Node | None) -> Iterator[Problem]:
    """Yield a problem for each file or folder that the macros plugin would read and may not be read."""
    if folder := text_of(directory := node_at(options, "include_dir")):
        yield from folder_problems(root, "macros.include_dir", folder, place_of(directory))
    for item in items_of(node_at(options, "include_yaml")):
        for node in [value for _, value in item.value] if isinstance(item, yaml.MappingNode) else [item]:
            yield from _file_problem(root, "macros.include_yaml", node)


def _snippet_problems(root: Path, options: yaml.Node | None, extensions: yaml.Node | None) -> Iterator[Problem]:
    """Yield a problem unless every snippet lies in folders of its own, which are read as safely as ``docs/`` is."""
    based = node_at(options, "base_path")
    bases = one_or_more(based)
    if not bases:
        message = f"expected {_SNIPPETS} with base_path: [snippets], a folder of the site that holds nothing else"
        yield setting_problem(based or extensions, message)
    for node in bases:
        if is_unknown(node) or (text_of(node) and os.path.normpath(text_of(node)) == "."):
            message = f"expected a folder of snippets alone under {_SNIPPETS}.base_path, such as snippets"
            yield setting_problem(node, message)
        else:
            yield from folder_problems(root, f"{_SNIPPETS}.base_path", text_of(node), place_of(node))
    for key, safe in (("restrict_base_path", "true"), ("url_download", "false")):
        said = node_at(options, key)
        if said and text_of(said).lower() != safe:
            message = f"expected {_SNIPPETS}.{key}: {safe}, because snippets come from the site's own files only"
            yield setting_problem(said, message)


def _is_inside(folder: Path, root: Path) -> bool:
    named = os.fspath(folder)
    return "\0" not in named and Path(os.path.realpath(named)).is_relative_to(os.path.realpath(root))
